"""The shipped plans in Milvus: the same answers as from files, and what people see where the server is gone."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import app
from bot.config import Config
from bot.doctor.index_checks import check_answering
from bot.doctor.types import State
from index.settings import BackendSettings
from retrieval.pipeline import Answerer
from retrieval.types import Answer
from tests.conftest import TODAY

QUESTIONS = (
    "灵活就业有补贴吗",
    "青浦每年新增多少岗位",
    "两地和谐企业创建率基准值和目标值",
    "哪条提到\u201c双随机\u201d",
    "老板跑路不发工资找谁",
    "第三章第三节(四)具体路径3讲什么",
    "今天天气怎么样",
    "襄阳2030年失业率",
)


def _with(config: Config, tmp_path: Path, settings: BackendSettings) -> Config:
    index = config.settings.index.model_copy(update={"backend": settings})
    return replace(
        config, settings=config.settings.model_copy(update={"index": index}), data_dir=tmp_path / "data"
    )


def _said(answer: Answer) -> Answer:
    return replace(answer, timing_ms={})


def test_the_same_answers(shipped: Config, answerer: Answerer, milvus: str, tmp_path: Path):
    """Values, clauses, both regions, refusals: each answer is the same, word for word; no sentence is encoded anew."""
    config = _with(shipped, tmp_path, BackendSettings(name="milvus", uri=milvus))
    shutil.copytree(shipped.data_dir, config.data_dir)
    report = app.build_index(config, rebuild=False, on_progress=lambda _stage, _done, _total: None)
    assert (report.embedded, report.published) == (0, True)
    other = app.open_answerer(config, today=lambda: date(TODAY.year, TODAY.month, TODAY.day))
    assert [_said(other.ask(each)) for each in QUESTIONS] == [_said(answerer.ask(each)) for each in QUESTIONS]


@pytest.mark.parametrize("uri", ["http://127.0.0.1:9"])
def test_doctor_names_a_server_that_is_gone(shipped: Config, tmp_path: Path, uri: str):
    """The doctor says where it looked and what to do, and nobody sees a traceback."""
    config = _with(shipped, tmp_path, BackendSettings(name="milvus", uri=uri, timeout_s=1))
    (finding,) = check_answering(config)
    assert finding.state is State.FAULT
    assert finding.words.startswith("Milvus 连接 127.0.0.1:9 不成")
