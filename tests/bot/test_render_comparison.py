"""Values of several regions side by side."""

import pytest

from bot.render.comparison import comparison, text_table
from bot.render.plain import plain
from bot.render.telegram import messages
from bot.render.web import answer_object
from retrieval.pipeline import Answerer


def test_two_columns_with_role_and_period(answerer: Answerer):
    """A column a region, every value above its period, 未提及 where a plan is silent."""
    found = comparison(answerer.ask("青浦、襄阳仲裁结案率基准目标实际都比一比"))
    assert found is not None
    assert text_table(found) == (
        "      青浦区  襄阳市\n"
        "目标  92%[1]  不低于95%[3]\n"
        "      2025年  “十四五”期末\n"
        "基准  92%[1]  未提及\n"
        "      2020年\n"
        "完成  未提及  不低于98%[2]\n"
        "              “十三五”期末"
    )
    assert found.title == "青浦区:劳动人事争议仲裁年度结案率;襄阳市:劳动人事争议仲裁结案率"


def test_plain_text_shows_the_table_instead_of_the_lines(answerer: Answerer):
    """The values are said once; what is worked out stays below."""
    text = plain(answerer.ask("两地失业率对比"))
    assert text.split("\n\n")[0] == (
        "城镇登记失业率\n"
        "      青浦区  襄阳市\n"
        "目标  未提及  不超过5%[1]\n"
        "              “十四五”期末\n"
        "完成  未提及  不超过3.59%[2]\n"
        "              “十三五”期末"
    )


def test_telegram_keeps_the_columns(answerer: Answerer):
    """One block of fixed width, whole in one message."""
    (message, *_) = messages(answerer.ask("青浦和襄阳的仲裁结案率目标哪个高"))
    before, table, after = message.replace("</pre>", "<pre>").split("<pre>")
    assert table.startswith("      青浦区")
    assert "<b>" in before
    assert "两地目标:青浦区92%,襄阳市不低于95%,襄阳市高3个百分点" in after


def test_the_web_gets_it_as_data(answerer: Answerer):
    """Cells with value and period; an empty one says that the region is silent."""
    found = answer_object(answerer.ask("两地失业率对比"))["comparison"]
    assert found["regions"] == ["青浦区", "襄阳市"]
    assert found["rows"][0] == {
        "label": "目标",
        "cells": [[], [{"value": "不超过5%[1]", "period": "“十四五”期末"}]],
    }


@pytest.mark.parametrize("question", ["襄阳失业率目标", "两地约束性指标有哪些", "两地灵活就业有补贴吗"])
def test_no_table_where_nothing_is_side_by_side(answerer: Answerer, question: str):
    """One region, many measures, or no values."""
    assert comparison(answerer.ask(question)) is None


def test_rows_of_one_table_are_one_source(answerer: Answerer):
    """Ten rows of a table are one line of sources."""
    text = plain(answerer.ask("把青浦十四五的主要指标表列出来"))
    sources = [line for line in text.splitlines() if line.startswith("[")]
    assert sources == [
        "[1]—[10]《青浦区就业和社会保障“十四五”规划》二(三)表1(青府办发〔2021〕57号;规划期2021—2025年,已结束)"
    ]
