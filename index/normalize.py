"""Text folded for matching, with a way back to the characters it came from.

Folding is for comparing only: what is stored and quoted is always the original.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from unicodedata import category, normalize

from index.types import Span

_SPACE_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])[^\S\n]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset of the original character it came from."""

    text: str
    offsets: tuple[int, ...]  # as many as characters of ``text``, never falling

    def origin(self, span: Span) -> Span:
        """Return the original characters a span of the folded text came from, empty for an empty span.

        A character that folded into several counts as a whole as soon as one of them is covered.
        """
        if span.start >= span.end:
            at = self.offsets[span.start] if span.start < len(self.offsets) else self._end()
            return Span(at, at)
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)

    def folded(self, span: Span) -> Span:
        """Return the folded characters that came from a span of the original."""
        start = bisect_left(self.offsets, span.start)
        return Span(start, max(start, bisect_right(self.offsets, span.end - 1)))

    def _end(self) -> int:
        return self.offsets[-1] + 1 if self.offsets else 0


def _fold_char(char: str) -> str:
    if char == "\n":
        return char
    if char.isspace():
        return " "
    return "" if category(char) in ("Cc", "Cf") else normalize("NFKC", char)


def fold(text: str) -> Folded:
    """Fold widths and compatibility forms (NFKC, character by character), spaces to ``" "``; drop invisible ones.

    Line ends stay, so that a line of the folded text is a line of the original.
    """
    parts, offsets = [], []
    for at, char in enumerate(text):
        folded = char if char.isascii() and char.isprintable() else _fold_char(char)
        parts.append(folded)
        offsets.extend([at] * len(folded))
    return Folded("".join(parts), tuple(offsets))


def squeeze(text: str) -> str:
    """Close the gaps a typesetter left between Chinese characters (``内 涵`` → ``内涵``) and trim the ends."""
    return _SPACE_BETWEEN_CHINESE.sub("", text).strip()
