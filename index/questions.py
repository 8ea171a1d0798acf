"""相似问: the questions people ask of a clause, from ``docs_corpus/questions/<document>.yaml``.

A file is a list of entries: ``clause`` (its path), ``sentence`` (optional: the first characters of the one sentence
meant), ``ask`` (the questions). A document without a file has none, and is found by its own words alone.
"""

import logging
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from index.errors import CorpusError
from index.types import Passage, SimilarQuestion
from index.yamlfile import YamlFile, read_yaml

LOG = logging.getLogger(__name__)
FOLDER = "questions"


class Entry(BaseModel):
    """One entry as the file writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clause: str
    sentence: str = ""
    ask: tuple[str, ...] = Field(min_length=1)


_ENTRIES = TypeAdapter(tuple[Entry, ...])
_PROBLEMS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识的键;可用 clause、sentence、ask",
    "string_type": "应是文字,数字要加引号",
    "tuple_type": "应是列表",
    "too_short": "至少写一个问题",
}


def path_of(corpus_dir: Path, document: str) -> Path:
    """Return where the questions of a document stand, or would."""
    return corpus_dir / FOLDER / f"{document}.yaml"


def digest_of(corpus_dir: Path, document: str) -> str:
    """Return the SHA-256 of a document's file, ``""`` where it has none."""
    path = path_of(corpus_dir, document)
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _explain(file: YamlFile, error: ValidationError) -> CorpusError:
    problem = error.errors()[0]
    reason = _PROBLEMS.get(problem["type"], problem["msg"])
    where = ".".join(map(str, problem["loc"])) or "最外层"
    return CorpusError(f"{file.path} 第 {file.line_of(problem['loc'])} 行:{where}:{reason};请改正后重试")


def load(corpus_dir: Path, document: str) -> tuple[Entry, ...]:
    """Read the entries of a document; a missing or empty file has none.

    :raises CorpusError: the file is not YAML or not shaped as such a list, with the line
    """
    path = path_of(corpus_dir, document)
    if not path.is_file():
        return ()
    file = read_yaml(path)
    try:
        return _ENTRIES.validate_python(file.content or ())
    except ValidationError as error:
        raise _explain(file, error) from None


def _above(path: str) -> Iterator[str]:
    """Yield the paths of the clauses above one, the root last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _meant(path: str, sentence: str, passages: Sequence[Passage], text: str) -> list[Passage]:
    inside = [p for p in passages if not path or p.clause == path or p.clause.startswith(f"{path}/")]
    return [p for p in inside if p.span.of(text).lstrip(" |\t\u3000").startswith(sentence)]


def _answering(entry: Entry, passages: Sequence[Passage], text: str) -> tuple[str, int, int] | None:
    """Return the clause and the run of passages an entry means; None where its words are not there (any more).

    A sentence that is read as part of a clause above by now is found there, as long as it is the only one.
    """
    meant, path = _meant(entry.clause, entry.sentence, passages, text), entry.clause
    if not meant and entry.sentence:
        wider = (_meant(above, entry.sentence, passages, text) for above in _above(entry.clause))
        meant = next((found for found in wider if found), [])[:2]
        meant = meant if len(meant) == 1 else []
        path = meant[0].clause if meant else path
    return (
        (path, meant[0].ordinal, (meant[0] if entry.sentence else meant[-1]).ordinal + 1) if meant else None
    )


def attach(
    document: str, entries: Sequence[Entry], passages: Sequence[Passage], text: str
) -> tuple[SimilarQuestion, ...]:
    """Point each question to the passages of its clause, or to the one sentence it was written for.

    An entry whose words have gone (a new version of the document) is left out, and said so in the log.
    """
    found = []
    for entry in entries:
        run = _answering(entry, passages, text)
        if run is None:
            where = f"{entry.clause} {entry.sentence}".strip()
            LOG.warning("%s 的相似问指向的原文不在了,没有采用:%s", document, where)
            continue
        for asked in entry.ask:
            digest = sha256(f"相似问 {asked}".encode()).hexdigest()
            found.append(SimilarQuestion(document, *run, asked, digest))
    return tuple(found)
