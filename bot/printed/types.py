"""The nouns of printed pages."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the picture, from its top left corner


class NotDrawnError(InputError):
    """A page that cannot be drawn; ``str(error)`` is the sentence a person reads."""


class BusyError(NotDrawnError):
    """A page that is not drawn now because many others are."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as a picture of ``width`` times ``height`` pixels, with where its letters stand.

    ``letters`` and ``boxes`` go together one to one, in the order the file draws them; blanks are left out.
    """

    width: int
    height: int
    letters: str
    boxes: tuple[Box, ...]
    picture: Path  # a PNG
