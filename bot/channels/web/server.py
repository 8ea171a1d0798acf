"""One uvicorn process over the app, from bound port to graceful stop."""

import asyncio
import errno
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from bot.errors import ChannelError

# open streams get this long to end once a stop was asked for
_STOP_WITHIN_S = 5
# longer than proxies (60 s) and browsers keep an idle connection: who closes first never cuts a question off
_KEEP_ALIVE_S = 75
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Server(uvicorn.Server):
    """Ends normally when asked to stop, where uvicorn would send itself the signal again."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _bind(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ChannelError(
                f"{host}:{port} 已被别的程序占用;请关掉它,或换端口再试,例如 POLICYBOT_PORT={_other(port)}"
            ) from None
        reason = error.strerror or str(error)
        raise ChannelError(
            f"无法监听 {host}:{port}({reason});请检查 POLICYBOT_HOST 和 POLICYBOT_PORT"
        ) from None
    # asyncio turns Nagle's algorithm off for sockets that name their protocol, which these do not; with it on, a
    # body waits 40 ms for the client to acknowledge the headers. Connections inherit the option.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _other(port: int) -> int:
    return port + 1 if port < 65_535 else port - 1


async def _run(app: FastAPI, server: uvicorn.Server, listener: socket.socket) -> None:
    # entered here rather than by uvicorn, so that what fails to start is raised and not only logged
    async with app.router.lifespan_context(app):
        await server.serve(sockets=[listener])


def serve(app: FastAPI, host: str, port: int, trusted_proxies: Sequence[str] = ()) -> None:
    """Serve ``app`` until SIGTERM or Ctrl-C; says on stderr where it is once the port is open.

    :param trusted_proxies: addresses whose word on the client's own address (X-Forwarded-For) is believed
    :raises ChannelError: the address cannot be listened on
    """
    options = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        access_log=False,  # a public log of who asked when is nobody's need, and questions are in no URL
        log_level="warning",
        server_header=False,
        forwarded_allow_ips=list(trusted_proxies),
        timeout_graceful_shutdown=_STOP_WITHIN_S,
        timeout_keep_alive=_KEEP_ALIVE_S,
    )
    with _bind(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        print(
            f"网页已打开:http://{shown}:{listener.getsockname()[1]}(按 Ctrl-C 停止)",
            file=sys.stderr,
            flush=True,
        )
        asyncio.run(_run(app, _Server(options), listener))
