"""A small installation with its server and its askers, to be broken by ``faults.py``."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from served import free_port

from bot import config
from bot.admin.library import Library
from index.database import generation_folder, transaction
from index.publish import live_generation

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "每年培训多少农民工"
START_S, PAUSE_S = 60.0, 0.05
ASKERS = 4
_PROGRAM = "import sys; from bot.cli import main; sys.exit(main())"


def promise(held: object, told: object = "") -> None:
    """End the run where something does not hold."""
    if not held:
        raise AssertionError(told)


def plan(people: int) -> str:
    """A plan that states ``people``."""
    return f"甲市就业规划\n\n一、就业\n(一)补贴。对灵活就业人员给予补贴。\n(二)培训。每年培训农民工{people}人。\n"


@dataclass
class Site:
    """An installation, its server and its askers."""

    folder: Path
    port: int = field(default_factory=free_port)
    server: "subprocess.Popen[bytes] | None" = None
    secrets: dict[str, str] = field(default_factory=dict)  # what the server finds in its environment

    @property
    def data(self) -> Path:
        """Its data directory."""
        return self.folder / "var"

    @property
    def config(self) -> config.Config:
        """Its configuration."""
        return config.load(self.folder / "config.yaml", self.data, environment={})

    def command(self, *words: str, prefix: tuple[str, ...] = ()) -> list[str]:
        """The command line of ``policybot``."""
        paths = ("--config", str(self.folder / "config.yaml"), "--data-dir", str(self.data))
        return [*prefix, sys.executable, "-c", _PROGRAM, *words, *paths]

    def run(
        self, *words: str, prefix: tuple[str, ...] = (), limit: Callable[[], None] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            self.command(*words, prefix=prefix),
            cwd=ROOT,
            env=_environment(),
            preexec_fn=limit,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> float:
        """Start the server; return the seconds until it answers a question."""
        begun = time.perf_counter()
        log = (self.folder / "serve.log").open("ab")
        self.server = subprocess.Popen(
            self.command("serve"), cwd=ROOT, env=_environment() | self.secrets, stdout=log, stderr=log
        )
        while not self.says():
            if time.perf_counter() - begun > START_S or self.server.poll() is not None:
                raise SystemExit((self.folder / "serve.log").read_text()[-2000:])
            time.sleep(PAUSE_S)
        return time.perf_counter() - begun

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        """End the server."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(with_signal)
            self.server.wait(30)

    def ask(self, question: str = QUESTION) -> dict[str, object]:
        """Ask through the API."""
        address = f"http://127.0.0.1:{self.port}/api/v1/ask"
        found: dict[str, object] = (
            httpx.post(address, json={"question": question}, timeout=20).raise_for_status().json()
        )
        return found

    def says(self) -> str:
        """The first quote of an answer now, "" where there is none."""
        try:
            citations = self.ask()["citations"]
        except httpx.HTTPError:
            return ""
        return str(citations[0]["quote"]) if isinstance(citations, list) and citations else ""

    def logged(self) -> set[str]:
        """The ids of the questions in the log."""
        with sqlite3.connect(f"file:{self.data / 'service.db'}?mode=ro", uri=True) as connection:
            return {str(row[0]) for row in connection.execute("SELECT id FROM questions")}

    def counted(self, channel: str) -> int:
        """How many questions of a channel are in the log."""
        with sqlite3.connect(f"file:{self.data / 'service.db'}?mode=ro", uri=True) as connection:
            asked = "SELECT count(*) FROM questions WHERE channel = ?"
            return int(connection.execute(asked, (channel,)).fetchone()[0])

    def wait_for(self, words: str) -> float:
        """Seconds until the answer holds ``words``."""
        begun = time.perf_counter()
        while words not in self.says():
            promise(time.perf_counter() - begun < START_S, f"{words} never came")
            time.sleep(PAUSE_S)
        return time.perf_counter() - begun


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICYBOT_")}
    return kept | {"PYTHONPATH": str(ROOT)}


@dataclass
class Load:
    """Askers that do not pause; what came back and what did not."""

    site: Site
    answered: list[str] = field(default_factory=list)
    failed: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def _ask(self) -> None:
        while not self.stopped.is_set():
            try:
                self.answered.append(str(self.site.ask()["id"]))
            except httpx.HTTPError:
                self.failed += 1
                time.sleep(PAUSE_S)


@contextmanager
def load(site: Site) -> Iterator[Load]:
    """Ask without a pause for as long as the block lasts."""
    found = Load(site)
    threads = [threading.Thread(target=found._ask) for _ in range(ASKERS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield found
    finally:
        time.sleep(1)
        found.stopped.set()
        for thread in threads:
            thread.join()


def configure(site: Site, old: str, new: str) -> None:
    """Change a line of the configuration."""
    path = site.folder / "config.yaml"
    words = path.read_text(encoding="utf-8")
    promise(old in words, old)
    path.write_text(words.replace(old, new, 1), encoding="utf-8")


def make(folder: Path) -> Site:
    """Make an installation with two generations: 1 says 450, 2 says 500."""
    (folder / "docs_corpus").mkdir(parents=True)
    site = Site(folder)
    (folder / "config.yaml").write_bytes((ROOT / "config.yaml").read_bytes())
    configure(site, "port: 8080", f"port: {site.port}")
    configure(site, "asks_per_minute: 60", "asks_per_minute: 100000")
    library = Library(site.config, "故障测试")
    (folder / "new.txt").write_text(plan(450), encoding="utf-8")
    library.add(folder / "new.txt", {"region": "甲市"})
    publish(site, 500)
    return site


def publish(site: Site, people: int) -> None:
    """Publish a plan that states ``people``."""
    (site.folder / "new.txt").write_text(plan(people), encoding="utf-8")
    (document,) = Library(site.config, "故障测试").listed()
    Library(site.config, "故障测试").replace(document.id, site.folder / "new.txt", {})


def live_folder(site: Site) -> Path:
    """Where the live generation's files lie."""
    with transaction(site.data) as connection:
        return generation_folder(site.data, live_generation(connection) or 0)


def flip(path: Path) -> None:
    """Change one bit of a file in place."""
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)[0]
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last ^ 1]))
