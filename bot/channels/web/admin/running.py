"""Starting work in the name of a user, on record before it begins and when it has ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi.responses import Response

from bot.channels.web.admin.guard import see
from bot.channels.web.admin.jobs import Job, Progress, State, Work
from bot.channels.web.admin.types import Visit

_ENDINGS = {State.DONE: "done", State.REFUSED: "refused"}


def _nothing(_: Job) -> None:
    return


@dataclass(frozen=True, slots=True)
class Task:
    """What is begun: its name and subject in the audit log, in words, the page to go back to, what follows."""

    action: str
    subject: str
    title: str
    back: str
    after: Callable[[Job], None] = _nothing


def start(visit: Visit, task: Task, work: Work, **detail: Any) -> Job:
    """Begin work in the name of a visitor.

    It is noted in the audit log first; where that fails nothing is done.

    :raises InputError: other work is under way
    """

    def noted(on_progress: Progress) -> tuple[str, ...]:
        visit.audit(task.action, task.subject, **detail)
        return work(on_progress)

    def after(job: Job) -> None:
        task.after(job)
        visit.audit(f"{task.action}.{_ENDINGS.get(job.state, 'failed')}", task.subject, said=list(job.lines))

    return visit.console.jobs.start(visit.actor, task.title, noted, task.back, after)


def begin(visit: Visit, task: Task, work: Work, **detail: Any) -> Response:
    """Begin work as :func:`start` does, and send the browser to the page that watches it.

    :raises InputError: other work is under way
    """
    return see(visit.request, f"admin/jobs/{start(visit, task, work, **detail).id}")
