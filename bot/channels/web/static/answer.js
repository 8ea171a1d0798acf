// Drawing one answer: the point first, then notes, sources, values, what to ask next.

import { copyButton, make } from "./dom.js";
import { feedbackRow } from "./feedback.js";
import { t } from "./language.js";
import { chartPicture, comparisonTable } from "./pictures.js";
import { sourceButton, sourceList, valueTable } from "./sources.js";

const LONG = 60; // characters; a longer line reads better in a smaller size

/** Make one line of the point; `list` gives it the button of its source. */
export function statementLine(statement, list) {
  const long = statement.text.length > LONG;
  const button = statement.source && list ? sourceButton(statement.source, list) : null;
  return make("p", { class: long ? "long" : null }, statement.text, button);
}

function grouped(statements) {
  const names = [...new Set(statements.map((line) => line.region).filter(Boolean))];
  if (names.length < 2) return [["", statements]];
  const own = names.map((name) => [name, statements.filter((line) => line.region === name)]);
  return [...own, ["", statements.filter((line) => !line.region)]];
}

function point(statements, list) {
  const node = make("div", { class: "point" });
  for (const [region, lines] of grouped(statements)) {
    if (region) node.append(make("h3", {}, region));
    node.append(...lines.map((line) => statementLine(line, list)));
  }
  return node;
}

function unusedSources(answer) {
  const used = new Set(answer.statements.map((line) => line.source));
  return new Set(answer.citations.map((_, place) => place + 1).filter((number) => !used.has(number)));
}

/** Make a list of questions as buttons. */
export function questionList(questions, onAsk) {
  return questions.map((question) =>
    make("li", {}, make("button", { type: "button", class: "ask", click: () => onAsk(question) }, question)),
  );
}

/** Fill `reply` with an answer object; `onAsk(question)` is called for a suggestion, `link()` makes the shared link. */
export function drawAnswer(reply, answer, onAsk, link) {
  const list = sourceList(answer.citations, unusedSources(answer));
  const parts = [point(answer.statements, list)];
  if (answer.comparison) parts.push(comparisonTable(answer.comparison));
  parts.push(...answer.notes.map((note) => make("p", { class: "note" }, note)));
  if (answer.citations.length) parts.push(make("h3", {}, t("出处")), ...list.elements);
  if (answer.indicators.length) parts.push(make("h3", {}, t("相关指标")), valueTable(answer.indicators));
  if (answer.chart) parts.push(chartPicture(answer.chart));
  if (answer.suggestions.length) {
    parts.push(
      make("h3", { class: "suggested" }, t("还可以问")),
      make("ul", { class: "next" }, ...questionList(answer.suggestions, onAsk)),
    );
  }
  if (answer.citations.length) {
    const copies = [copyButton("复制回答", () => answer.answer), copyButton("分享链接", link)];
    parts.push(make("div", { class: "actions" }, ...copies));
  }
  parts.push(feedbackRow(answer.id));
  reply.dataset.status = answer.status;
  reply.replaceChildren(...parts);
}

/** What a screen reader says when an answer has come. */
export function spoken(answer) {
  return [...answer.statements.map((line) => line.text), ...answer.notes].join("\n");
}

/** Fill `reply` with a failure and a button that tries again. */
export function drawFailure(reply, sentence, onRetry) {
  reply.dataset.status = "failed";
  reply.replaceChildren(
    make("p", { class: "note failure" }, sentence),
    make("div", { class: "actions" }, make("button", { type: "button", class: "quiet", click: onRetry }, t("重试"))),
  );
}
