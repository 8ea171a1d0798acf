"""The real process: bound port, stop signals, refusals before it starts."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.channels.web import serve
from bot.channels.web.server import _bind
from bot.errors import ChannelError
from tests.bot.channels.web.stub import StubAnswerer, make_app

ROOT = Path(__file__).resolve().parents[4]
PROGRAM = """
from bot.channels.web import serve
from bot.channels.web.server import _bind
from tests.bot.channels.web.stub import StubAnswerer, make_app
serve(make_app(StubAnswerer()), "127.0.0.1", 0)
"""
PATIENCE_S = 20


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_stops_when_asked(stop):
    """One line with the address, an answer there, and exit code 0 without a traceback after either signal."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        said = process.stderr.readline()
        address = said.partition(":")[2].partition("(")[0]
        response = httpx.post(f"{address}/api/v1/ask", json={"question": "绿地"}, timeout=PATIENCE_S)
        assert response.json()["question"] == "绿地"
        process.send_signal(stop)
        _, rest = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    assert (process.returncode, rest) == (0, "")


def test_a_port_in_use_is_one_clear_line():
    """What is taken, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ChannelError) as caught:
            serve(make_app(StubAnswerer()), "127.0.0.1", port)
    assert str(caught.value).startswith(f"127.0.0.1:{port} 已被别的程序占用")
    assert "POLICYBOT_PORT=" in str(caught.value)


def test_an_address_that_is_not_ours_is_one_clear_line():
    """An address of no interface of this machine is named with the settings to look at."""
    with pytest.raises(ChannelError, match=r"无法监听 192\.0\.2\.1:8080.+POLICYBOT_HOST"):
        serve(make_app(StubAnswerer()), "192.0.2.1", 8080)


def test_nothing_waits_for_the_client_to_acknowledge():
    """Connections are made without Nagle's algorithm: a body follows its headers at once."""
    with _bind("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
