"""Milvus: several workers search one server. The only file that imports pymilvus.

One collection an index and generation. Vectors are searched by inner product as they are. Words are sparse vectors of
their BM25 weights, cut by the tokenizer that cuts the questions, so that a passage scores here what it scores in
``index.bm25``; the tokens and their counts stay beside the database, in the generation's folder.
"""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from pymilvus import DataType, MilvusClient, MilvusException

from index.backends import Backend, Matrix, Rows
from index.backends.parts.expressions import within
from index.bm25 import WordIndex
from index.errors import StoreError
from index.settings import BackendSettings
from index.vectors import BUILD_EFFORT, EXACT_TO, SEARCH_EFFORT
from index.vocabulary import Vocabulary

ROW, VECTOR = "row", "vector"
BATCH = 500  # rows a message: of 384 numbers well under a megabyte
# Rows a search for words brings back: as many as the dense ranker hands on (retrieval.search.CANDIDATES)
HEARD = 2_000
MOST = 16_384  # rows a server returns at most: of an index no larger than this, none is left out
LINKS = 32  # of a node of the graph, as in index.vectors.GRAPH
# pymilvus pings an idle server every 10 s; gRPC servers hang up on whoever does so more often than every 5 minutes
_PINGS = {"grpc.keepalive_time_ms": 300_000}
_NO_TOKEN = 0  # a sparse vector must hold something: a column no question asks for
_TINY = 1e-6


@contextmanager
def _speaking(what: str) -> Iterator[None]:
    """Turn what goes wrong between here and the server into one line that says what to do."""
    try:
        yield
    except MilvusException as error:
        reason = error.message.splitlines() or [type(error).__name__]
        raise StoreError(
            f"Milvus {what}不成:{reason[0]};请检查服务和 config.yaml 的 index.backend,缺了索引就运行 policybot index --rebuild"
        ) from None


