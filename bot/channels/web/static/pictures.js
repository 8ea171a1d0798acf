// Values side by side, and as a chart.

import { make } from "./dom.js";
import { t } from "./language.js";

function cellOf(values) {
  if (!values.length) return make("td", { class: "silent" }, t("未提及"));
  return make(
    "td",
    {},
    ...values.map(({ value, period }) =>
      make("p", {}, make("b", {}, value), period ? make("span", { class: "when" }, period) : null),
    ),
  );
}

/** Make the table of a comparison: a column a region, a row a role. */
export function comparisonTable({ title, regions, rows }) {
  const head = make("tr", {}, make("td", {}), ...regions.map((name) => make("th", { scope: "col" }, name)));
  const lines = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.label), ...row.cells.map(cellOf)));
  return make(
    "table",
    { class: "comparison" },
    make("caption", {}, title),
    make("thead", {}, head),
    make("tbody", {}, ...lines),
  );
}

/** Make the picture of a chart; its words stand in for it where it cannot be seen. */
export function chartPicture({ text, svg }) {
  return make("img", { class: "chart", alt: text, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` });
}
