// What a script adds to the pages made on the server: the highlight in view, copying, the contents on a wide screen.

import { copyText } from "./dom.js";
import { install, t } from "./language.js";

const byId = (id) => document.getElementById(id);
const SHOWN_MS = 2000;

function offer(button, text) {
  const label = t(button.textContent);
  button.textContent = label;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copyText(text()).then(() => true, () => false);
    button.textContent = done ? t("已复制") : "没能复制，请选中文字后复制";
    setTimeout(() => { button.textContent = label; }, SHOWN_MS);
  });
}

function quoted(article) {
  const selection = getSelection();
  const chosen = article.contains(selection.anchorNode) ? selection.toString().trim() : "";
  const marked = [...article.querySelectorAll("mark")].map((node) => node.textContent).join("\n");
  return chosen || marked || article.innerText.trim();
}

function setUpReader(article) {
  offer(byId("copy"), () => `“${quoted(article)}”\n——${article.dataset.citation}`);
  offer(byId("link"), () => location.href);
  const fold = document.querySelector(".fold");
  fold.open = matchMedia("(width >= 60rem)").matches;
  fold.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  byId("hl")?.scrollIntoView({ block: "center", behavior: "instant" });
}

install();
if (byId("text")) setUpReader(byId("text"));
