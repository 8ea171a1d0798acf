"""Questions that admins decided are out of scope: ``docs_corpus/out_of_scope.yaml``, a list of questions.

A generation keeps them with their vectors, so that they take effect with the publication they belong to.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from index.errors import CorpusError, StoreError
from index.vectors import VectorIndex
from index.yamlfile import read_yaml

FILE = "out_of_scope.yaml"
KEPT = "outside.json"
VECTORS = "outside.faiss"

_QUESTIONS = TypeAdapter(tuple[str, ...])


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """The questions of a generation that are out of scope; row ``i`` of ``vectors`` is that of question ``i``."""

    questions: tuple[str, ...] = ()
    vectors: VectorIndex | None = None  # None where there are no questions


NOTHING = Outside()


def load(corpus_dir: Path) -> tuple[str, ...]:
    """Read the questions of the corpus, each once; a missing or empty file has none.

    :raises CorpusError: the file is not YAML or not a list of questions, with the line
    """
    path = corpus_dir / FILE
    if not path.is_file():
        return ()
    file = read_yaml(path)
    try:
        questions = _QUESTIONS.validate_python(file.content or ())
    except ValidationError as error:
        line = file.line_of(error.errors()[0]["loc"])
        raise CorpusError(f"{path} 第 {line} 行应是一个问题,每行一个“- 问题”;请改正后重试") from None
    return tuple(dict.fromkeys(filter(None, map(str.strip, questions))))


def keyed(questions: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return each question after the digest its vector is cached under: the one it has as a similar question."""
    return [(sha256(f"相似问 {text}".encode()).hexdigest(), text) for text in questions]


def write(folder: Path, questions: tuple[str, ...], vectors: NDArray[np.float32]) -> None:
    """Write the questions of a generation and their vectors, (questions, dim); nothing where there are none.

    :raises StoreError: the folder cannot be written
    """
    if not questions:
        return
    VectorIndex.build(vectors).write(folder / VECTORS)
    try:
        (folder / KEPT).write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"写不了 {folder / KEPT}:{error.strerror};请检查权限和磁盘空间") from None


def kept(folder: Path) -> tuple[str, ...]:
    """Return the questions a generation was published with.

    :raises StoreError: the file is damaged
    """
    path = folder / KEPT
    if not path.is_file():
        return ()
    try:
        return _QUESTIONS.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise StoreError(f"读不了 {path}:已损坏;请运行 policybot index --rebuild") from None


def read(folder: Path) -> Outside:
    """Open what :func:`write` wrote.

    :raises StoreError: a file is damaged, or the two do not fit together
    """
    questions = kept(folder)
    if not questions:
        return NOTHING
    vectors = VectorIndex.open(folder / VECTORS)
    if vectors.rows != len(questions):
        raise StoreError(
            f"{folder / VECTORS} 有 {vectors.rows} 行,问题有 {len(questions)} 个;请运行 policybot index --rebuild"
        )
    return Outside(questions, vectors)
