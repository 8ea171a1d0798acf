"""A question → an answer, step by step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder
from index.generation import Generation
from index.lexicon import Lexicon
from index.tokens import Tokenizer
from retrieval import about, intake, lookup, outline, smalltalk, suggest, wording
from retrieval.answer import compose, refusal
from retrieval.dialogue import Resolved, resolve
from retrieval.enclosing import Enclosing
from retrieval.fitting import fitted
from retrieval.listed import left_out
from retrieval.mentions import stands, together
from retrieval.outside import OutOfScope
from retrieval.phrases import quoted_rows, rows_with
from retrieval.plans import is_plan
from retrieval.premise import without_claims
from retrieval.regions import Regions
from retrieval.relevance import speaks, surely_speaks
from retrieval.rerank import Reranker
from retrieval.scope import LEAFED, by_nearness, documents_in, nearest, parts_of, regions_named, rows_of
from retrieval.search import Engine, Ranking, embed, search
from retrieval.settings import RetrievalSettings
from retrieval.shifted import speaks_there
from retrieval.spelling import Reader
from retrieval.timing import Timer
from retrieval.types import Answer, AnswerStatus, FactKind, Question, Turn
from retrieval.understand import Context
from retrieval.values import Measures, match
from retrieval.verify import verify
from retrieval.worded import Wording
from retrieval.worded.check import worded

Clock = Callable[[], date]

REMEMBERED = 4_096  # words of questions for which it is known whether a document holds them
SEVERAL = 3  # documents that are answered for side by side when a clause or a fact is asked of all of them


class Answerer:
    """Answers questions over one generation; read-only, safe to call from several threads."""

    def __init__(
        self,
        store: Generation,
        encoder: Encoder,
        tokenizer: Tokenizer,
        lexicon: Lexicon,
        settings: RetrievalSettings,
        today: Clock = date.today,
        reranker: Reranker | None = None,
        wording_model: Wording | None = None,
    ) -> None:
        self.store, self._settings, self._today, self._wording_model = store, settings, today, wording_model
        self._engine = Engine.of(store, encoder, tokenizer, settings, reranker)
        self._measures = Measures.of(store)
        self._has_rules = not all(map(is_plan, store.documents.values()))
        self._in_corpus = lru_cache(REMEMBERED)(partial(stands, store=store, lower=True))
        self.context = Context(
            store.documents, tokenizer, lexicon, self._in_corpus, partial(together, store, tokenizer)
        )
        self._enclosing = Enclosing.of(store.documents.values())
        self._regions = Regions.of(store.documents.values())
        self._reader = Reader(store, tokenizer, lexicon)
        self._outside = OutOfScope.of(store.outside, lambda text: resolve(text, (), self.context).question)

    @property
    def texts(self) -> Mapping[str, str]:
        """The stored text of each document."""
        return self.store.texts

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions the documents cover, in manifest order."""
        return self.context.regions

    @property
    def generation(self) -> int:
        """The number of the generation it answers from."""
        return self.store.id

    def examples(self, curated: Sequence[str] = ()) -> tuple[str, ...]:
        """Questions to begin with: an admin's own, or made from the documents."""
        return suggest.examples(self.store, curated)

    def ask(self, question: str, history: Sequence[Turn] = (), region: str | None = None) -> Answer:
        """Answer one question.

        :param history: the earlier questions of the conversation, oldest first
        :param region: the region to ask when the question names none
        """
        timer, question = Timer(), intake.whole(question)
        refused = intake.unsearchable(question, self._settings.max_question_chars)
        answer = refused or self._read(question, history, region, timer)
        return replace(verify(answer, self.store.texts), question=question, timing_ms=timer.total())

    def _read(self, question: str, history: Sequence[Turn], region: str | None, timer: Timer) -> Answer:
        """Answer what was meant by a question, and say so where it was typed otherwise."""
        asked = intake.asked(question)
        if not asked:
            return refusal(question, AnswerStatus.NOT_FOUND, wording.NOT_FOUND)
        reading = self._reader.read(asked)
        talk = smalltalk.reply(reading.text)
        if talk:
            return refusal(question, AnswerStatus.NOT_FOUND, talk)
        turns = [Turn(self._as_meant(turn.question)) for turn in history]
        answer = self._answer(reading.text, turns, region, timer)
        if answer.status is AnswerStatus.NOT_FOUND:
            answer = self._of_a_part(reading.text, region, timer) or answer
        told = wording.understood(reading.meant, answer.status.value if reading.foreign else "")
        return replace(answer, notes=(*answer.notes, *told))

    def _as_meant(self, earlier: str) -> str:
        earlier = intake.whole(earlier)
        too_long = len(earlier) > self._settings.max_question_chars  # was refused when it was asked
        return earlier if too_long else self._reader.read(intake.asked(earlier) or earlier).text

    def _of_a_part(self, text: str, region: str | None, timer: Timer) -> Answer | None:
        """Answer the part of a message that the documents speak of, where the rest of it drowned it out."""
        places = resolve(text, (), self.context).question.regions  # where one part says, the others mean too
        region = places[0] if len(places) == 1 else region
        for part in intake.parts(text):
            answer = self._answer(part, (), region, timer, surely=True)
            if answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
                return answer
        return None

    def _answer(
        self, text: str, history: Sequence[Turn], region: str | None, timer: Timer, *, surely: bool = False
    ) -> Answer:
        """Answer what one message asks; ``surely``: only by a search, and where the documents speak of it beyond doubt."""
        resolved = resolve(text, history, self.context)
        asked = replace(resolved, question=self._in_region(resolved.question, region))
        timer.mark("understand")
        return self._resolved(asked, timer, surely)

    def _resolved(self, resolved: Resolved, timer: Timer, surely: bool) -> Answer:
        question = resolved.question
        if resolved.moves and not question.addresses:
            return self._beside(question, resolved, timer)
        if self._outside.holds(question, self._engine.encoder):
            return refusal(question.text, AnswerStatus.NOT_FOUND, wording.OUT_OF_SCOPE)
        documents = documents_in(question, self.store.documents)
        if question.elsewhere and not (question.regions or question.documents):
            return self._elsewhere(question, timer, surely)
        found = None if surely else self._looked_up(resolved, documents, timer)
        return found or self._search(question, documents, timer, surely, resolved.shifted)

    def _same(self, resolved: Resolved, timer: Timer) -> Answer | None:
        """Answer another fact of the same subject from the rule or guide that answered before, where it states it."""
        before = None if resolved.question.documents or not self._has_rules else resolved.before
        cited = self._resolved(before, timer, surely=False).citations[:1] if before else ()
        rules = tuple(c.document for c in cited if not is_plan(self.store.documents[c.document]))
        asked = replace(resolved.question, documents=rules)
        found = self._search(asked, rules, timer, surely=False) if rules else None
        return found if found and found.status is AnswerStatus.ANSWERED else None

    def _looked_up(self, resolved: Resolved, documents: Sequence[str], timer: Timer) -> Answer | None:
        """Answer what needs no search of all: an address, a fact about documents, a list, what was just answered from."""
        question = resolved.question
        if question.addresses:
            return self._clause(question, resolved, documents)
        facts, meant = about.asked(question, documents, self.store)
        if facts:
            return self._facts(question, facts, meant)
        near = by_nearness(question, documents, self.store)[:LEAFED] if outline.asks(question) else []
        lists = outline.find(question, self.store, near, SEVERAL) if near else []
        told = outline.answer(question, lists, self.store, self._today()) if lists else None
        return told or self._same(resolved, timer)

    def _in_region(self, question: Question, region: str | None) -> Question:
        """Apply the remembered region to a question that names none."""
        if region is None or question.documents or question.regions or question.elsewhere:
            return question
        named = regions_named(region, self.store.documents)
        return replace(question, regions=named) if named else replace(question, elsewhere=(region,))

    def _elsewhere(self, question: Question, timer: Timer, surely: bool) -> Answer:
        """Answer for a place that has no document of its own: with its province's, or not at all."""
        places, regions = "、".join(question.elsewhere), "、".join(self.context.regions)
        held = self._enclosing.provinces_of(question.elsewhere)
        if not held:
            sentence = wording.ELSEWHERE.format(places=places, regions=regions)
            return refusal(question.text, AnswerStatus.NOT_FOUND, sentence)
        asked = replace(question, regions=held, elsewhere=())
        answer = self._search(asked, documents_in(asked, self.store.documents), timer, surely)
        told = wording.instead(places, "、".join(held))
        return replace(answer, notes=(told, *answer.notes)) if answer.citations else answer

    def _facts(self, question: Question, facts: Sequence[str], documents: Sequence[str]) -> Answer:
        """Answer from the manifest what is asked about documents themselves."""
        if len(documents) > SEVERAL:
            return lookup.which(question, documents, self.store)
        return about.answer(question, facts, documents, self.store, self._today())

    def _clause(self, question: Question, resolved: Resolved, documents: Sequence[str]) -> Answer:
        """Answer with the clause an address names; what else is asked picks the sentences inside it."""
        having = lookup.having(self.store, question.addresses, nearest(question, documents, self.store))
        if len(having) > SEVERAL and not (question.terms or resolved.moves):
            return lookup.which(question, having, self.store)
        if len(having) > SEVERAL:  # the one whose words fit what else is asked
            having = nearest(question, having, self.store, 1)
        found = lookup.find(self.store, question.addresses, having)
        if not found:
            sentence = wording.NO_CLAUSE.format(address="、".join(question.addresses))
            return refusal(question.text, AnswerStatus.NOT_FOUND, sentence)
        found = tuple(at for one in found if (at := lookup.moved(self.store, one, resolved.moves)))
        if not found:
            return refusal(question.text, AnswerStatus.NOT_FOUND, wording.NO_FURTHER)
        rows = np.array(
            sorted({row for one in found for row in lookup.rows_within(self.store, one)}), dtype=np.int64
        )
        asked = question.terms and not resolved.moves and len(rows) > self._settings.citations
        ranking = self.rank(question, rows) if asked else None
        limit = self._settings.citations if ranking else lookup.MAX_SENTENCES
        return lookup.answer(question, found, ranking, self.store, self._today(), limit)

    def _beside(self, question: Question, resolved: Resolved, timer: Timer) -> Answer:
        """Answer with the clause that lies some steps from the first one cited before."""
        cited = self._resolved(Resolved(question), timer, surely=False).citations
        return lookup.beside(question, cited, resolved.moves, self.store, self._today())

    def rank(self, question: Question, rows: NDArray[np.int64] | None = None) -> Ranking:
        """Rank passages for a question: ``rows``, or all of the documents it asks."""
        if rows is None:
            rows = rows_of(documents_in(question, self.store.documents), self.store)
        return search(question, embed(question, self._engine.encoder), self._engine, rows)

    def _search(
        self, question: Question, documents: Sequence[str], timer: Timer, surely: bool, shifted: bool = False
    ) -> Answer:
        if question.regions and not question.documents:
            documents = documents_in(self._enclosing.related(question), self.store.documents)
        rows = rows_of(documents, self.store)
        if question.phrases and FactKind.CLAUSE in question.kinds:
            rows = quoted_rows(question.phrases, self.store, frozenset(documents))
            if not len(rows):
                sentence = wording.NO_PHRASE.format(phrase="”“".join(question.phrases))
                return refusal(question.text, AnswerStatus.NOT_FOUND, sentence)
        question = without_claims(question)
        queries = embed(question, self._engine.encoder)
        timer.mark("encode")
        ranking = search(question, queries, self._engine, rows)
        timer.mark("search")
        there = not shifted or speaks_there(question, ranking, documents, self.store)
        if not (there and self._speaks(question, ranking, surely)):
            return refusal(question.text, AnswerStatus.NOT_FOUND, wording.NOT_FOUND)
        ranking = fitted(question, ranking, self.store)
        question, told = self._as_held(question, ranking)
        matches = match(question, queries, self._measures, self.store, ranking)
        parts = parts_of(
            question,
            ranking,
            matches,
            self.store,
            self._regions,
            self._settings.citations,
            lambda own: self._attached(question, own) or self._relevant(question, own),
        )
        most = self._settings
        limit = most.citations if len(parts) == 1 else most.citations_per_region * len(parts)
        answer = compose(
            question, parts, self.store, self._today(), citations=limit, indicators=most.indicators
        )
        following = suggest.next_questions(answer, matches, ranking, self.store)
        left = left_out(answer.citations, [one for part in parts for one in part.passages], self.store)
        answer = replace(answer, notes=(*told, *left, *answer.notes), suggestions=following)
        timer.mark("compose")
        return worded(answer, self._wording_model, self.context.tokenizer.words)

    def _as_held(self, question: Question, ranking: Ranking) -> tuple[Question, tuple[str, ...]]:
        """Ask the places whose documents answer for those that are named, and say so where they are others."""
        named = question.regions
        regions, places = self._regions, self.store.places
        held = {r: self._enclosing.answering(r, named, ranking, regions, places) for r in named}
        told = (wording.held(asked, other) for asked, other in held.items() if asked != other)
        return replace(question, regions=tuple(dict.fromkeys(held.values()))), tuple(told)

    def _speaks(self, question: Question, ranking: Ranking, surely: bool) -> bool:
        """A kind of indicator needs no sign, nor a phrase in quotation marks that stands there, nor a 相似问 itself."""
        if surely:
            return surely_speaks(question, ranking, self._in_corpus, len(self.store.passages))
        if question.attribute or any(rows_with(phrase, self.store, most=1) for phrase in question.phrases):
            return True
        return self._attached(question, ranking) or self._relevant(question, ranking)

    def _relevant(self, question: Question, ranking: Ranking) -> bool:
        return speaks(question, ranking, self._in_corpus, len(self.store.passages))

    def _attached(self, question: Question, ranking: Ranking) -> bool:
        """Whether these very words were written for one of the passages."""
        return bool(np.isin(self._engine.asked.written_for(question), ranking.rows).any())
