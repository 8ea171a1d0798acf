"""What several folders of tests share: one real index of the shipped corpus, brought up to date once a run."""

import fcntl
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot import app, config
from bot.config import Config
from index.generation import Generation
from retrieval.pipeline import Answerer

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)  # the plans end with 2025


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Config:
    """The shipped configuration over a data directory of its own, with the index built.

    The index is kept between runs and brought up to date as a user's is; what a test does to its copy stays there.
    """
    folder = pytestconfig.cache.mkdir("shipped")
    kept, own = folder / "data", tmp_path_factory.mktemp("shipped") / "data"
    found = config.load(ROOT / "config.yaml", own, environment={})
    with _alone(folder / "lock"):  # of several workers one builds, the others copy
        if kept.exists():
            shutil.copytree(kept, own)
        report = app.build_index(found, rebuild=False, on_progress=lambda _stage, _done, _total: None)
        if report.published:  # swapped in whole
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(own, folder / "fresh", dirs_exist_ok=True)
            (folder / "fresh").rename(kept)
    return found


@pytest.fixture(scope="session")
def answerer(shipped: Config) -> Answerer:
    """The real answerer over the two shipped plans, on a fixed day."""
    return app.open_answerer(shipped, today=lambda: TODAY)


@pytest.fixture(scope="session")
def store(answerer: Answerer) -> Generation:
    """The generation it answers from."""
    return answerer.store


def _listens(port: int) -> bool:
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _wait(server: "subprocess.Popen[bytes]") -> None:
    """Wait a little.

    :raises AssertionError: the server is gone
    """
    try:
        code = server.wait(0.05)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError(f"the server of the Milvus API ended with {code}")


@contextmanager
def milvus_server(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run a server of the Milvus API over ``folder``; yields its address and its process."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder / "data")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=log, stderr=log
        )
        try:
            while not _listens(port):
                _wait(server)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            server.wait()


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of the Milvus API; it stops with the run."""
    with milvus_server(tmp_path_factory.mktemp("milvus")) as (address, _):
        yield address
