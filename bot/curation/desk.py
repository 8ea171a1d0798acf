"""The admin's verbs about questions: list what waits, attach, add a synonym, out of scope, material missing.

The command line, Telegram and the web console call the same ones. A decision changes docs_corpus/, the decisions and
the audit log together, or nothing; it shows in answers after the next publication, or at once with ``publish``.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import app
from bot.admin.library import Library
from bot.admin.regression import MISSING, NOT_FOUND, REGRESSION
from bot.catalogue import find_clause, find_document
from bot.config import Config
from bot.curation import edits
from bot.curation.checks import refuse_known_synonym, refuse_listed, refuse_unanswerable
from bot.curation.deciding import alone, decide
from bot.curation.listing import Lister
from bot.curation.types import Decided, Open, Overview
from bot.errors import InputError
from bot.live import live_number
from bot.privacy.masking import mask
from bot.records import decisions, questions
from bot.records.records import Records
from bot.records.types import Decision, DecisionKind
from index import outside
from index.encoders import Encoder
from index.generation import Generation
from index.lexicon_edit import with_entry
from index.questions_edit import with_question
from index.types import Clause, Document

MAX_NOTE_CHARS = 500
HOT_TOPICS = 20


def _silent(_stage: str, _done: int, _total: int) -> None:
    return


@dataclass(frozen=True, slots=True)
class Bench:
    """What the verbs work with; several people may share one.

    ``encoder`` and ``store`` (the live generation) are opened when they are needed.
    """

    config: Config
    records: Records
    store: Callable[[], Generation]
    lister: Lister


def bench_of(
    config: Config, records: Records, encoder: Callable[[], Encoder], store: Callable[[], Generation]
) -> Bench:
    """Wire what the verbs work with."""
    return Bench(config, records, store, Lister(records, encoder))


class Curation:
    """The verbs, in the name of ``actor``."""

    def __init__(self, bench: Bench, actor: str, on_progress: app.Progress = _silent) -> None:
        self._bench, self._actor, self._on_progress = bench, actor, on_progress
        self._config, self._records = bench.config, bench.records

    def open(self, days: int | None = None) -> Open:
        """Return what waits for a decision.

        :param days: how far to look back; as far as questions are kept where None
        """
        return self._bench.lister.open(days)

    def overview(self, days: int) -> Overview:
        """Count the questions, answers and decisions of the last ``days`` days."""
        since = self._records.clock() - timedelta(days=days)
        settings = self._records.settings
        return Overview(
            days=days,
            statistics=self._records.read(lambda c: questions.statistics(c, since)),
            topics=self._records.read(
                lambda c: questions.hot_topics(c, since, settings.hot_min_askers, HOT_TOPICS)
            ),
            decisions=Counter(
                d.kind.value for d in self._records.read(lambda c: decisions.decided(c, since))
            ),
        )

    def attach(self, question: str, document: str, address: str, *, publish: bool = False) -> Decided:
        """Write a question as a 相似问 of a clause.

        :param question: its words, or its id in :meth:`open`
        :param document: id, title or region
        :param address: as people write one, 三(一)3, or the clause's path
        :raises InputError: there is no such document, clause or question, or it stands there already
        :raises GateError: it was to be published, and the gate found something; nothing was changed
        """
        words = self._words(question)
        found, clause = self._clause(document, address)
        store, corpus = self._bench.store(), self._config.corpus_dir
        with alone(self._config, self._records, self._library):
            refuse_unanswerable(corpus, store, clause, words)
            files = {
                edits.question_file(found.id): with_question(corpus, found.id, clause.path, words),
                **self._case(words, found.id, clause.path),
                **edits.without_outside(corpus, words),
            }
            decision = self._decision(DecisionKind.ATTACHED, words, (found.id, clause.path))
            return self._decide(decision, files, publish)

    def synonym(
        self,
        say: str,
        official: Sequence[str],
        *,
        question: str = "",
        document: str = "",
        address: str = "",
        note: str = "",
    ) -> Decided:
        """Teach the thesaurus that people say ``say`` for the ``official`` terms; always published at once.

        The index and the thesaurus must agree: a process that started in between could not open the index.

        :param question: an example that must be answered by the clause at ``address`` of ``document``, where given
        :raises InputError: a word is too short, is known already, or the example cannot be found
        :raises GateError: the gate found something; nothing was changed
        """
        phrase, terms = mask(say.strip()).text, tuple(dict.fromkeys(filter(None, map(str.strip, official))))
        words = self._words(question) if question else ""
        place = self._clause(document, address) if question else None
        path = self._config.corpus_dir / edits.LEXICON
        with alone(self._config, self._records, self._library):
            refuse_known_synonym(path, phrase, terms)
            files = {edits.LEXICON: with_entry(path, [phrase], terms)}
            where = (place[0].id, place[1].path) if place else None
            if where:
                files |= self._case(words, *where)
            decision = self._decision(DecisionKind.SYNONYM, phrase, where, note or "、".join(terms))
            return self._decide(decision, files, True)

    def out_of_scope(self, question: str, note: str = "", *, publish: bool = False) -> Decided:
        """Have a question, and whoever asks nearly the same, told that it is out of scope.

        :raises InputError: there is no such question, or it stands there already, or is a 相似问 of a clause
        :raises GateError: it was to be published, and the gate found something; nothing was changed
        """
        words, corpus = self._words(question), self._config.corpus_dir
        with alone(self._config, self._records, self._library):
            refuse_listed(corpus, [document.id for document in self._library.listed()], words)
            files = {outside.FILE: edits.with_outside(corpus, words), **self._case(words, NOT_FOUND)}
            return self._decide(self._decision(DecisionKind.OUT_OF_SCOPE, words, note=note), files, publish)

    def missing(self, question: str, note: str = "") -> Decided:
        """Note that the documents should answer a question and do not; nothing changes in answers.

        :raises InputError: there is no such question
        """
        words = self._words(question)
        with alone(self._config, self._records, self._library):
            files = {**self._case(words, MISSING), **edits.without_outside(self._config.corpus_dir, words)}
            return self._decide(self._decision(DecisionKind.MISSING, words, note=note), files, False)

    @property
    def _library(self) -> Library:
        return Library(self._config, self._actor, self._on_progress)

    def _decide(self, decision: Decision, files: edits.Files, publish: bool) -> Decided:
        return decide(self._config, self._records, self._library, decision, files, publish=publish)

    def _words(self, question: str) -> str:
        """The masked words of a question given by them or by its id."""
        lister = self._bench.lister
        known = lister.words_of(question)
        if known is None and lister.is_id(question):
            raise InputError(f"没有编号为 {question} 的问题;policybot questions unanswered 列出全部")
        words = " ".join(mask(known or question).text.split())
        limit = self._config.settings.retrieval.max_question_chars
        if not any(map(str.isalnum, words)) or len(words) > limit:
            raise InputError(f"问题应是一句话,最多 {limit} 字;现在有 {len(words)} 字")
        return words

    def _clause(self, document: str, address: str) -> tuple[Document, Clause]:
        store = self._bench.store()
        found = find_document(store, document)
        exact = next((clause for clause in store.clauses[found.id] if clause.path == address), None)
        return found, exact or find_clause(store, found, address)

    def _case(self, question: str, expect: str, clause: str = "") -> dict[str, bytes]:
        case = {"question": question, "expect": expect, **({"clause": clause} if clause else {})}
        return {REGRESSION: edits.with_case(self._config.corpus_dir, case)}

    def _decision(
        self, kind: DecisionKind, question: str, where: tuple[str, str] | None = None, note: str = ""
    ) -> Decision:
        """Write a decision down; ``where`` is a document's id and a clause's path."""
        document, clause = where or (None, None)
        words = mask(note.strip()[:MAX_NOTE_CHARS]).text
        at, live = self._records.clock(), live_number(self._config.data_dir)
        return Decision(at, self._actor, kind, question, document, clause, words, live)
