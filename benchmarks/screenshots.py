"""Draws the pictures of the public pages that need a history or a PDF: python benchmarks/screenshots.py [FOLDER].

Serves a copy of the installation with one more document, a PDF, and a second version of a plan; opens each page in a
real browser and saves a picture of it (default docs/pictures). ``VIEWS`` lists the pages. Needs chromium.
"""

import argparse
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from console_pictures import DESKTOP, PATIENCE_S, PHONE, ROOT, Hand, command, free_port, served
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

SIZES = {"phone": PHONE, "desktop": DESKTOP}
QUESTION = "绿源市租金补贴每月多少钱"
# page, address ({page}: the PDF's page with the words that answer the question), size, dark
VIEWS = (
    ("privacy", "privacy", "phone", False),
    ("privacy", "privacy", "desktop", False),
    ("versions", "versions/xiangyang", "phone", False),
    ("versions", "versions/xiangyang", "desktop", False),
    ("difference", "versions/xiangyang/changes", "phone", False),
    ("difference", "versions/xiangyang/changes", "desktop", False),
    ("search", "d/qingpu?q=%E7%81%B5%E6%B4%BB%E5%B0%B1%E4%B8%9A", "phone", False),
    ("search", "d/qingpu?q=%E7%81%B5%E6%B4%BB%E5%B0%B1%E4%B8%9A", "desktop", False),
    ("search", "d/qingpu?q=%E7%81%B5%E6%B4%BB%E5%B0%B1%E4%B8%9A", "phone", True),
    ("search", "d/qingpu?q=%E7%81%B5%E6%B4%BB%E5%B0%B1%E4%B8%9A", "desktop", True),
    ("page", "{page}", "phone", False),
    ("page", "{page}", "desktop", False),
    ("page", "{page}", "phone", True),
    ("page", "{page}", "desktop", True),
)
FONT, WIDTH, HEIGHT, LEFT, PER_LINE = "STSong-Light", 595, 842, 80, 27
TITLE = "绿源市公共租赁住房租金补贴办法"
ARTICLES = (
    "第一条 为保障城镇住房困难家庭的基本居住需求，根据有关规定，结合本市实际，制定本办法。",
    "第二条 本办法适用于本市城区范围内公共租赁住房租金补贴的申请、审核、发放和监督管理。",
    "第三条 申请租金补贴的家庭，人均住房建筑面积应当低于十五平方米，且在本市没有其他自有住房。",
    "第四条 租金补贴标准为每户每月三百元；三人以上家庭每增加一人，每月增加六十元，最高不超过每月六百元。",
    "第五条 申请人应当向户籍所在地街道办事处提出书面申请，街道办事处自受理之日起十五个工作日内完成初审。",
    "第六条 市住房保障部门自收到初审意见之日起十个工作日内完成审核，符合条件的，自次月起发放租金补贴。",
)


def write_pdf(path: Path) -> None:
    """Set a notice as an office would print it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.setFont(FONT, 20)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 90, TITLE)
    canvas.setFont(FONT, 16)
    y = 150
    for article in ARTICLES:
        indented = "\u3000\u3000" + article
        for at in range(0, len(indented), PER_LINE):
            canvas.drawString(LEFT, HEIGHT - y, indented[at : at + PER_LINE])
            y += 28
    canvas.save()


@contextmanager
def installation() -> Iterator[Path]:
    """A copy of this one with a PDF and a second version of a plan; a widget may be shown on localhost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "docs_corpus", folder / "docs_corpus")
        settings = (ROOT / "config.yaml").read_text(encoding="utf-8")
        settings = settings.replace("port: 8080", f"port: {free_port()}")
        settings = settings.replace("widget_origins: []", 'widget_origins: ["http://localhost:*"]')
        (folder / "config.yaml").write_text(settings, encoding="utf-8")
        if (ROOT / "var").exists():
            shutil.copytree(ROOT / "var", folder / "var", ignore=shutil.ignore_patterns("service.db*"))
        run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
        run(command(folder, "index"))
        write_pdf(folder / "lvyuan.pdf")
        add = ("docs", "add", str(folder / "lvyuan.pdf"), "--id", "lvyuan", "--title", TITLE)
        run(command(folder, *add, "--region", "绿源市", "--yes", "--force"))
        words = (folder / "docs_corpus" / "xiangyang.txt").read_text(encoding="utf-8")
        (folder / "new.txt").write_text(words.replace("39万人", "40万人"), encoding="utf-8")
        run(command(folder, "docs", "replace", "xiangyang", str(folder / "new.txt"), "--yes", "--force"))
        yield folder


def page_path(base: str) -> str:
    """Ask the question; return the address of the printed page that its answer stands on."""
    asked = httpx.post(base + "api/v1/ask", json={"question": QUESTION}, timeout=PATIENCE_S).json()
    cited = next(citation for citation in asked["citations"] if "page" in citation)
    query = f"hl={cited['start']}-{cited['end']}&v={cited['version']}"
    return f"pages/{cited['document']}/{cited['page']}?{query}"


@contextmanager
def other_site(base: str, folder: Path) -> Iterator[str]:
    """Another site that shows the widget; its address."""
    folder.mkdir()
    page = f"""<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>绿源市人民政府</title>
<style>body {{ margin: 0; font: 18px/1.8 sans-serif }} header {{ padding: 1rem; background: #9d1c1c; color: #fff }}
main {{ padding: 1rem; max-width: 46rem }}</style>
<header>绿源市人民政府</header><main><h1>政务公开</h1><p>住房、就业、养老等政策文件，可以在右下角直接提问。</p></main>
<script src="{base}widget.js"></script></html>"""
    (folder / "index.html").write_text(page, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def draw_widget(hand: Hand, site: str) -> None:
    """Open the widget on the other site, ask, and draw it."""
    for size, pixels in SIZES.items():
        hand.resize(pixels, dark=False)
        hand.chrome.get(site)
        hand.until("#policybot-widget")
        tree = hand.chrome.find_element(By.ID, "policybot-widget").shadow_root
        tree.find_element(By.CSS_SELECTOR, "button").click()
        hand.chrome.switch_to.frame(tree.find_element(By.CSS_SELECTOR, "iframe"))
        hand.until("#examples button")
        hand.chrome.find_element(By.ID, "question").send_keys(QUESTION, Keys.ENTER)
        hand.until(".source")
        hand.until("#stop[hidden]")
        hand.chrome.switch_to.default_content()
        hand.draw(f"widget-{size}-light", pixels, dark=False)


def main() -> None:
    """Serve it and draw it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "pictures")
    target = options.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    with installation() as folder, served(folder) as base, other_site(base, folder / "site") as site:
        hand = Hand(base, target, "")
        try:
            printed = page_path(base)
            for name, page, size, dark in VIEWS:
                hand.resize(
                    SIZES[size], dark
                )  # before: a page is laid out, and scrolls to its mark, as it opens
                hand.open(page.format(page=printed))
                hand.draw(f"{name}-{size}-{'dark' if dark else 'light'}", SIZES[size], dark)
            draw_widget(hand, site)
        finally:
            hand.chrome.quit()


if __name__ == "__main__":
    main()
