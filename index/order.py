"""Who asks for a build and why, and what must hold before its result is published."""

from collections.abc import Callable
from dataclasses import dataclass

from index.changes import Live
from index.generation import Generation
from index.history import Event

# Given the new generation and the live one (None where there is none yet); returns what the history is to say of it,
# "" for nothing, and raises where it must not be published.
Gate = Callable[[Generation, Live | None], str]


@dataclass(frozen=True, slots=True)
class Order:
    """Who asked for a build and why, and what must hold before it is published.

    ``gate`` sees the finished generation before any reader does, and raises where it must not be published.
    """

    actor: str = "命令行"
    note: str = ""
    gate: Gate | None = None
    happened: tuple[Event, ...] = ()  # what the history says instead of what was added, replaced, withdrawn


BY_HAND = Order()
