"""Work for a client that is still there."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from fastapi import Request

Result = TypeVar("Result")


async def _left(request: Request) -> None:
    """Return when the client hangs up; its body has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def while_there(request: Request, work: Coroutine[object, object, Result]) -> Result | None:
    """Do ``work`` for as long as the client waits for it; None, with the work cancelled, where the client hung up."""
    doing, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        leaving.cancel()
