"""Who asks for a build and why, and what must hold before its result is published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.store import Generation

# given the new generation, and the digest of the file of each document that is live
Gate = Callable[[Generation, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Order:
    """Who asked for a build and why, and what must hold before it is published.

    ``gate`` sees the finished generation before any reader does, and raises where it must not be published.
    """

    actor: str = "命令行"
    note: str = ""
    gate: Gate | None = None


BY_HAND = Order()
