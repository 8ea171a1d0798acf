"""The whole app over a small real installation: real index, real database, three users."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot import app, config
from bot.access import ConsoleRole
from bot.accounts.accounts import Accounts
from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.channels.web.admin.routes import body_limits
from bot.channels.web.opening import open_past
from tests.bot.admin.site import PLAN, Site
from tests.bot.channels.web.admin.person import Person

ROOT = Path(__file__).resolve().parents[5]
PASSWORD = "一个够长的口令-2026"
USERS = {"kan": ConsoleRole.VIEWER, "bian": ConsoleRole.EDITOR, "guan": ConsoleRole.ADMIN}


def _site(folder: Path) -> Site:
    return Site(config.load(folder / "config.yaml", folder / "var", environment={}), folder)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One plan of 甲市, published, and a user of each role."""
    folder = tmp_path_factory.mktemp("console")
    (folder / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", folder / "config.yaml")
    site = _site(folder)
    site.library.add(site.file("plan.txt", PLAN), {"region": "甲市", "period": "2021-2025"})
    records = app.open_records(site.config)
    accounts = Accounts(records, site.config.settings.bot.web.console)
    for name, role in USERS.items():
        accounts.add("测试", name, role, PASSWORD)
    records.close()
    return folder


@contextmanager
def running(site: Site) -> Iterator[tuple[Assistant, FastAPI]]:
    """The app of an installation, as ``policybot serve`` makes it."""
    with app.open_service(site.config) as assistant:
        yield (
            assistant,
            create_app(
                assistant,
                settings=site.config.settings.bot,
                routers=app.open_console(assistant, site.config),
                past=open_past(site.config),
                larger=body_limits(site.config),
            ),
        )


@pytest.fixture(scope="session")
def shared(
    installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Assistant, FastAPI]]:
    """One installation for all tests that leave its documents alone."""
    folder = tmp_path_factory.mktemp("shared") / "site"
    shutil.copytree(installed, folder)
    site = _site(folder)
    with running(site) as (assistant, made):
        yield site, assistant, made


@pytest.fixture
def own(installed: Path, tmp_path: Path) -> Iterator[tuple[Site, Assistant, FastAPI]]:
    """An installation for one test alone."""
    folder = tmp_path / "site"
    shutil.copytree(installed, folder)
    site = _site(folder)
    with running(site) as (assistant, made):
        yield site, assistant, made


def person_of(made: FastAPI, name: str = "", base: str = "http://policy.test") -> Person:
    """Somebody with a browser of their own, signed in where a name is given."""
    transport = httpx.ASGITransport(made, raise_app_exceptions=False)
    person = Person(httpx.AsyncClient(transport=transport, base_url=base))
    person.name, person.password = name, PASSWORD
    return person
