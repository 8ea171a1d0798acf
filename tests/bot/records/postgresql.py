"""A PostgreSQL server of the tests' own."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

_WITHOUT = "没有 PostgreSQL 服务端:apt-get install postgresql 后再跑"
_USER = "postgres"  # the server refuses to run as root


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    inside = shutil.which("initdb")
    return found[-1].parent if found else Path(inside).parent if inside else None


def _as_user(*words: str) -> list[str]:
    return ["runuser", "-u", _USER, "--", *words] if os.geteuid() == 0 else list(words)


def _run(folder: Path, words: list[str]) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(words, check=True, stdout=quiet, stderr=quiet, cwd=folder)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A server of its own on a port of its own: its address without a database."""
    programs = _programs()
    if programs is None:
        pytest.skip(_WITHOUT)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _USER)
    data, log = str(folder / "data"), str(folder / "log")
    _run(
        folder, _as_user(str(programs / "initdb"), "-D", data, "-U", _USER, "-A", "trust", "-N", "-E", "UTF8")
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    _run(folder, _as_user(str(programs / "pg_ctl"), "-D", data, "-l", log, "-w", "-o", options, "start"))
    try:
        yield f"postgresql+psycopg://{_USER}@127.0.0.1:{port}"
    finally:
        _run(folder, _as_user(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop"))
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(server: str) -> str:
    """An empty database of its own."""
    name = f"trial_{uuid4().hex}"
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"
