"""The question log → what waits for a decision."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.curation.clusters import Wording, cluster_of, group, id_of, wordings_of
from bot.curation.settled import decision_on, settles
from bot.curation.types import Open
from bot.records import decisions, questions
from bot.records.records import Records
from bot.records.types import Complaint, Decision
from index.encoders import Encoder
from retrieval import smalltalk

# Wordings compared at once: encoding them takes some ten seconds where none is known yet. The others, of fewer people,
# come up as soon as these are decided.
MAX_WORDINGS = 1000
_REMEMBERED = 4 * MAX_WORDINGS  # vectors kept in memory, 1.5 kB each
_EVER = datetime(1970, 1, 1)
_ID = re.compile(r"[0-9a-f]{8}")


class Lister:
    """Reads the log and groups it; threads may share one.

    :param encoder: opens the encoder when it is first needed
    """

    def __init__(self, records: Records, encoder: Callable[[], Encoder]) -> None:
        self._records, self._open_encoder = records, encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._turn = Lock()

    @cached_property
    def _encoder(self) -> Encoder:
        return self._open_encoder()

    def _encoded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of texts, (texts, dim), those of the last lists from memory."""
        if not texts:
            return np.empty((0, 1), np.float32)  # nothing to compare: the encoder need not be opened
        with self._turn:
            new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
            if len(self._vectors) + len(new) > _REMEMBERED:
                new, self._vectors = list(dict.fromkeys(texts)), {}
            if new:
                self._vectors.update(zip(new, self._encoder.encode_queries(new), strict=True))
            return np.stack([self._vectors[text] for text in texts])

    def _wordings(self, days: int) -> list[Wording]:
        since = self._records.clock() - timedelta(days=days)
        rows = self._records.read(lambda c: questions.unanswered(c, since))
        return [one for one in wordings_of(rows) if one.text and smalltalk.reply(one.text) is None]

    def open(self, days: int | None = None) -> Open:
        """Return what waits for a decision, most askers first.

        :param days: how far to look back; as far as questions are kept where None
        """
        settings = self._records.settings
        span = min(days or settings.keep_questions_days, settings.keep_questions_days)
        every = self._wordings(span)
        wordings = every[:MAX_WORDINGS]
        # a decision outlives the questions it was about: whoever asks the same later is answered by it
        made: tuple[Decision, ...] = self._records.read(lambda c: decisions.decided(c, _EVER))
        waiting = self._undecided(wordings, made[-MAX_WORDINGS:])
        since = self._records.clock() - timedelta(days=span)
        complaints: defaultdict[str, list[Complaint]] = defaultdict(list)
        for one in self._records.read(lambda c: questions.complaints(c, since)):
            complaints[one.answer].append(one)
        vectors = self._encoded([wording.text for wording, _ in waiting])
        clusters = [
            cluster_of([waiting[row][0] for row in rows], complaints, waiting[rows[0]][1])
            for rows in group(vectors, settings.same_question)
        ]
        clusters.sort(key=lambda one: (one.askers, one.count, one.last, one.id), reverse=True)
        return Open(tuple(clusters), len(every) - len(wordings))

    def _undecided(
        self, wordings: Sequence[Wording], made: Sequence[Decision]
    ) -> list[tuple[Wording, Decision | None]]:
        """Leave out what was decided, unless it was asked again of a later index; then only that counts."""
        if not (made and wordings):
            return [(wording, None) for wording in wordings]
        asked = self._encoded([wording.text for wording in wordings])
        cosines = asked @ self._encoded([decision.question for decision in made]).T
        waiting = []
        for wording, own in zip(wordings, cosines, strict=True):
            decision = decision_on(wording.text, own, made, self._records.settings.same_question)
            rows = tuple(row for row in wording.rows if decision is None or not settles(decision, row))
            if rows:
                waiting.append((Wording(wording.text, rows), decision))
        waiting.sort(key=lambda one: (one[0].askers, len(one[0].rows), one[0].rows[-1].at), reverse=True)
        return waiting

    def is_id(self, name: str) -> bool:
        """Whether a name is written as an id of a question is."""
        return bool(_ID.fullmatch(name))

    def words_of(self, name: str) -> str | None:
        """Return the words of a question in the log by its id; None where there is none."""
        if not self.is_id(name):
            return None
        wordings = self._wordings(self._records.settings.keep_questions_days)
        return next((one.text for one in wordings if id_of(one.text) == name), None)
