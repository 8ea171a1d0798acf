"""One small installation a test."""

import shutil
from pathlib import Path

import pytest

from bot import config
from tests.bot.admin.site import PLAN, Site

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """One plan of 甲市, published."""
    (tmp_path / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", tmp_path / "config.yaml")
    made = Site(config.load(tmp_path / "config.yaml", tmp_path / "var", environment={}), tmp_path)
    made.library.add(made.file("plan.txt", PLAN), {"region": "甲市", "period": "2021-2025"})
    return made
