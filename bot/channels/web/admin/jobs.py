"""Work that takes longer than a request: one at a time, watched from a page that asks how far it is."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from secrets import token_hex
from threading import Lock, Thread

from bot.admin.types import GateError
from bot.errors import InputError
from index.errors import PolicybotError

LOG = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many
Work = Callable[[Progress], tuple[str, ...]]  # returns what to say of it, line by line

_REMEMBERED = 50  # finished ones: what they did is in the history of the documents
_BUG = "出了意外的问题\uff0c没有做完\uff1b已经记下\uff0c请把时间告诉维护人员。"


class State(StrEnum):
    """How work stands."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # by the gate
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """Work of ``actor`` since ``started`` (local time); ``back`` is the page to go on from."""

    id: str
    actor: str
    title: str
    back: str
    started: datetime
    state: State = State.RUNNING
    stage: str = ""
    done: int = 0
    total: int = 0
    lines: tuple[str, ...] = ()


def _ending(work: Work, on_progress: Progress) -> tuple[State, tuple[str, ...]]:
    try:
        return State.DONE, work(on_progress)
    except GateError as error:
        return State.REFUSED, error.problems
    except PolicybotError as error:
        return State.FAILED, (str(error),)
    except Exception:
        # the edge of the program: whatever broke is logged with its place, the page says one sentence
        LOG.exception("a job of the console failed")
        return State.FAILED, (_BUG,)


class Jobs:
    """The work of one process; threads may share it."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._turn = Lock()

    def find(self, identifier: str) -> Job | None:
        """Return a job, None where it is not known (any more)."""
        return self._jobs.get(identifier)

    @property
    def running(self) -> Job | None:
        """The job that is under way, None where there is none."""
        return next((job for job in reversed(list(self._jobs.values())) if job.state is State.RUNNING), None)

    def start(self, actor: str, title: str, work: Work, back: str, after: Callable[[Job], None]) -> Job:
        """Begin work in a thread of its own.

        :param after: told how it ended, in that thread
        :raises InputError: other work is under way, naming whose and since when
        """
        with self._turn:
            busy = self.running
            if busy is not None:
                whose = busy.actor.partition(":")[2] or busy.actor
                since = busy.started.strftime("%H:%M:%S")
                raise InputError(f"{whose} 从 {since} 起正在{busy.title},一次只能做一件;请等它做完再试")
            job = Job(token_hex(8), actor, title, back, datetime.now())
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)
        Thread(target=self._run, args=(job, work, after), name=f"job-{job.id}", daemon=True).start()
        return job

    def _put(self, job: Job) -> None:
        with self._turn:
            self._jobs[job.id] = job

    def _run(self, job: Job, work: Work, after: Callable[[Job], None]) -> None:
        def on_progress(stage: str, done: int, total: int) -> None:
            self._put(replace(job, stage=stage, done=done, total=total))

        state, said = _ending(work, on_progress)
        ended = replace(job, state=state, lines=said)
        try:
            after(ended)
        except Exception:
            LOG.exception("a job of the console could not be put on record")
        self._put(ended)
