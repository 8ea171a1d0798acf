"""A similar question (相似问) written for a clause, or taken out again; the file keeps its comments and order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.errors import CorpusError
from index.lexicon import bare
from index.questions import path_of
from index.yaml_edit import edited_list

HEADER = "# 相似问:大家怎么问这一条。clause 是条款的位置,ask 是问法。\n"


def _adding(clause: str, question: str) -> Callable[[Any], None]:
    def edit(entries: Any) -> None:
        own = [at for at, entry in enumerate(entries) if entry["clause"] == clause]
        whole = next((entries[at] for at in own if not entries[at].get("sentence")), None)
        if whole is None:
            entries.insert(own[-1] + 1 if own else len(entries), {"clause": clause, "ask": [question]})
        elif question not in whole["ask"]:
            whole["ask"].append(question)

    return edit


def with_question(corpus_dir: Path, document: str, clause: str, question: str) -> bytes:
    """Return a document's file with one more question for a clause as a whole; nothing is written.

    :param clause: its path
    :raises CorpusError: the file cannot be read
    """
    return edited_list(path_of(corpus_dir, document), HEADER, _adding(clause, question))


def without_question(corpus_dir: Path, document: str, clause: str, question: str) -> bytes:
    """Return a document's file without a question of a clause; nothing is written.

    :raises CorpusError: the file cannot be read, or has no such question there
    """

    def edit(entries: Any) -> None:
        for at, entry in enumerate(entries):
            if entry["clause"] == clause and question in entry["ask"]:
                entry["ask"].remove(question)
                if not entry["ask"]:
                    del entries[at]
                return
        raise CorpusError(f"{document} 的 {clause} 没有相似问“{question}”;请刷新后重试")

    return edited_list(path_of(corpus_dir, document), HEADER, edit)


def same_words(one: str, other: str) -> bool:
    """Whether two questions differ in nothing but width, case, punctuation and blanks."""
    return bare(one) == bare(other)