class _Collection:
    """One collection of the server, loaded."""

    def __init__(self, client: MilvusClient, name: str, timeout_s: float) -> None:
        self._client, self._name, self._timeout_s = client, name, timeout_s
        with _speaking(f"打开 {name} "):
            client.load_collection(name, timeout=timeout_s)
            # strong: a worker may open what another has only just written
            counted = self._query("", "count(*)", consistency_level="Strong")
        self.rows = int(counted[0]["count(*)"])

    def _query(self, expression: str, *fields: str, **options: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._client.query(
            self._name, filter=expression, output_fields=list(fields), timeout=self._timeout_s, **options
        )
        return found

    def search(
        self, queries: Sequence[Any], k: int, expression: str = "", **options: Any
    ) -> list[tuple[Rows, Matrix]]:
        """Return the rows and inner products of each query, best first; equal products by row."""
        with _speaking("查询"):
            answers = self._client.search(
                self._name,
                data=list(queries),
                anns_field=VECTOR,
                limit=k,
                filter=expression,
                output_fields=[ROW],
                search_params={"metric_type": "IP", "params": options},
                timeout=self._timeout_s,
            )
        found = []
        for hits in answers:
            rows = np.array([hit[ROW] for hit in hits], np.int64)
            scores = np.array([hit["distance"] for hit in hits], np.float32)
            order = np.lexsort((rows, -scores))
            found.append((rows[order], scores[order]))
        return found

    def vectors(self, rows: Rows) -> dict[int, Any]:
        """Return the vector of each of ``rows``."""
        found: dict[int, Any] = {}
        for at in range(0, len(rows), BATCH):
            with _speaking("查询"):
                read = self._query(within(ROW, rows[at : at + BATCH]), ROW, VECTOR)
            found |= {int(one[ROW]): one[VECTOR] for one in read}
        return found


class MilvusVectors:
    """Vectors in a collection."""

    def __init__(self, collection: _Collection, dimension: int) -> None:
        self._collection, self.rows, self.dimension = collection, collection.rows, dimension

    def search(self, query: Matrix, k: int, rows: Rows | None = None) -> tuple[Rows, Matrix]:
        """Find the ``k`` rows of largest inner product with ``query``, of ``rows`` or of all."""
        chosen = None if rows is None else np.unique(np.asarray(rows, np.int64))
        wanted = min(k, self.rows if chosen is None else len(chosen))
        if wanted <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        expression = "" if chosen is None else within(ROW, chosen)
        vector = np.asarray(query, np.float32)
        return self._collection.search([vector], wanted, expression, ef=max(SEARCH_EFFORT, wanted))[0]

    def reconstruct(self, rows: Rows) -> Matrix:
        """Return the vectors of ``rows``, in that order."""
        wanted = np.asarray(rows, np.int64)
        found = self._collection.vectors(np.unique(wanted))
        return np.array([found[row] for row in wanted.tolist()], np.float32).reshape(-1, self.dimension)


class MilvusWords:
    """A word index in a collection."""

    def __init__(self, collection: _Collection, vocabulary: Vocabulary) -> None:
        self._collection, self.rows, self.vocabulary = collection, collection.rows, vocabulary

    def scores(self, lists: Sequence[Sequence[str]], rows: Rows | None = None) -> Matrix:
        """Score every row for each list of tokens, or only ``rows``, (lists, rows); beyond the ``HEARD`` best, 0."""
        scored = np.zeros((len(lists), self.rows), np.float32)
        counted = [Counter(self.vocabulary.columns_of(tokens)) for tokens in lists]
        asked = [place for place, columns in enumerate(counted) if columns]
        queries = [{column + 1: float(times) for column, times in counted[place].items()} for place in asked]
        if queries and self.rows:
            wanted = self.rows if self.rows <= MOST else HEARD
            expression = "" if rows is None or not len(rows) else within(ROW, np.unique(rows))
            found = self._collection.search(queries, wanted, expression)
            for place, (heard, scores) in zip(asked, found, strict=True):
                scored[place, heard] = scores
        return scored

    def reach(
        self, groups: Sequence[Sequence[tuple[Sequence[str], float]]], rows: Rows | None = None
    ) -> Matrix:
        """Score every row by the best of each group's lists; the server is asked once."""
        scored = iter(self.scores([tokens for group in groups for tokens, _ in group], rows))
        reached = np.zeros((len(groups), self.rows), np.float32)
        for best, group in zip(reached, groups, strict=True):
            for _, ceiling in group:
                np.maximum(best, next(scored) / np.float32(ceiling), out=best)
        return reached

    def holding(self, tokens: Sequence[str]) -> Rows:
        """Return the rows that hold every token, of those :meth:`scores` gives a score."""
        scored = self.scores([[token] for token in dict.fromkeys(tokens)])
        return np.flatnonzero(np.all(scored > 0, axis=0))


def _sparse(index: WordIndex) -> Iterator[Mapping[int, float]]:
    for columns, weights in index.weights():
        yield {_NO_TOKEN: _TINY} | dict(zip((columns + 1).tolist(), weights.tolist(), strict=True))


def _place(settings: BackendSettings) -> str:
    """The server's host and port, without a password."""
    return settings.uri.partition("://")[2].rpartition("@")[2] or settings.uri


class MilvusBackend:
    """Collections ``<prefix>_<generation>_<index>`` of a server, and an alias ``<prefix>_<index>`` for the live ones."""

    def __init__(self, client: MilvusClient, settings: BackendSettings) -> None:
        self._client, self._prefix, self._timeout_s = client, settings.prefix, settings.timeout_s
        self.fingerprint = f"milvus {settings.prefix} @ {_place(settings)}"

    def _name(self, folder: Path, name: str) -> str:
        return f"{self._prefix}_{folder.name}_{Path(name).stem}"

    def _write(
        self, name: str, kind: DataType, rows: Sequence[Any] | Matrix, index: Mapping[str, Any], **size: int
    ) -> None:
        with _speaking(f"写 {name} "):
            # one may be left over from a build that broke off
            self._client.drop_collection(name, timeout=self._timeout_s)
            schema = self._client.create_schema(auto_id=False)
            schema.add_field(ROW, DataType.INT64, is_primary=True)
            schema.add_field(VECTOR, kind, **size)
            params = self._client.prepare_index_params()
            params.add_index(VECTOR, metric_type="IP", **index)
            self._client.create_collection(name, schema=schema, index_params=params, timeout=self._timeout_s)
            for at in range(0, len(rows), BATCH):
                batch = [{ROW: at + n, VECTOR: one} for n, one in enumerate(rows[at : at + BATCH])]
                self._client.insert(name, batch, timeout=self._timeout_s)
            self._client.flush(name, timeout=self._timeout_s)

    def write_vectors(self, folder: Path, name: str, matrix: Matrix) -> None:
        """Write vectors: compared one by one up to ``EXACT_TO`` rows, a graph beyond."""
        graph = {"index_type": "HNSW", "params": {"M": LINKS, "efConstruction": BUILD_EFFORT}}
        index = {"index_type": "FLAT"} if len(matrix) <= EXACT_TO else graph
        vectors = np.ascontiguousarray(matrix, np.float32)
        self._write(self._name(folder, name), DataType.FLOAT_VECTOR, vectors, index, dim=matrix.shape[1])

    def write_words(self, folder: Path, name: str, lists: Sequence[Sequence[str]]) -> None:
        """Write a word index."""
        index = WordIndex.build(lists)
        index.vocabulary.write(folder / f"{name}.json")
        params = {"index_type": "SPARSE_INVERTED_INDEX", "params": {"drop_ratio_build": 0.0}}
        rows = list(_sparse(index))
        self._write(self._name(folder, name), DataType.SPARSE_FLOAT_VECTOR, rows, params)

    def open_vectors(self, folder: Path, name: str) -> MilvusVectors:
        """Open vectors."""
        full = self._name(folder, name)
        with _speaking(f"打开 {full} "):
            fields = self._client.describe_collection(full, timeout=self._timeout_s)["fields"]
        dimension = next(int(field["params"]["dim"]) for field in fields if field["name"] == VECTOR)
        return MilvusVectors(_Collection(self._client, full, self._timeout_s), dimension)

    def open_words(self, folder: Path, name: str) -> MilvusWords:
        """Open a word index."""
        vocabulary = Vocabulary.open(folder / f"{name}.json")
        return MilvusWords(_Collection(self._client, self._name(folder, name), self._timeout_s), vocabulary)

    def _own(self) -> Iterator[tuple[str, str, str]]:
        """Yield the collections of this installation: their name, the generation's folder, the index."""
        for full in self._client.list_collections(timeout=self._timeout_s):
            prefix, _, rest = full.partition(f"{self._prefix}_")
            generation, _, index = rest.partition("_")
            if not prefix and generation.isdigit():
                yield full, generation, index

    def announce(self, folder: Path) -> None:
        """Point the aliases at the collections of a generation."""
        with _speaking("换别名"):
            known = set(self._aliases())
            for full, generation, index in self._own():
                if generation == folder.name:
                    alias = f"{self._prefix}_{index}"
                    change = self._client.alter_alias if alias in known else self._client.create_alias
                    change(full, alias, timeout=self._timeout_s)

    def _aliases(self) -> Iterator[str]:
        for full, _, _ in self._own():
            yield from self._client.list_aliases(full, timeout=self._timeout_s)["aliases"]

    def keep_only(self, names: Collection[str]) -> None:
        """Drop the collections of other generations."""
        with _speaking("清理"):
            for full, generation, _ in list(self._own()):
                if generation not in names:
                    for alias in self._client.list_aliases(full, timeout=self._timeout_s)["aliases"]:
                        self._client.drop_alias(alias, timeout=self._timeout_s)
                    self._client.drop_collection(full, timeout=self._timeout_s)


def open_backend(settings: BackendSettings, token: str) -> Backend:
    """Connect to the server.

    :param token: ``user:password`` or an API key; empty where the server asks for none
    :raises StoreError: it does not answer
    """
    # it logs each failure with its traceback before raising it; the one line of StoreError says the same
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    given = {"token": token, "timeout": settings.timeout_s, "grpc_options": _PINGS}
    with _speaking(f"连接 {_place(settings)} "):
        return MilvusBackend(MilvusClient(settings.uri, **given), settings)
