"""The nouns of the console."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from bot.accounts.accounts import Accounts
from bot.accounts.types import Session
from bot.admin.library import Library
from bot.channels.web.admin.jobs import Jobs, Progress
from bot.config import Config
from bot.curation.desk import Bench, Curation
from bot.records.records import Records
from index.generation import Generation

UPLOADS = "uploads"


@dataclass(frozen=True, slots=True)
class Console:
    """What the pages work with; ``store`` tells the generation that is live."""

    config: Config
    records: Records
    accounts: Accounts
    jobs: Jobs
    bench: Bench
    store: Callable[[], Generation]

    @property
    def uploads(self) -> Path:
        """Where files wait until somebody publishes them."""
        return self.config.data_dir / UPLOADS


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in and may make it; ``form`` is empty unless one was sent."""

    console: Console
    request: Request
    session: Session
    form: FormData
    channel: str = "web"

    @property
    def actor(self) -> str:
        """Who acts, as the audit log has it."""
        return f"{self.channel}:{self.session.user}"

    def with_form(self, form: FormData) -> "Visit":
        """Return the same request with its form."""
        return replace(self, form=form)

    def said(self, key: str, most: int = 500) -> str:
        """Return a field of the form, trimmed; "" where there is none."""
        value = self.form.get(key)
        return value.strip()[:most] if isinstance(value, str) else ""

    def file(self, key: str) -> UploadFile | None:
        """Return a file of the form; None where none was chosen."""
        value = self.form.get(key)
        return value if isinstance(value, UploadFile) and value.filename else None

    def asked(self, key: str, most: int = 200) -> str:
        """Return a part of the address's path, or a parameter of it."""
        part = self.request.path_params.get(key, self.request.query_params.get(key, ""))
        return str(part).strip()[:most]

    def library(self, on_progress: Progress | None = None) -> Library:
        """Return the documents, changed in this user's name."""
        config = self.console.config
        return Library(config, self.actor, on_progress) if on_progress else Library(config, self.actor)

    def curation(self, on_progress: Progress | None = None) -> Curation:
        """Return the verbs about questions, in this user's name."""
        bench = self.console.bench
        return Curation(bench, self.actor, on_progress) if on_progress else Curation(bench, self.actor)

    def audit(self, action: str, subject: str, **detail: Any) -> None:
        """Note what is about to be done.

        :raises StoreError: it cannot be noted, and must not be done
        """
        known = {"by_token": self.session.token, **detail}
        self.console.records.audit(self.actor, action, subject, {k: v for k, v in known.items() if v})
