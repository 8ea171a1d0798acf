// Making elements. Text goes in as text nodes only: nothing an answer holds is ever read as markup.

import { t } from "./language.js";

/** Make an element; `attributes` with false, null or undefined are left out, functions become listeners. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

let made = 0;

/** A document-wide unique id. */
export function freshId(prefix) {
  made += 1;
  return `${prefix}-${made}`;
}

/** Put a text on the clipboard; rejects where the browser refuses. */
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // plain http on a local network has no clipboard API: the old way still works there
  const box = make("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true" });
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error("copy refused");
}

const SHOWN_MS = 2000;

/** Make a button that copies what `text()` returns and says whether it could. */
export function copyButton(name, text) {
  const label = t(name);
  const button = make("button", { type: "button", class: "quiet", "aria-live": "polite" }, label);
  button.addEventListener("click", async () => {
    try {
      await copyText(text());
      button.textContent = t("已复制");
    } catch {
      button.textContent = "没能复制，请选中文字后复制";
    }
    setTimeout(() => { button.textContent = label; }, SHOWN_MS);
  });
  return button;
}
