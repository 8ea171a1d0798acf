// How far a job is, asked every half second; the page itself tells how it ended.

const bar = document.getElementById("progress");
const stage = document.getElementById("stage");
const EVERY_MS = 500;

async function look() {
  const answer = await fetch(bar.dataset.state).catch(() => null);
  if (answer && (!answer.ok || answer.redirected)) return location.reload();
  const job = answer ? await answer.json() : { state: "running" };
  if (job.state !== "running") return location.reload();
  if (job.total) {
    bar.max = job.total;
    bar.value = job.done;
  }
  if (job.stage) stage.textContent = `${job.stage}… ${job.total ? `${job.done}/${job.total}` : ""}`;
  return setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
