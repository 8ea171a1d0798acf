"""What forbids a decision, before anything is written."""

from collections.abc import Sequence
from pathlib import Path

from bot.errors import InputError
from index import lexicon, outside
from index.generation import Generation
from index.lexicon import MIN_PHRASE_CHARS
from index.questions import Entry, attach, load
from index.questions_edit import same_words
from index.types import Clause


def refuse_unanswerable(corpus_dir: Path, store: Generation, clause: Clause, words: str) -> None:
    """Refuse a 相似问 that stands at the clause already, or has no sentence there to answer it.

    :raises InputError: it is so
    """
    own = [entry for entry in load(corpus_dir, clause.document) if entry.clause == clause.path]
    if any(same_words(words, asked) for entry in own for asked in entry.ask):
        raise InputError(f"“{words}”已经是 {clause.document} {clause.path} 的相似问,不用再加")
    passages = [store.passages[row] for row in store.rows_of[clause.document]]
    entry = Entry(clause=clause.path, ask=(words,))
    if not attach(clause.document, (entry,), passages, store.texts[clause.document]):
        raise InputError(f"{clause.document} 的 {clause.path} 下面没有正文,不能用来回答;请换一条")


def refuse_known_synonym(path: Path, phrase: str, terms: Sequence[str]) -> None:
    """Refuse an entry of the thesaurus at ``path`` that says nothing new, or nothing at all.

    :raises InputError: it is so
    :raises CorpusError: the thesaurus cannot be read
    """
    short = [word for word in (phrase, *terms) if len(word) < MIN_PHRASE_CHARS]
    if short or not terms:
        found = "、".join(map(repr, short)) or "空的"
        raise InputError(f"说法和文件用语都至少 {MIN_PHRASE_CHARS} 个字,现在有 {found}")
    if phrase in terms:
        raise InputError(f"“{phrase}”不能同时是说法和文件用语;请去掉一个")
    for entry in lexicon.load(path).entries:
        if phrase in entry.say and set(terms) <= set(entry.official):
            raise InputError(f"词库里已经有“{phrase}”→{'、'.join(entry.official)},不用再加")


def refuse_listed(corpus_dir: Path, documents: Sequence[str], words: str) -> None:
    """Refuse to put out of scope what is so already, or what a clause is known to answer.

    :raises InputError: it is so
    """
    if any(same_words(words, known) for known in outside.load(corpus_dir)):
        raise InputError(f"“{words}”已经列为超出范围,不用再加")
    for document in documents:
        for entry in load(corpus_dir, document):
            if any(same_words(words, asked) for asked in entry.ask):
                raise InputError(
                    f"“{words}”是 {document} {entry.clause} 的相似问;请先从 questions/{document}.yaml 里删掉"
                )
