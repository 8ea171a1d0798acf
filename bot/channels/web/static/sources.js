// Sources and values: the words an answer stands on.

import { copyButton, freshId, make } from "./dom.js";
import { t } from "./language.js";

const WHOLE = 3000; // characters; of a longer clause the quote alone is shown, the reader has the rest

function readerLink(cited, start = cited.start, end = cited.end) {
  const path = ["d", cited.document, ...cited.clause.split("/").filter(Boolean)].map(encodeURIComponent).join("/");
  const version = cited.version ? `&v=${encodeURIComponent(cited.version)}` : "";
  return make("a", { class: "quiet in-place", href: `${path}?hl=${start}-${end}${version}#hl` }, t("在原文中查看"));
}

/** The way to the picture of the page, for what comes from a PDF. */
function pageLink(cited) {
  if (!cited.page) return null;
  const path = `pages/${encodeURIComponent(cited.document)}/${cited.page}`;
  const query = new URLSearchParams({ hl: `${cited.start}-${cited.end}`, v: cited.version ?? "" });
  return make("a", { class: "quiet", href: `${path}?${query}` }, t("看原件第{}页").replace("{}", cited.page));
}

/** Put the quote of an unfolded source among the words of its clause; without them the quote stays alone. */
async function putInPlace(citation, quote) {
  const query = new URLSearchParams({ address: citation.clause });
  const response = await fetch(`api/v1/documents/${encodeURIComponent(citation.document)}/clause?${query}`);
  if (!response.ok) return;
  const clause = await response.json();
  // offsets count characters, JavaScript's strings count UTF-16 units
  const letters = Array.from(clause.text);
  const cut = (from, to) => letters.slice(from, to).join("");
  const [from, to] = [citation.start - clause.start, citation.end - clause.start];
  if (letters.length > WHOLE || cut(from, to) !== citation.quote) return;
  const mark = make("mark", {}, citation.quote);
  quote.replaceChildren(cut(0, from), mark, cut(to));
  quote.tabIndex = 0; // what scrolls can be scrolled from the keyboard
  quote.scrollTop = mark.offsetTop - quote.clientHeight / 3;
}

function validityParts(validity) {
  // what has ended, was replaced or is not yet in force is to be minded: 规划期2021—2025年,已结束
  const parts = validity.split(/[,\uff0c;\uff1b]/).filter(Boolean);
  const isCaution = (part) => /已|起施行/.test(part);
  return { period: parts.filter((part) => !isCaution(part)).join(" "), cautions: parts.filter(isCaution) };
}

function where(citation, number, isUnused) {
  const { cautions } = validityParts(citation.validity);
  return make(
    "summary",
    {},
    make("span", { class: "number" }, make("span", { class: "visually-hidden" }, "来源"), String(number)),
    make(
      "span",
      { class: "where" },
      make("b", {}, `《${citation.title}》`),
      make("span", { class: "address" }, citation.address),
      ...cautions.map((caution) => make("span", { class: "badge caution" }, caution)),
      isUnused ? make("span", { class: "preview" }, citation.quote) : null,
    ),
  );
}

function words(citation, quote) {
  const { period } = validityParts(citation.validity);
  return make(
    "div",
    { class: "inside" },
    quote,
    make(
      "div",
      { class: "facts" },
      citation.number ? make("span", {}, citation.number) : null,
      period ? make("span", { class: "badge" }, period) : null,
      readerLink(citation),
      pageLink(citation),
      copyButton("复制引用", () => `“${citation.quote}”\n——${citation.label}`),
    ),
  );
}

function sourceElement(citation, number, unused) {
  const quote = make("blockquote", {}, citation.quote);
  const source = make(
    "details",
    { class: "source", id: freshId("source") },
    where(citation, number, unused.has(number)),
    words(citation, quote),
  );
  // asked for once, when it is first unfolded; offline the quote is there already
  source.addEventListener("toggle", () => putInPlace(citation, quote).catch(() => {}), { once: true });
  return source;
}

/**
 * Make the foldable sources of an answer; `element(n)` is source n, counted from 1.
 * Those in `unused` show the beginning of their words while folded: nothing above says them.
 */
export function sourceList(citations, unused) {
  const elements = citations.map((citation, place) => sourceElement(citation, place + 1, unused));
  return { elements, element: (number) => elements[number - 1] };
}

/** Open a source and light it up, and no other of its answer. */
export function reveal(source, sources) {
  for (const other of sources) other.classList.toggle("lit", other === source);
  source.open = true;
  source.scrollIntoView({ block: "nearest" });
  source.querySelector("summary").focus({ preventScroll: true });
}

/** Make the numbered button of a source; pressing it again folds the source. */
export function sourceButton(number, list) {
  const source = list.element(number);
  const button = make(
    "button",
    { type: "button", class: "ref", "aria-label": `查看来源${number}`, "aria-controls": source.id, "aria-expanded": "false" },
    String(number),
  );
  button.addEventListener("click", () => {
    if (source.open && source.classList.contains("lit")) source.open = false;
    else reveal(source, list.elements);
  });
  source.addEventListener("toggle", () => {
    button.setAttribute("aria-expanded", String(source.open));
    if (!source.open) source.classList.remove("lit");
  });
  return make("sup", {}, button);
}

function markedQuote(value) {
  // offsets count characters, JavaScript's strings count UTF-16 units
  const letters = Array.from(value.quote);
  const cut = (from, to) => letters.slice(from, to).join("");
  return make(
    "blockquote",
    {},
    cut(0, value.value_start),
    make("mark", {}, cut(value.value_start, value.value_end)),
    cut(value.value_end),
  );
}

function wordsRow(value, id) {
  return make(
    "tr",
    { class: "words", id, role: "row", hidden: true },
    make(
      "td",
      { colspan: "5", role: "cell" },
      markedQuote(value),
      make(
        "div",
        { class: "facts" },
        make("span", {}, value.label),
        readerLink(value, value.start + value.value_start, value.start + value.value_end),
        copyButton("复制引用", () => `“${value.quote}”\n——${value.label}`),
      ),
    ),
  );
}

function valueRows(value) {
  const id = freshId("words");
  const words = wordsRow(value, id);
  const button = make(
    "button",
    { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": id, "aria-label": `${value.name}的原文` },
    t("原文"),
  );
  button.addEventListener("click", () => {
    words.hidden = !words.hidden;
    button.setAttribute("aria-expanded", String(!words.hidden));
  });
  const when = [value.period_name + value.role_name, value.attribute].filter(Boolean).join("·");
  const row = make(
    "tr",
    { role: "row" },
    make("th", { scope: "row", role: "rowheader" }, value.name),
    make("td", { class: "value", role: "cell" }, value.value_text),
    make("td", { class: "when", role: "cell" }, when),
    make("td", { class: "place", role: "cell" }, value.region),
    make("td", { class: "more", role: "cell" }, button),
  );
  return [row, words];
}

/** Make the table of values, each with a button that shows the words it was read from. */
export function valueTable(values) {
  const head = ["指标", "值", "时期·性质", "地区"].map((name) =>
    make("th", { scope: "col", role: "columnheader" }, t(name)),
  );
  const last = make("th", { scope: "col", role: "columnheader" }, make("span", { class: "visually-hidden" }, "原文"));
  // the roles stay when a narrow screen lays the cells out as blocks
  return make(
    "table",
    { class: "values", role: "table", "aria-label": "相关指标" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...head, last)),
    make("tbody", { role: "rowgroup" }, ...values.flatMap(valueRows)),
  );
}
