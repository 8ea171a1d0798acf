// Asking the server: one POST, answered by server-sent events.

import { askerHeader } from "./feedback.js";

/** A failure with the sentence a person reads; `status` is 0 when the server was not reached. */
export class AskError extends Error {
  constructor(sentence, status = 0) {
    super(sentence);
    this.status = status;
  }
}

const UNREACHED = "连不上服务，请检查网络后重试。";
const CUT_OFF = "连接中断了，请重试。";

function parse(frame) {
  let name = "message";
  const data = [];
  for (const line of frame.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data.push(line.slice(6));
  }
  return { name, data: data.length ? JSON.parse(data.join("\n")) : null };
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const frames = (pending + value).split("\n\n");
    pending = frames.pop();
    yield* frames.map(parse);
  }
}

async function open(question, signal) {
  const response = await fetch("api/v1/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream", ...askerHeader() },
    body: JSON.stringify(question),
    signal,
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new AskError(problem.error || UNREACHED, response.status);
}

/**
 * Ask `{question, history, region}`; calls `on.status(text)` and `on.statement(line)` as they come.
 * Returns the answer object; throws AskError, or AbortError when `signal` was aborted.
 */
export async function ask(question, signal, on) {
  let answer = null;
  let sentence = UNREACHED;
  try {
    const response = await open(question, signal);
    sentence = CUT_OFF;
    for await (const { name, data } of events(response.body)) {
      if (name === "status") on.status(data.text);
      else if (name === "statement") on.statement(data);
      else if (name === "answer") answer = data;
      else if (name === "error") throw new AskError(data.error, data.status);
    }
  } catch (error) {
    if (error.name === "AbortError" || error instanceof AskError) throw error;
    throw new AskError(sentence);
  }
  if (!answer) throw new AskError(CUT_OFF);
  return answer;
}

/** Fetch what the page opens with: `{examples, regions, turns}`. */
export async function welcome() {
  const response = await fetch("api/v1/welcome");
  if (!response.ok) throw new AskError(UNREACHED, response.status);
  return response.json();
}
