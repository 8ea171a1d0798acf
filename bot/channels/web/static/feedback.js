// Saying what one thinks of an answer, and the random id under which this browser may change or delete it.

import { make } from "./dom.js";
import { t } from "./language.js";

const KEY = "policybot.asker.1";
const REASONS = [
  ["off_topic", "答非所问"], ["incomplete", "不完整"], ["wrong", "与实际不符"], ["unclear", "看不懂"], ["other", "其他"],
];

function freshAsker() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The header that names this browser; made on the first use, empty where nothing can be kept. */
export function askerHeader() {
  try {
    const kept = localStorage.getItem(KEY);
    const asker = /^[0-9a-f]{32}$/.test(kept ?? "") ? kept : freshAsker();
    localStorage.setItem(KEY, asker);
    return { "X-Asker": asker };
  } catch {
    return {};
  }
}

/** Delete what the service keeps of this browser; returns how many records there were. */
export async function deleteMine() {
  const response = await fetch("api/v1/asker", { method: "DELETE", headers: askerHeader() });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || t("没能删掉，请稍后再试。"));
  localStorage.removeItem(KEY);
  return body.deleted;
}

async function send(body) {
  const headers = { "Content-Type": "application/json", ...askerHeader() };
  const response = await fetch("api/v1/feedback", { method: "POST", headers, body: JSON.stringify(body) });
  if (response.ok) return;
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.error);
}

/** Make the row 有用/没用 of an answer; 没用 unfolds the reasons. */
export function feedbackRow(id) {
  const said = make("span", { class: "said", role: "status" });
  const reasons = make("div", { class: "reasons", role: "group", "aria-label": t("哪里没答好"), hidden: true });
  const pressed = (button) => {
    for (const other of row.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", String(other === button));
  };
  const judge = async (button, verdict, reason) => {
    try {
      await send({ id, verdict, ...(reason && { reason }) });
      if (button) pressed(button);
      said.textContent = t("已记下，谢谢。");
    } catch (error) {
      said.textContent = error.message || t("没能记下，请稍后再试。");
    }
  };
  const useful = make("button", { type: "button", class: "quiet", "aria-pressed": "false" }, t("有用"));
  const useless = make("button", { type: "button", class: "quiet", "aria-pressed": "false", "aria-expanded": "false" }, t("没用"));
  const fold = (open) => {
    reasons.hidden = !open;
    useless.setAttribute("aria-expanded", String(open));
  };
  useful.addEventListener("click", () => { fold(false); judge(useful, "useful"); });
  useless.addEventListener("click", () => { fold(true); judge(useless, "useless"); });
  for (const [reason, name] of REASONS) {
    const choose = () => { fold(false); judge(null, "useless", reason); useless.focus(); };
    reasons.append(make("button", { type: "button", class: "quiet", click: choose }, t(name)));
  }
  const row = make("div", { class: "feedback" }, useful, useless, said, reasons);
  return row;
}
