"""One small installation a test, copied from one that was made once."""

import shutil
from pathlib import Path

import pytest

from bot import config
from tests.bot.admin.site import PLAN, Site

ROOT = Path(__file__).resolve().parents[3]


def _site(folder: Path) -> Site:
    return Site(config.load(folder / "config.yaml", folder / "var", environment={}), folder)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One plan of 甲市, published."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", folder / "config.yaml")
    site = _site(folder)
    site.library.add(site.file("plan.txt", PLAN), {"region": "甲市", "period": "2021-2025"})
    return folder


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Site:
    """An installation of its own that holds the plan."""
    folder = tmp_path / "site"
    shutil.copytree(made, folder)
    return _site(folder)
