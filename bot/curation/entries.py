"""Entries of the thesaurus and similar questions (相似问), changed or taken out one at a time."""

from collections.abc import Callable, Sequence

from bot.admin.library import Library
from bot.curation import edits
from bot.curation.deciding import alone, decide
from bot.curation.desk import Bench
from bot.curation.types import Decided
from bot.errors import InputError
from bot.live import live_number
from bot.privacy.masking import mask
from bot.records.types import Decision, DecisionKind
from index import lexicon
from index.archive import write_atomically
from index.lexicon import MIN_PHRASE_CHARS, Entry
from index.lexicon_edit import with_entry_changed
from index.questions_edit import without_question


def listed(bench: Bench) -> tuple[Entry, ...]:
    """Return the entries of the thesaurus in the order of the file.

    :raises CorpusError: it cannot be read
    """
    return tuple(lexicon.load(bench.config.corpus_dir / edits.LEXICON).entries)


def _refuse(say: Sequence[str], official: Sequence[str]) -> None:
    short = [word for word in (*say, *official) if len(word) < MIN_PHRASE_CHARS]
    if short or not official:
        found = "、".join(short) or "空的"
        raise InputError(f"说法和文件用语都要有,每个至少 {MIN_PHRASE_CHARS} 个字,现在有 {found}")
    both = set(say) & set(official)
    if both:
        raise InputError(f"“{both.pop()}”不能同时是说法和文件用语;请去掉一个")


def change_entry(
    bench: Bench, library: Library, actor: str, number: int, was: Entry, new: Entry | None
) -> Decided:
    """Write an entry of the thesaurus anew, or take it out where ``new`` is None; published at once.

    :param number: of the entry, from 0
    :param was: what it said when somebody decided to change it
    :raises InputError: it says something else by now, or the new words cannot be used
    :raises GateError: the gate found something; nothing was changed
    """
    say = tuple(mask(word).text for word in new.say) if new else ()
    if new:
        _refuse(say, new.official)
    with alone(bench.config, bench.records, library):
        entries = listed(bench)
        if not 0 <= number < len(entries) or entries[number] != was:
            raise InputError("这一条在打开之后被人改过;请返回刷新,看过再改")
        path = bench.config.corpus_dir / edits.LEXICON
        content = with_entry_changed(path, number, say, new.official if new else ())
        note = f"改为 {'、'.join(say)} → {'、'.join(new.official)}" if new else "删去这一条"
        decision = Decision(
            at=bench.records.clock(),
            actor=actor,
            kind=DecisionKind.SYNONYM,
            question="、".join(was.say),
            note=note,
            generation=live_number(bench.config.data_dir),
        )
        return decide(bench.config, bench.records, library, decision, {edits.LEXICON: content}, publish=True)


def remove_question(
    bench: Bench, library: Library, document: str, clause: str, question: str, note: Callable[[], None]
) -> None:
    """Take a similar question out; in force with the next publication.

    :param note: puts it on record, before it is done
    :raises CorpusError: there is no such question
    :raises StoreError: another process is changing the documents
    """
    with alone(bench.config, bench.records, library):
        corpus = bench.config.corpus_dir
        content = without_question(corpus, document, clause, question)
        name = edits.question_file(document)
        edits.check({name: content})
        note()
        write_atomically(corpus / name, content)
