// The button of the privacy page that deletes what the service keeps of this browser.

import { deleteMine } from "./feedback.js";

const button = document.getElementById("delete");
const said = document.getElementById("deleted");

button.hidden = false;
button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    const count = await deleteMine();
    try { sessionStorage.clear(); } catch { /* nothing is kept there either */ }
    said.textContent = count ? `已删除 ${count} 条记录。` : "没有找到这个浏览器的记录。";
  } catch (error) {
    said.textContent = error.message || "没能删掉，请稍后再试。";
  } finally {
    button.disabled = false;
  }
});
