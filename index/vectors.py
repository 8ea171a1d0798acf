"""Nearest vectors. The only file that imports FAISS."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError

Matrix = NDArray[np.float32]  # (rows, dimension)
Rows = NDArray[np.int64]

# From so many rows on the exact search costs more than the rest of an answer, and a graph finds the same
# (benchmarks/vector_scale.py, docs/scale.md). Half-precision numbers lose no neighbour that whole ones find; inverted
# lists of any size lose many: these vectors lie too close together for them.
EXACT_TO = 100_000
GRAPH = "HNSW32,SQfp16"
BUILD_EFFORT = 80  # neighbours looked at as a row is put in; FAISS's own 40 finds 1% fewer
# chosen rows of a graph up to which each is compared; of more, the walk through the graph meets enough
SCANNED = 20_000
SEARCH_EFFORT = 512  # the least looked at for a query, however few are wanted


class VectorIndex:
    """The vectors of a generation, row ``i`` that of passage ``i``. Read-only once built; threads may share it."""

    __slots__ = ("_index",)

    def __init__(self, index: Any) -> None:
        self._index = index

    @property
    def rows(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    @property
    def is_exact(self) -> bool:
        """Whether a search finds the best rows for certain; a graph of many rows finds nearly all of them."""
        return not isinstance(self._index, faiss.IndexHNSW)

    @classmethod
    def build(cls, matrix: Matrix, exact_to: int = EXACT_TO) -> "VectorIndex":
        """Index ``matrix``, float32 of shape (rows, dimension); no rows are allowed.

        :param exact_to: rows up to which a search is exact
        """
        if len(matrix) <= exact_to:
            index: Any = faiss.IndexFlatIP(matrix.shape[1])
        else:
            index = faiss.index_factory(matrix.shape[1], GRAPH, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = BUILD_EFFORT
            index.train(np.ascontiguousarray(matrix[:exact_to], dtype=np.float32))
        index.add(np.ascontiguousarray(matrix, dtype=np.float32))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> "VectorIndex":
        """Open what :meth:`write` wrote.

        :raises StoreError: the file is missing or is not an index
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError:
            raise StoreError(f"读不了向量文件 {path}:缺失或已损坏;请运行 policybot index --rebuild") from None

    def write(self, path: Path) -> None:
        """Write the index to ``path``.

        :raises StoreError: the file cannot be written
        """
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError:
            raise StoreError(f"写不了向量文件 {path};请检查该目录的权限和磁盘空间") from None

    def reconstruct(self, rows: Rows) -> Matrix:
        """Return the vectors of ``rows``, float32 of shape (len(rows), dimension), in that order."""
        wanted = np.asarray(rows, dtype=np.int64)
        if self.is_exact and self.rows:  # where they lie; FAISS copies them one by one
            stored = faiss.rev_swig_ptr(self._index.get_xb(), self.rows * self.dimension)
            vectors: Matrix = stored.reshape(self.rows, self.dimension)[wanted]
        else:
            vectors = self._index.reconstruct_batch(wanted)
        return vectors

    def search(self, query: Matrix, k: int, rows: Rows | None = None) -> tuple[Rows, Matrix]:
        """Find the ``k`` rows of largest inner product with ``query``.

        :param query: float32 of shape (dimension,)
        :param k: how many at most; fewer come back where there are fewer
        :param rows: only these rows are looked at; all of them when None
        :return: row numbers and inner products, both best first; equal products by row number
        """
        if not self.is_exact:
            return self._search_graph(query, k, rows)
        if rows is not None:
            rows = np.unique(np.asarray(rows, dtype=np.int64))
        candidates = self.rows if rows is None else len(rows)
        wanted = min(k, candidates)
        if wanted <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found, scores = self._compare(query, rows)
        if len(found) > wanted:
            near = scores >= np.partition(scores, -wanted)[-wanted]
            found, scores = found[near], scores[near]
        order = np.lexsort((found, -scores))[:wanted]
        return found[order], scores[order]

    def _search_graph(self, query: Matrix, k: int, rows: Rows | None) -> tuple[Rows, Matrix]:
        if rows is not None and len(rows) <= SCANNED:  # a walk through the graph would meet few of them
            found = np.unique(np.asarray(rows, dtype=np.int64))
            scores = self.reconstruct(found) @ np.asarray(query, np.float32)
        elif k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        else:
            wanted = min(k, self.rows)
            effort = faiss.SearchParametersHNSW(efSearch=max(SEARCH_EFFORT, wanted))  # type: ignore[attr-defined]
            every, near = self._index.search(np.asarray(query, np.float32)[None, :], wanted, params=effort)
            kept = near[0] >= 0
            found, scores = near[0][kept], every[0][kept]
            if rows is not None:
                asked = np.isin(found, rows)
                found, scores = found[asked], scores[asked]
        order = np.lexsort((found, -scores))[: max(k, 0)]
        return found[order], scores[order]

    def _compare(self, query: Matrix, rows: Rows | None) -> tuple[Rows, Matrix]:
        """Every row, or each of ``rows``, with its inner product, in no order.

        FAISS compares them all whatever is wanted. A thousand of the best it picks out slowly, and where many are as near
        (every plan has the same measures) by chance.
        """
        parameters, selector = None, None
        if rows is not None:
            selector = faiss.IDSelectorBatch(rows)
            parameters = faiss.SearchParameters()
            parameters.sel = selector  # not owned by it: this frame keeps the selector alive
        whole = np.asarray(query, np.float32)[None, :]
        _, scores, found = self._index.range_search(whole, -np.inf, params=parameters)
        return found, scores
