"""A small installation with a question log, asked and curated for real."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from bot import app
from bot.curation.desk import Curation
from bot.records.records import Records, open_records
from bot.records.types import Reason, Verdict
from tests.bot.admin.conftest import made, site  # noqa: F401  fixtures
from tests.bot.admin.site import Site
from tests.bot.records.conftest import Clock


@dataclass
class Desk:
    """An installation, its log, and an admin."""

    site: Site
    records: Records
    clock: Clock
    curation: Curation
    numbers: Iterator[int]

    def ask(self, *questions: str, asker: str = "web:1", useless: str | None = None) -> list[str]:
        """Ask the live generation and log it, a minute apart; return the statuses."""
        answerer = app.open_answerer(self.site.config)
        statuses = []
        for question in questions:
            self.clock.now += timedelta(minutes=1)
            identifier = f"a{next(self.numbers)}"
            answer = answerer.ask(question)
            self.records.log(identifier, asker, answer, region=None, generation=answerer.generation)
            if useless is not None:
                self.records.judge(identifier, asker, Verdict.USELESS, Reason.WRONG, useless)
            statuses.append(answer.status.value)
        return statuses

    def waiting(self) -> list[str]:
        """The questions that wait for a decision."""
        return [cluster.question for cluster in self.curation.open().clusters]

    def files(self) -> dict[str, bytes]:
        """Every file of docs_corpus/."""
        folder = self.site.config.corpus_dir
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    def live(self) -> int:
        """The number of the live generation."""
        return app.open_for_lookup(self.site.config).id


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:  # noqa: F811
    """An installation of its own, with one plan and nothing asked yet."""
    clock = Clock()
    records = open_records(site.config.settings.bot.records, site.config.data_dir, 5, clock)
    curation = Curation(app.open_bench(site.config, records), "管理员")
    yield Desk(site, records, clock, curation, count())
    records.close()
