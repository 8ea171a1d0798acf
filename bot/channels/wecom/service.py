"""Running the robot until it is told to stop."""

import asyncio
import signal
from contextlib import suppress

from bot.channels.wecom.answering import Desk, handle
from bot.channels.wecom.connection import Connection, stay_connected
from bot.channels.wecom.types import Frame, Pace, Robot

_STOP_WITHIN_S = 5.0  # the answers under way are still sent
_PACE = Pace()


async def serve_in(desk: Desk, robot: Robot, url: str, stop: asyncio.Event, pace: Pace = _PACE) -> None:
    """Answer staff in the running event loop until ``stop`` is set; while WeCom cannot be reached it keeps trying.

    :raises ChannelError: WeCom refuses the robot, or the address is none
    """

    async def answer(frame: Frame) -> None:
        await handle(desk, link, frame)

    link = Connection(robot, url, answer, pace)
    halt, live = asyncio.create_task(stop.wait()), asyncio.create_task(stay_connected(link))
    try:
        await asyncio.wait({halt, live}, return_when=asyncio.FIRST_COMPLETED)
        if not live.done():
            await link.settle(_STOP_WITHIN_S)
    finally:
        halt.cancel()
        live.cancel()
        await asyncio.gather(halt, live, return_exceptions=True)
    if not live.cancelled():
        live.result()


async def _until_signalled(desk: Desk, robot: Robot, url: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl-C ends the program as it always does
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve_in(desk, robot, url, stop)


def run(desk: Desk, robot: Robot, url: str) -> None:
    """Answer staff until SIGTERM or Ctrl-C.

    :raises ChannelError: WeCom refuses the robot, or the address is none
    """
    asyncio.run(_until_signalled(desk, robot, url))
