// The page: reads the question, asks, shows the answer, keeps the conversation of this tab.

import { drawAnswer, drawFailure, questionList, spoken, statementLine } from "./answer.js";
import { make } from "./dom.js";
import { install, t } from "./language.js";
import { dropLink, shareLink, sharedTurn } from "./share.js";
import * as memory from "./memory.js";
import { ask, welcome } from "./stream.js";

const byId = (id) => document.getElementById(id);
const box = byId("question");
const hint = byId("hint");
const conversation = byId("conversation");
const HINT = [...hint.childNodes];

let running = null; // the AbortController of the question being answered
let rememberedTurns = 5; // how many earlier questions go along; the server says
let generation = null; // of the index that answers now; the server says

function say(text) {
  byId("announcer").textContent = text;
}

function warn(text) {
  hint.replaceChildren(...(text ? [text] : HINT));
  hint.classList.toggle("warn", Boolean(text));
  if (text) say(text);
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function fill(text) {
  box.value = text;
  fit();
}

function showStage() {
  const begun = conversation.childElementCount > 0;
  byId("welcome").hidden = begun;
  byId("clear").hidden = !begun;
  byId("send").hidden = Boolean(running);
  byId("stop").hidden = !running;
}

function addTurn(question) {
  const asked = make("h2", { class: "asked", tabindex: "-1" }, question);
  const reply = make("div", { class: "reply" });
  const turn = make("article", { class: "turn" }, asked, reply);
  conversation.append(turn);
  return { turn, asked, reply };
}

function drawWaiting(reply, text) {
  const point = make("div", { class: "point" });
  const waiting = make("p", { class: "waiting" }, text);
  reply.replaceChildren(waiting, point);
  return {
    status: (words) => { waiting.textContent = words; },
    statement: (line) => point.append(statementLine(line, null)),
  };
}

function pastQuestions() {
  const asked = memory.turns().map((turn) => turn.question);
  return rememberedTurns ? asked.slice(-rememberedTurns) : [];
}

async function answerInto(reply, question, { history = pastQuestions(), region = memory.region() } = {}) {
  const own = new AbortController();
  running = own;
  reply.setAttribute("aria-busy", "true");
  showStage();
  try {
    const body = { question, history, ...(region && { region }) };
    const answer = await ask(body, own.signal, drawWaiting(reply, "正在提交…"));
    if (!reply.isConnected) return; // cleared in the meantime
    const turn = { question, answer, history, region, generation };
    memory.remember(turn);
    drawTurn(reply, turn);
    say(spoken(answer));
  } catch (error) {
    if (!reply.isConnected) return;
    const sentence = error.name === "AbortError" ? "已停止回答。" : error.message;
    drawFailure(reply, sentence, () => retry(reply, question, { history, region }));
    say(sentence);
    // a question that was refused is to be changed, not to be repeated
    if (error.status === 413 || error.status === 422) fill(question);
  } finally {
    if (running === own) running = null;
    reply.removeAttribute("aria-busy");
    showStage();
  }
}

function drawTurn(reply, turn) {
  const { question, history = [], region = "", generation: asked = null } = turn;
  drawAnswer(reply, turn.answer, submit, () => shareLink({ question, history, region, generation: asked }));
}

function retry(reply, question, context) {
  if (running) return;
  box.focus();
  answerInto(reply, question, context);
}

function submit(question, context) {
  if (running) return;
  warn("");
  const fromBox = document.activeElement === box || document.activeElement === byId("send");
  const { turn, asked, reply } = addTurn(question);
  answerInto(reply, question, context);
  if (!fromBox) asked.focus({ preventScroll: true });
  turn.scrollIntoView({ block: "start" });
}

function onSubmit(event) {
  event.preventDefault();
  const question = box.value.trim();
  if (running) {
    warn("上一个问题还在回答，可先按“停止”。");
  } else if (question) {
    submit(question);
    if (running) fill("");
  } else {
    warn("请先输入一个问题。");
    box.focus();
  }
}

function onKey(event) {
  // Enter also picks a word in an input method: isComposing says so, 229 does in Safari
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  event.preventDefault();
  byId("composer").requestSubmit();
}

function clearAll() {
  running?.abort();
  memory.forget();
  conversation.replaceChildren();
  warn("");
  showStage();
  box.focus();
  say("对话已清空。");
}

function regionChoice(name, label) {
  const input = make("input", {
    type: "radio",
    name: "region",
    value: name,
    checked: memory.region() === name,
    change: () => memory.chooseRegion(name),
  });
  return make("label", { class: "region" }, input, make("span", {}, label));
}

/** Ask what a shared link asks; says so where the documents have changed since, or the link is not whole. */
function openShared() {
  const shared = sharedTurn();
  if (!shared) return;
  dropLink();
  if (shared.broken) {
    warn("这个链接不完整，请直接输入问题。");
    return;
  }
  submit(shared.question, { history: shared.history, region: shared.region });
  if (shared.generation !== null && shared.generation !== generation) {
    warn("收录的文件在这个链接发出以后有更新，答案可能和当时不同。");
  }
}

function showWelcome({ examples, regions, turns, generation: live }) {
  rememberedTurns = turns;
  generation = live;
  byId("examples").replaceChildren(...questionList(examples, submit));
  byId("examples-title").hidden = !examples.length;
  if (!regions.length) return;
  byId("coverage").textContent = `已收录：${regions.join("、")}`;
  byId("coverage").hidden = false;
  if (regions.length < 2) return;
  if (!regions.includes(memory.region())) memory.chooseRegion("");
  byId("regions").append(regionChoice("", t("全部地区")), ...regions.map((name) => regionChoice(name, name)));
  byId("regions").hidden = false;
}

function restore() {
  try {
    for (const turn of memory.turns()) drawTurn(addTurn(turn.question).reply, turn);
  } catch {
    // kept by another version of this page: begin anew rather than show half of it
    memory.forget();
    conversation.replaceChildren();
  }
  showStage();
  conversation.lastElementChild?.scrollIntoView({ block: "start", behavior: "instant" });
}

function unfoldForPrint() {
  const folded = [...document.querySelectorAll("details:not([open])")];
  for (const source of folded) source.open = true;
  addEventListener("afterprint", () => { for (const source of folded) source.open = false; }, { once: true });
}

byId("composer").addEventListener("submit", onSubmit);
byId("stop").addEventListener("click", () => { running?.abort(); box.focus(); });
byId("clear").addEventListener("click", clearAll);
box.addEventListener("keydown", onKey);
box.addEventListener("input", () => { fit(); warn(""); });
addEventListener("beforeprint", unfoldForPrint);
addEventListener("hashchange", openShared);

install();
restore();
fit();
welcome().then(showWelcome).catch((error) => warn(error.message)).finally(openShared);
if (!matchMedia("(pointer: coarse)").matches) box.focus(); // a phone would raise its keyboard over the examples
