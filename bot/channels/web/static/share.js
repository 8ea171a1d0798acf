// A link that asks the same question again. It lives in the fragment: no server ever logs it, and nothing is stored.

const LONGEST = 4000; // characters of a question the server would take

/** Make the link of a turn: its question, the questions before it, the region, the generation that answered. */
export function shareLink({ question, history, region, generation }) {
  const parts = new URLSearchParams({ q: question });
  for (const earlier of history) parts.append("h", earlier);
  if (region) parts.set("r", region);
  if (generation != null) parts.set("g", String(generation));
  const link = new URL(location.href);
  link.hash = parts.toString();
  return link.href;
}

/** Read such a link from the page's address: null where there is none, `broken` where it is not whole. */
export function sharedTurn() {
  if (!location.hash.startsWith("#q=")) return null;
  const parts = new URLSearchParams(location.hash.slice(1));
  const question = (parts.get("q") ?? "").trim();
  const generation = parts.get("g");
  return {
    question,
    history: parts.getAll("h").filter((words) => words.length <= LONGEST).slice(-20),
    region: parts.get("r") ?? "",
    generation: generation && /^\d{1,9}$/.test(generation) ? Number(generation) : null,
    broken: !question || question.length > LONGEST,
  };
}

/** Take the link out of the address, so that a reload does not ask again. */
export function dropLink() {
  history.replaceState(null, "", location.pathname + location.search);
}
