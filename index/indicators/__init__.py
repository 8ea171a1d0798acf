"""Indicator rows of a document: values read from its tables and sentences, each pointing to where it stands.

``tables`` and ``prose`` find the values, this file walks the lines and files each row under its clause. The rows
are a layer over the text: nothing here edits, computes or converts.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.indicators.folding import fold, hide
from index.indicators.horizon import Horizon, horizon
from index.indicators.names import region_pattern
from index.indicators.prose import Line, Reading, read_line
from index.indicators.roles import chapter_role
from index.indicators.tables import Surroundings, TableValue, caption_mark, is_row, read_table
from index.types import Clause, Document, Indicator, Role, Span

_LINE = re.compile(r"[^\n]+")
# A caption is a line of its own; longer lines above a table are paragraphs.
_MAX_CAPTION = 60


@dataclass(frozen=True, slots=True)
class _Outline:
    """The clauses of a document by where they begin, with what each chapter says of its values."""

    starts: tuple[int, ...]
    clauses: tuple[Clause, ...]
    roles: dict[str, Role | None]

    def at(self, position: int) -> Clause | None:
        """Return the innermost clause around a position, ``None`` outside all."""
        for index in range(bisect_right(self.starts, position) - 1, -1, -1):
            if position < self.clauses[index].span.end:
                return self.clauses[index]
        return None
