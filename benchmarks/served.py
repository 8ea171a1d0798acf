"""A copy of this installation, served by ``policybot serve`` as a process of its own, for the load scripts."""

import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from time import perf_counter, sleep
from types import TracebackType

import httpx

from bot import app, config

ROOT = Path(__file__).resolve().parent.parent
READY_S = 60.0  # until it answers at all
_POLL_S = 0.02
_SEED = 7
_UNLIMITED = 100_000  # questions a minute of one address: all askers of a script share one


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def questions() -> list[str]:
    """The similar questions of the shipped documents, in an order of their own: thousands, so that few are repeated."""
    listed = [question.text for question in app.open_answerer(config.load()).store.questions]
    return random.Random(_SEED).sample(listed, len(listed))


class Served:
    """The installation and its server; a context that stops it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.base = f"http://127.0.0.1:{self.port}/"
        shutil.copytree(ROOT / "docs_corpus", folder / "docs_corpus")
        if (ROOT / "var").exists():
            shutil.copytree(ROOT / "var", folder / "var", ignore=shutil.ignore_patterns("service.db*"))
        settings = (ROOT / "config.yaml").read_text(encoding="utf-8")
        settings = re.sub(r"port: \d+", f"port: {self.port}", settings, count=1)
        settings = re.sub(r"(asks|reads)_per_minute: \d+", rf"\1_per_minute: {_UNLIMITED}", settings)
        (folder / "config.yaml").write_text(settings, encoding="utf-8")
        self.run("index")
        self._log = (folder / "server.log").open("ab")

    def command(self, *words: str) -> list[str]:
        """A command line over the installation."""
        where = ["--config", str(self.folder / "config.yaml"), "--data-dir", str(self.folder / "var")]
        return [str(Path(sys.executable).with_name("policybot")), *where, *words]

    def run(self, *words: str) -> str:
        """Run a command to its end; return what it printed."""
        done = subprocess.run(self.command(*words), check=True, capture_output=True, text=True)
        return done.stdout

    def start(self, prefix: tuple[str, ...] = ()) -> float:
        """Start the server; return the seconds until it was ready."""
        began = perf_counter()
        command = [*prefix, *self.command("serve")]
        self.process = subprocess.Popen(command, stdout=self._log, stderr=self._log)
        while perf_counter() - began < READY_S:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.base}api/v1/ready", timeout=5).status_code == httpx.codes.OK:
                    return perf_counter() - began
            sleep(_POLL_S)
        raise TimeoutError(f"not ready within {READY_S} s; see {self.folder / 'server.log'}")

    def stop(self, number: int = signal.SIGINT) -> None:
        """Send the server a signal and wait for its end."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None

    def resident_mb(self) -> float:
        """Resident memory of the server; 0 while there is none."""
        with suppress(OSError, AttributeError):
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
            if found := re.search(r"VmRSS:\s+(\d+) kB", status):
                return int(found[1]) / 1024
        return 0.0

    def recorded(self) -> int:
        """Questions in its records."""
        with closing(sqlite3.connect(self.folder / "var" / "service.db", timeout=30)) as records:
            return int(records.execute("SELECT count(*) FROM questions").fetchone()[0])

    def locked(self, seconds: float, wait: Callable[[float], object] = sleep) -> None:
        """Hold the records locked for some seconds."""
        with closing(sqlite3.connect(self.folder / "var" / "service.db", timeout=30)) as records:
            records.execute("BEGIN EXCLUSIVE")
            wait(seconds)
            records.rollback()

    def __enter__(self) -> "Served":
        """Nothing to begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self.stop()
        self._log.close()
