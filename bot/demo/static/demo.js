// A phone's view of one private chat. Words are always set as text, never as markup.
const byId = (id) => document.getElementById(id);
const chat = byId("chat"), who = byId("who"), box = byId("text");
const EVERY_MS = 600;
const TAGS = { bold: "b", blockquote: "blockquote", expandable_blockquote: "blockquote", pre: "pre", code: "code", italic: "i" };
const BLOCKS = new Set(["blockquote", "pre"]);
let shown = "";

const make = (tag, text, className) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, className ? { className } : {});
const call = (path, body) => fetch(`${path}?as=${who.value}`, body instanceof FormData ? { method: "POST", body } : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function marked(text, entities) {
  const parts = [];
  let at = 0;
  for (const each of [...entities].sort((a, b) => a.offset - b.offset)) {
    if (each.offset < at || !TAGS[each.type]) continue;
    parts.push(text.slice(at, each.offset).replace(/\n+$/, BLOCKS.has(TAGS[each.type]) ? "" : "$&"), make(TAGS[each.type], text.slice(each.offset, each.offset + each.length)));
    at = each.offset + each.length;
    if (BLOCKS.has(TAGS[each.type]) && text[at] === "\n") at += 1; // a block ends its line by itself
  }
  return [...parts, text.slice(at)];
}

function toast(text) {
  byId("toast").textContent = text;
}

async function press(message, button) {
  toast("…");
  const answer = await call("tap", { message, data: button.callback_data });
  toast(answer.ok ? (await answer.json()).said : "没有成功");
  await refresh();
}

function drawn(message) {
  const outer = make("div", undefined, message.own ? "message own" : "message");
  const bubble = make("div", undefined, "bubble");
  if (message.photo) bubble.append(Object.assign(make("img"), { src: `photo/${message.id}`, alt: message.text }));
  if (message.file) bubble.append(make("div", `文件:${message.file}`));
  bubble.append(...marked(message.text, message.entities));
  outer.append(bubble);
  for (const row of message.buttons) {
    const line = make("div", undefined, "row");
    for (const button of row) line.append(Object.assign(make("button", button.text), { type: "button", onclick: () => press(message.id, button) }));
    outer.append(line);
  }
  return outer;
}

async function refresh() {
  const answer = await fetch(`messages?as=${who.value}`);
  if (!answer.ok) return;
  const text = await answer.text();
  if (text === shown) return;
  shown = text;
  const { messages, commands } = JSON.parse(text);
  chat.replaceChildren(...messages.map(drawn));
  chat.lastElementChild?.scrollIntoView({ block: "start" });
  byId("commands").replaceChildren(...commands.map(({ command, description }) => Object.assign(make("button", `/${command}`), { type: "button", title: description, onclick: () => { box.value = `/${command} `; box.focus(); } })));
}

async function send(event) {
  event.preventDefault();
  const text = box.value.trim(), file = byId("file").files[0];
  if (file) {
    const form = new FormData();
    form.append("file", file);
    form.append("caption", text);
    await call("upload", form);
    byId("file").value = "";
  } else if (text) {
    await call("say", { text });
  }
  box.value = "";
  await refresh();
}

byId("form").addEventListener("submit", send);
byId("file").addEventListener("change", () => { toast("写好说明(可空),点“发送”就发这个文件"); box.focus(); });
who.addEventListener("change", () => { shown = ""; toast(""); refresh(); });
setInterval(() => refresh().catch(() => toast("连不上了,请看运行 policybot demo 的窗口")), EVERY_MS);
refresh().catch(() => {});
