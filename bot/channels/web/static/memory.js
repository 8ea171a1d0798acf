// The conversation, kept in this tab only: it survives a reload and ends with the tab.

const TURNS_KEY = "policybot.turns.1";
const REGION_KEY = "policybot.region.1";
const KEPT = 30;

function isTurn(turn) {
  return typeof turn?.question === "string" && Array.isArray(turn?.answer?.statements);
}

/** The turns `{question, answer}` of this tab, oldest first. */
export function turns() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(TURNS_KEY) || "[]");
    return Array.isArray(stored) ? stored.filter(isTurn) : [];
  } catch {
    return []; // unreadable or forbidden storage is an empty conversation
  }
}

function store(key, value) {
  try {
    sessionStorage.setItem(key, value);
    return true;
  } catch {
    return false; // full or forbidden: the page works on without memory
  }
}

/** Add a turn; the oldest give way when there are too many or the storage is full. */
export function remember(turn) {
  let kept = [...turns(), turn].slice(-KEPT);
  while (kept.length && !store(TURNS_KEY, JSON.stringify(kept))) kept = kept.slice(1);
}

/** Forget the conversation. */
export function forget() {
  store(TURNS_KEY, "[]");
}

/** The region chosen in this tab, "" for all. */
export function region() {
  try {
    return sessionStorage.getItem(REGION_KEY) || "";
  } catch {
    return "";
  }
}

/** Keep the region chosen. */
export function chooseRegion(name) {
  store(REGION_KEY, name);
}
