"""The tokens a word index knows, and in how many rows each stands: what their rarity is computed from."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """``columns`` gives each token its column, ``counts`` each column the rows its token stands in, of ``rows``."""

    columns: Mapping[str, int]
    counts: NDArray[np.int64]  # (columns,)
    rows: int

    @property
    def tokens(self) -> Collection[str]:
        """The tokens; asking whether one is there takes no search."""
        return self.columns.keys()

    @property
    def postings(self) -> int:
        """How many pairs of a token and a row that holds it there are."""
        return int(self.counts.sum())

    def columns_of(self, tokens: Sequence[str]) -> list[int]:
        """Return the columns of those ``tokens`` that are known; one given twice comes twice."""
        return [self.columns[token] for token in tokens if token in self.columns]

    def rows_with(self, token: str) -> int:
        """How many rows hold ``token``."""
        column = self.columns.get(token)
        return 0 if column is None else int(self.counts[column])

    def idf(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Rarity of each token, ln(1 + (N − df + 0.5) / (df + 0.5)): float32 of shape (len(tokens),).

        One that is not known is the rarest.
        """
        frequency = np.array([self.rows_with(token) for token in tokens], np.float32)
        rarity: NDArray[np.float32] = np.log1p((self.rows - frequency + 0.5) / (frequency + 0.5))
        return rarity

    def write(self, path: Path) -> None:
        """Write the vocabulary to ``path``.

        :raises StoreError: it cannot be written
        """
        ordered = sorted(self.columns, key=self.columns.__getitem__)
        content = {"rows": self.rows, "tokens": ordered, "counts": self.counts.tolist()}
        try:
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        except OSError as error:
            raise StoreError(f"写不了词表 {path}:{error.strerror};请检查权限和磁盘空间") from None

    @classmethod
    def open(cls, path: Path) -> "Vocabulary":
        """Open what :meth:`write` wrote.

        :raises StoreError: the file is missing or damaged
        """
        try:
            content = json.loads(path.read_bytes())
            columns = {token: column for column, token in enumerate(content["tokens"])}
            return cls(columns, np.array(content["counts"], np.int64), int(content["rows"]))
        except (OSError, ValueError, KeyError, TypeError):
            raise StoreError(f"读不了词表 {path}:缺失或已损坏;请运行 policybot index --rebuild") from None
