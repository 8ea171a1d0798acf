"""Weight of the pages and time to the first words, in a real Chromium over the real service.

Run as ``python benchmarks/web_speed.py`` with an index built; prints one JSON object.
"""

import json
import shutil
import socket
import statistics
import threading
import time
from pathlib import Path

import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from bot import app, config
from bot.channels.web import create_app

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = 10
_PATIENCE_S = 30
_WEIGHT = """return performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""
# times are taken in the page: from the question sent to a waiting line, and to the first words of the answer
_ASK = """const done = arguments[0], began = performance.now(); let waiting = null;
document.getElementById('question').value = '年均新增就业岗位的目标是多少';
const seen = new MutationObserver(() => {
  const last = document.querySelector('.turn:last-child');
  if (waiting === null && last?.querySelector('.waiting')) waiting = performance.now() - began;
  if (last?.querySelector('.point p')) { seen.disconnect(); done([waiting, performance.now() - began]); }
});
seen.observe(document.getElementById('conversation'), {childList: true, subtree: true});
document.getElementById('composer').requestSubmit();"""


def _measure(chrome: webdriver.Chrome, home: str) -> dict[str, object]:
    weights = {}
    for path in ("", "d", "d/xiangyang", "indicators"):
        chrome.execute_cdp_cmd("Network.clearBrowserCache", {})
        chrome.get(home + path)
        time.sleep(1)
        weights["/" + path] = chrome.execute_script(_WEIGHT)
    chrome.get(home)
    times = []
    for _ in range(QUESTIONS):
        times.append(chrome.execute_async_script(_ASK))
        time.sleep(0.3)
    waiting, words = zip(*times, strict=True)
    return {
        "bytes": weights,
        "waiting_line_ms": round(statistics.median(waiting), 1),
        "first_words_ms": {"median": round(statistics.median(words), 1), "max": round(max(words), 1)},
    }


def main() -> None:
    """Serve, measure, print."""
    settings = config.load(ROOT / "config.yaml")
    assistant = app.open_assistant(settings)
    server = uvicorn.Server(
        uvicorn.Config(create_app(assistant, settings=settings.settings.bot), log_level="warning")
    )
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        chrome = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        chrome.set_script_timeout(_PATIENCE_S)
        try:
            print(json.dumps(_measure(chrome, f"http://127.0.0.1:{listener.getsockname()[1]}/")))
        finally:
            chrome.quit()
            server.should_exit = True
            thread.join()


if __name__ == "__main__":
    main()
