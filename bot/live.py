"""An answerer that goes on with a new generation as soon as one is published, without a restart.

A thread looks at the pointer once a second (a read of one row); an answer that is being made finishes on the generation
it began with. Where the new one cannot be opened the old one goes on answering, and the log says why, once. Where the
live one is damaged and an earlier one stands in for it, somebody is told, and the next publication is waited for.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event, Lock, Thread

from bot.memory import give_back, keep_large_apart
from index.database import DATABASE, transaction
from index.errors import PolicybotError
from index.generation import Generation
from index.publish import live_generation
from retrieval.pipeline import Answerer
from retrieval.types import Answer, Turn

LOG = logging.getLogger(__name__)
INTERVAL_S = 1.0  # how long a published generation waits to be seen; 5 s would still be in time


def live_number(data_dir: Path) -> int | None:
    """Return the number of the live generation, None where it cannot be read just now."""
    if not (data_dir / DATABASE).is_file():  # looking must not make one
        return None
    try:
        with transaction(data_dir) as connection:
            return live_generation(connection)
    except PolicybotError:
        return None


def _unheard(_words: str) -> None:
    return


class LiveAnswerer:
    """The answerer over whichever generation is live; threads may share it.

    :param opener: opens an answerer over the live generation
    :param number: tells the number of the live generation
    :param alarm: told why a damaged generation is stood in for, each time one is
    """

    def __init__(
        self,
        opener: Callable[[], Answerer],
        number: Callable[[], int | None],
        interval_s: float = INTERVAL_S,
        alarm: Callable[[str], None] = _unheard,
    ) -> None:
        self._opener, self._number, self._interval_s, self._alarm = opener, number, interval_s, alarm
        self._refused: int | None = None
        self._damaged: int | None = None  # the live one, while another stands in for it
        self._adopt(number(), opener())
        give_back()
        self._turn = Lock()
        self._stop = Event()
        Thread(target=self._watch, name="live-generation", daemon=True).start()

    def _adopt(self, number: int | None, opened: Answerer) -> None:
        keep_large_apart(max(len(opened.store.passages), len(opened.store.questions)))
        self._current = opened
        self._damaged = number if opened.store.damaged else None
        for words in opened.store.damaged:
            self._alarm(words)

    def _watch(self) -> None:
        while not self._stop.wait(self._interval_s):
            try:
                self.refresh()
            except Exception:  # whatever it is, answers go on, and so does looking
                LOG.exception("查看新索引时出错,继续用 %s", self._current.store.id)

    def refresh(self) -> None:
        """Go on with the live generation where it is another one by now; tried again the next time where it fails."""
        number = self._number()
        if number in (None, self._current.store.id, self._damaged):
            return
        with self._turn:
            try:
                opened = self._opener()
            except PolicybotError as error:
                if number != self._refused:
                    LOG.error("新的索引 %s 打不开,继续用 %s:%s", number, self._current.store.id, error)
                self._refused = number
            else:
                self._refused = None
                self._adopt(number, opened)
                del opened
                give_back()
                LOG.info("改用索引 %s", self._current.store.id)

    @property
    def refused(self) -> int | None:
        """The number of a newer index that cannot be opened, None where there is none."""
        return self._refused or self._damaged

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()

    @property
    def current(self) -> Answerer:
        """The answerer over the live generation; hold on to it for as long as its answers must agree."""
        return self._current

    @property
    def store(self) -> Generation:
        """The generation that is live now."""
        return self._current.store

    @property
    def texts(self) -> Mapping[str, str]:
        """The stored text of each document."""
        return self._current.texts

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions the documents cover."""
        return self._current.regions

    @property
    def generation(self) -> int:
        """The number of the live generation."""
        return self._current.generation

    def examples(self, curated: Sequence[str] = ()) -> tuple[str, ...]:
        """Questions to begin with."""
        return self._current.examples(curated)

    def ask(self, question: str, history: Sequence[Turn] = (), region: str | None = None) -> Answer:
        """Answer one question on the generation that is live now."""
        return self._current.ask(question, history, region)
