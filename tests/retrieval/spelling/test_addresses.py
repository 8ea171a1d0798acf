"""Clause addresses as typed, and as documents print them."""

import pytest

from retrieval.spelling.addresses import plain_addresses


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("第叁章讲什么", "第三章讲什么"),
        ("第拾贰条", "第十二条"),
        ("叁章第2节", "第三章第2节"),
        ("3章3节", "第3章第3节"),
        ("三章三节讲什么", "第三章第三节讲什么"),
        ("襄阳三章讲什么", "襄阳第三章讲什么"),
        ("第三章3节", "第三章第3节"),
        ("地三章第二节", "第三章第二节"),
        ("弟5节", "第5节"),
        ("第三张讲什么", "第三章讲什么"),
        ("12条是什么", "第12条是什么"),
    ],
)
def test_addresses_are_made_plain(typed: str, plain: str):
    """Formal numerals, a missing 第, a 第 or 章 by its sound."""
    assert plain_addresses(typed) == plain


@pytest.mark.parametrize(
    "text",
    [
        "规划一共三章吗",
        "有几章",
        "第三张表列出来",
        "当地三条线",
        "伍先生问陆女士",
        "发了12条短信",
        "第三章第三节(四)具体路径3",
        "3.2节",
        "两章之间",
        "下一条讲什么",
        "上一章讲什么",
        "每一条写了什么",
    ],
)
def test_what_is_no_address(text: str):
    """Counts, surnames, tables, and addresses already plain."""
    assert plain_addresses(text) == text
