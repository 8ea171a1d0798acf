"""What several folders of tests share: one real index of the shipped corpus, brought up to date once a run."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot import app, config
from bot.config import Config
from index.store import Generation
from retrieval.pipeline import Answerer

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)  # the plans end with 2025


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Config:
    """The shipped configuration over a data directory of its own, with the index built.

    The index is kept between runs and brought up to date as a user's is; what a test does to its copy stays there.
    """
    kept = pytestconfig.cache.mkdir("shipped") / "data"
    own = tmp_path_factory.mktemp("shipped") / "data"
    if kept.exists():
        shutil.copytree(kept, own)
    found = config.load(ROOT / "config.yaml", own, environment={})
    report = app.build_index(found, rebuild=False, on_progress=lambda _stage, _done, _total: None)
    if report.published:  # swapped in whole: another run may be reading it
        fresh = kept.with_name(own.parent.name)
        shutil.copytree(own, fresh)
        shutil.rmtree(kept, ignore_errors=True)
        fresh.rename(kept)
    return found


@pytest.fixture(scope="session")
def answerer(shipped: Config) -> Answerer:
    """The real answerer over the two shipped plans, on a fixed day."""
    return app.open_answerer(shipped, today=lambda: TODAY)


@pytest.fixture(scope="session")
def store(answerer: Answerer) -> Generation:
    """The generation it answers from."""
    return answerer.store
