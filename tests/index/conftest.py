"""Parts for the tests of the index: a corpus on disk, a deterministic encoder, a plain way to read a document."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.backends import Backend
from index.backends.local import LOCAL
from index.build import BuildReport, build
from index.generation import Generation
from index.rows import Version
from index.settings import IndexSettings
from index.stamp import Stamp
from index.store import open_generation
from index.tokens import Tokenizer
from index.tools import Tools
from index.types import Clause, ClauseKind, Document, Indicator, Passage, Role, Span

DIMENSION = 16
LEXICON = "0" * 64


@dataclass
class FakeEncoder:
    """Seeds a generator with the text's digest: equal texts, equal unit vectors. Notes what it was given."""

    fingerprint: str = "fake-1"
    dimension: int = DIMENSION
    encoded: list[str] = field(default_factory=list)

    def vector(self, text: str) -> NDArray[np.float32]:
        """Return the vector of one text."""
        seed = int.from_bytes(sha256(f"{self.fingerprint}{text}".encode()).digest()[:8], "big")
        drawn = np.random.default_rng(seed).normal(size=self.dimension)
        return (drawn / np.linalg.norm(drawn)).astype(np.float32)

    def encode_queries(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one row a query."""
        if on_progress:
            on_progress(len(texts), len(texts))
        return np.stack([self.vector(text) for text in texts])

    def encode_passages(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one row a passage."""
        self.encoded.extend(texts)
        if on_progress:
            on_progress(len(texts), len(texts))
        return np.stack([self.vector(text) for text in texts])


def _entry(name: str, text: str) -> str:
    digest = sha256(text.encode()).hexdigest()
    return f"  - {{id: {name}, title: {name}规划, region: {name}市, file: {name}.txt, sha256: {digest}}}\n"


@dataclass(frozen=True)
class Corpus:
    """A folder of documents with its manifest."""

    folder: Path

    def write(self, texts: dict[str, str]) -> None:
        """Make these the documents, in this order: id → text."""
        self.folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (self.folder / f"{name}.txt").write_text(text, encoding="utf-8")
        entries = "".join(_entry(name, text) for name, text in texts.items())
        listed = f"documents:\n{entries}" if entries else "documents: []\n"
        (self.folder / "manifest.yaml").write_text(listed, encoding="utf-8")


def read_plainly(corpus_dir: Path, document: Document, _settings: IndexSettings) -> Version:
    """Read a document whose every line is a passage, and whose every number an indicator, of one clause."""
    text = (corpus_dir / document.file).read_text(encoding="utf-8")
    whole = Span(0, len(text))
    root = Clause(document.id, "", None, "", document.title, ClauseKind.HEADING, 0, whole, whole)
    passages, indicators = [], []
    for ordinal, line in enumerate(re.finditer(r"[^\n]+", text)):
        seen = f"{document.title}\n{line[0]}"
        digest = sha256(seen.encode()).hexdigest()
        passages.append(
            Passage(document.id, "", ordinal, Span(*line.span()), (document.title,), seen, digest)
        )
        for number in re.finditer(r"\d+", line[0]):
            at = Span(line.start() + number.start(), line.start() + number.end())
            facts = (number[0], "个", "=", "2025", "约束性", "就业")
            span = Span(*line.span())
            indicators.append(
                Indicator(document.id, "", "岗位", Role.TARGET, *facts, span=span, value_span=at)
            )
    return Version(document, text, (root,), tuple(passages), tuple(indicators), pages=(0, len(text)))


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the dictionary's shards are kept for the whole run."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def tokenizer(cache_dir: Path) -> Tokenizer:
    """Return the real tokenizer, with one word of the field added."""
    return Tokenizer(("零工驿站",), cache_dir)


@pytest.fixture
def encoder() -> FakeEncoder:
    """Return a deterministic encoder."""
    return FakeEncoder()


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Return an empty corpus folder."""
    return Corpus(tmp_path / "corpus")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Return a data directory that does not exist yet."""
    return tmp_path / "var"


@dataclass
class Site:
    """A corpus, a data directory and the parts between them; ``build`` and ``open`` as the program calls them."""

    corpus: Corpus
    data_dir: Path
    encoder: FakeEncoder
    tokenizer: Tokenizer
    settings: IndexSettings = field(default_factory=IndexSettings)
    lexicon: str = LEXICON
    backend: Backend = LOCAL
    progress: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def stamp(self) -> Stamp:
        """What an index built now is stamped with."""
        return Stamp.of(self.encoder, self.tokenizer, self.lexicon, self.settings, self.backend)

    def build(self, *, rebuild: bool = False) -> BuildReport:
        """Bring the index up to date."""
        return build(
            *(self.corpus.folder, self.data_dir, self.settings),
            Tools(self.encoder, self.tokenizer, self.lexicon, self.backend),
            rebuild=rebuild,
            on_progress=lambda *step: self.progress.append(step),
        )

    def open(self) -> Generation:
        """Open the live generation."""
        return open_generation(self.data_dir, self.stamp, self.backend)


@pytest.fixture
def site(
    corpus: Corpus,
    data_dir: Path,
    encoder: FakeEncoder,
    tokenizer: Tokenizer,
    monkeypatch: pytest.MonkeyPatch,
) -> Site:
    """Return two documents that no build has seen; every line is read as a passage."""
    monkeypatch.setattr("index.build.read_version", read_plainly)
    corpus.write({"jia": "新增就业岗位100个\n发放灵活就业补贴\n", "yi": "培训2000人次\n"})
    return Site(corpus, data_dir, encoder, tokenizer)
