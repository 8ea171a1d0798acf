"""What admins work with through Telegram, handed in by whoever starts the bot."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.history import Event

if TYPE_CHECKING:
    from bot.admin.library import Library
    from bot.curation.desk import Curation

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Office:
    """The verbs of an admin; each takes the actor's name, ``telegram:7``.

    ``uploads`` is where files wait for a yes; ``audit`` raises where it cannot write, and then nothing is done.
    """

    uploads: Path
    library: Callable[[str, Progress], "Library"]
    history: Callable[[str], Iterable[Event]]
    curation: Callable[[str], "Curation"] | None  # None where no question log is kept
    audit: Callable[[str, str, str, Mapping[str, Any]], None]
