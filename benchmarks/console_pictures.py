"""Draws the pictures of the console: python benchmarks/console_pictures.py [FOLDER].

Serves a copy of the installation with two users, goes the way of an admin in a real browser (sign in, upload a new
wording of a plan, preview, publish, roll back) and saves a picture of each page (default docs/pictures). Needs chromium.
"""

import argparse
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGINT
from time import sleep

import httpx
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60
PHONE, DESKTOP = (390, 844), (1280, 860)
USER, PASSWORD = "zhang.min", secrets.token_urlsafe(16)
# picture, page, size, dark
PAGES = (
    ("documents", "admin/documents", DESKTOP, False),
    ("document", "admin/documents/xiangyang", DESKTOP, False),
    ("values", "admin/documents/xiangyang/values", DESKTOP, False),
    ("similar", "admin/documents/xiangyang/similar", DESKTOP, False),
    ("questions", "admin/questions", DESKTOP, False),
    ("questions-phone-dark", "admin/questions", PHONE, True),
    ("words", "admin/words?q=%E5%A4%B1%E4%B8%9A", DESKTOP, False),
    ("feedback", "admin/feedback", PHONE, False),
    ("usage", "admin/usage", DESKTOP, True),
    ("audit", "admin/audit", DESKTOP, False),
)
ASKED = (
    "公积金怎么提取",
    "公积金能取出来吗",
    "襄阳灵活就业有补贴吗",
    "青浦每年新增多少岗位",
    "落户要什么条件",
    "怎么落户",
)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def command(folder: Path, *words: str) -> list[str]:
    """A command line of policybot over an installation."""
    where = ["--config", str(folder / "config.yaml"), "--data-dir", str(folder / "var")]
    return [str(Path(sys.executable).parent / "policybot"), *where, *words]


@contextmanager
def installation() -> Iterator[Path]:
    """A copy of this one with a user of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "docs_corpus", folder / "docs_corpus")
        settings = (ROOT / "config.yaml").read_text(encoding="utf-8")
        (folder / "config.yaml").write_text(
            settings.replace("port: 8080", f"port: {free_port()}"), encoding="utf-8"
        )
        if (ROOT / "var").exists():
            shutil.copytree(ROOT / "var", folder / "var", ignore=shutil.ignore_patterns("service.db*"))
        subprocess.run(command(folder, "index"), check=True, stdout=subprocess.DEVNULL)
        add = command(folder, "users", "add", USER, "--role", "admin")
        subprocess.run(add, check=True, input=f"{PASSWORD}\n", text=True)
        yield folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of its web pages, once they answer."""
    port = re.search(r"port: (\d+)", (folder / "config.yaml").read_text(encoding="utf-8"))
    assert port
    base = f"http://127.0.0.1:{port[1]}/"
    server = subprocess.Popen(command(folder, "serve"))
    try:
        for _ in range(PATIENCE_S * 10):
            with suppress(httpx.HTTPError):
                httpx.get(base + "api/v1/ready").raise_for_status()
                break
            sleep(0.1)
        yield base
    finally:
        server.send_signal(SIGINT)
        server.wait()


class Hand:
    """A browser, and who uses it."""

    def __init__(self, base: str, folder: Path, prefix: str = "admin-") -> None:
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(argument)
        self.chrome, self.base = webdriver.Chrome(options=options), base
        self.folder, self.prefix = folder, prefix

    def open(self, path: str) -> None:
        """Open a page."""
        self.chrome.get(self.base + path)

    def press(self, selector: str) -> None:
        """Press what a selector finds, without minding what lies over it."""
        self.chrome.execute_script(
            "arguments[0].click()", self.chrome.find_element(By.CSS_SELECTOR, selector)
        )

    def fill(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, text in fields.items():
            field = self.chrome.find_element(By.NAME, name)
            if field.get_attribute("type") != "file":
                field.clear()
            field.send_keys(text)

    def until(self, selector: str) -> None:
        """Wait for something to be on the page."""
        wait = WebDriverWait(self.chrome, PATIENCE_S)
        wait.until(lambda chrome: chrome.find_elements(By.CSS_SELECTOR, selector))

    def resize(self, size: tuple[int, int], dark: bool) -> None:
        """Take a phone, or sit down at a desk, by day or by night."""
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1.5, "mobile": size == PHONE}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})

    def draw(self, name: str, size: tuple[int, int], dark: bool) -> None:
        """Save what is on the screen."""
        self.resize(size, dark)
        self.chrome.execute_script("document.activeElement.blur()")
        self.chrome.save_screenshot(str(self.folder / f"{self.prefix}{name}.png"))


def sign_in(hand: Hand) -> None:
    """Sign in, with a picture of the door."""
    hand.open("admin/documents")
    hand.draw("sign-in-phone", PHONE, dark=False)
    hand.fill(user=USER, password=PASSWORD)
    hand.press("main button[type=submit]")
    hand.until(".tabs")


def publish(hand: Hand, folder: Path) -> None:
    """Upload a new wording of a plan, look at it, publish it."""
    new = folder / "xiangyang-2.txt"
    words = (folder / "docs_corpus" / "xiangyang.txt").read_text(encoding="utf-8")
    new.write_text(words.replace("39万人", "40万人"), encoding="utf-8")
    hand.open("admin/upload?target=xiangyang")
    hand.fill(file=str(new))
    hand.press("main button[type=submit]")
    hand.until(".diff")
    hand.draw("preview", DESKTOP, dark=False)
    hand.draw("preview-phone", PHONE, dark=False)
    hand.press("button[value=publish]")
    hand.until("progress")
    hand.draw("publishing", DESKTOP, dark=False)
    hand.until("#ended")
    hand.draw("published", DESKTOP, dark=False)


def main() -> None:
    """Go the way and draw it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "pictures")
    target = options.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    with installation() as folder, served(folder) as base:
        for question in ASKED:
            httpx.post(
                base + "api/v1/ask", json={"question": question}, timeout=PATIENCE_S
            ).raise_for_status()
        hand = Hand(base, target)
        try:
            sign_in(hand)
            publish(hand, folder)
            for name, page, size, dark in PAGES:
                hand.open(page)
                hand.draw(name, size, dark)
        finally:
            hand.chrome.quit()


if __name__ == "__main__":
    main()
