"""A decision → the files of docs_corpus/ as they would be, checked by the very code that will read them."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.admin.regression import REGRESSION, read_cases
from index import lexicon, outside, questions
from index.archive import write_atomically
from index.errors import CorpusError
from index.questions_edit import same_words
from index.yaml_edit import edited_list

LEXICON = "lexicon.yaml"
Files = Mapping[str, bytes]  # path inside docs_corpus/ → what it is to hold

_HEADER = "# 超出范围的问题,每行一个:问到它们,直接说答不了。\n".replace(",", "\uff0c")


def _question_of(line: str) -> str | None:
    """The question of a case that stands for itself: one with a history or a region is another case."""
    row = json.loads(line)
    return None if row.get("history") or row.get("region") else str(row["question"])


def with_case(corpus_dir: Path, case: Mapping[str, Any]) -> bytes:
    """Return the regression set with one more case, in place of one for the same question; nothing is written.

    :raises CorpusError: the file cannot be used as it is
    """
    read_cases(corpus_dir)
    path = corpus_dir / REGRESSION
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    kept = [
        line
        for line in text.splitlines()
        if not line.strip() or not same_words(_question_of(line) or "", str(case["question"]))
    ]
    return "".join(f"{line}\n" for line in [*kept, json.dumps(case, ensure_ascii=False)]).encode()


def with_outside(corpus_dir: Path, question: str) -> bytes:
    """Return the questions that are out of scope with one more; nothing is written."""
    outside.load(corpus_dir)

    def edit(listed: Any) -> None:
        listed.append(question)

    return edited_list(corpus_dir / outside.FILE, _HEADER, edit)


def without_outside(corpus_dir: Path, question: str) -> dict[str, bytes]:
    """Return the questions that are out of scope without this one; nothing where it is not among them."""
    if not any(same_words(question, known) for known in outside.load(corpus_dir)):
        return {}

    def edit(listed: Any) -> None:
        for at in reversed(range(len(listed))):
            if same_words(listed[at], question):
                del listed[at]

    return {outside.FILE: edited_list(corpus_dir / outside.FILE, _HEADER, edit)}


def question_file(document: str) -> str:
    """Return the path of a document's similar questions inside docs_corpus/."""
    return f"{questions.FOLDER}/{document}.yaml"


def check(files: Files) -> None:
    """Read what is to be written as a build will read it.

    :raises CorpusError: it cannot be used
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            write_atomically(folder / path, content)
        try:
            lexicon.load(folder / LEXICON)
            outside.load(folder)
            read_cases(folder)
            for path in files:
                if Path(path).parent.name == questions.FOLDER:
                    questions.load(folder, Path(path).stem)
        except CorpusError as error:
            raise CorpusError(f"没有改:改后的文件读不了,{str(error).replace(f'{folder}/', '')}") from None
