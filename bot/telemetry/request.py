"""One request from the channel it came in by to the last line of its answer.

The name lies in the context: threads that channels hand a question to (``asyncio.to_thread``, a copied context) carry it
along, and every line logged on the way bears it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from structlog.contextvars import bound_contextvars, get_contextvars

REQUEST, CHANNEL = "request", "channel"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")  # of an id that came from outside; it is written into logs


def request_named(sent: str = "") -> str:
    """Return the id that was sent where it is well formed, a new one where it is not."""
    return sent if _WELL_FORMED.fullmatch(sent) else uuid4().hex


@contextmanager
def request(channel: str, identifier: str) -> Iterator[None]:
    """Bear the name of a request while it is worked on."""
    with bound_contextvars(**{REQUEST: identifier, CHANNEL: channel}):
        yield


def current_request() -> str:
    """Return the id of the request that is worked on, "" outside of any."""
    return str(get_contextvars().get(REQUEST, ""))
