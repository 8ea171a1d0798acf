"""The program as people meet it: started as a process, asked over HTTP and over Telegram, stopped by a signal."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.config import Config
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60  # a start on a busy machine; nothing is measured
_MAIN = "from bot.cli import main; raise SystemExit(main())"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@asynccontextmanager
async def running(*arguments: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start ``policybot``; kill it when the test did not end it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", _MAIN, *arguments),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def line_with(process: asyncio.subprocess.Process, words: str) -> str:
    """Read stderr until a line holds ``words``."""
    assert process.stderr is not None
    seen = []
    while True:
        line = (await asyncio.wait_for(process.stderr.readline(), PATIENCE_S)).decode()
        seen.append(line)
        assert line, f"ended without {words!r}: {''.join(seen)}"
        if words in line:
            return line


async def test_web_and_telegram_in_one_process(shipped: Config):
    """``policybot serve`` answers a browser and a Telegram user from the same index, and stops when told to."""
    api = await FakeBotApi().start()
    citizen = Person(api, 42)
    port = free_port()
    environment = {
        "POLICYBOT_DATA": str(shipped.data_dir),
        "POLICYBOT_PORT": str(port),
        "POLICYBOT_TELEGRAM_TOKEN": api.token,
        "POLICYBOT_TELEGRAM_BASE_URL": api.base_url,
        "POLICYBOT_TELEGRAM_BASE_FILE_URL": api.base_file_url,
    }
    try:
        async with running("serve", **environment) as process:
            await line_with(process, f"http://127.0.0.1:{port}")
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as browser:
                page = await browser.get("/")
                answer = (
                    await browser.post("/api/v1/ask", json={"question": "襄阳的失业率要控制在多少"})
                ).json()
            assert "政策" in page.text
            assert answer["indicators"][0]["value"] == "5"
            sent = await citizen.ask("襄阳灵活就业有补贴吗")
            assert "按规定落实灵活就业社会保险补贴" in sent.text
            assert "第三章第三节(四)具体路径3" in sent.text
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
    finally:
        await api.stop()


async def test_telegram_alone_with_a_refused_token(shipped: Config):
    """A wrong token is one line that does not show it, and exit code 1."""
    api = await FakeBotApi().start()
    try:
        async with running(
            "telegram",
            POLICYBOT_DATA=str(shipped.data_dir),
            POLICYBOT_TELEGRAM_TOKEN="123456:another-TOKEN_that_is_wrong",
            POLICYBOT_TELEGRAM_BASE_URL=api.base_url,
            POLICYBOT_TELEGRAM_BASE_FILE_URL=api.base_file_url,
        ) as process:
            _, errors = await asyncio.wait_for(process.communicate(), PATIENCE_S)
        assert process.returncode == 1
        (line,) = errors.decode().splitlines()
        assert "POLICYBOT_TELEGRAM_TOKEN" in line
        assert "another-TOKEN" not in line
    finally:
        await api.stop()


@pytest.mark.parametrize("address", ["127.0.0.1"])
async def test_a_port_in_use(shipped: Config, address: str):
    """The second server says which port and what to set, and leaves the first alone."""
    with socket.create_server((address, 0)) as taken:
        port = taken.getsockname()[1]
        async with running(
            "serve", POLICYBOT_DATA=str(shipped.data_dir), POLICYBOT_PORT=str(port)
        ) as process:
            _, errors = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert process.returncode == 1
    (line,) = errors.decode().splitlines()
    assert line.startswith(f"policybot: {address}:{port} 已被别的程序占用")
    assert "POLICYBOT_PORT" in line
