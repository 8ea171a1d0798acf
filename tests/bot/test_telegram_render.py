"""Answer → Telegram HTML: any words at all become valid messages below the limit, and none are lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.peer.telegram_html import parse, units
from bot.render.parts import source_titles
from bot.render.plain import plain
from bot.render.telegram import LIMIT, messages, split, visible
from index.types import Indicator, Role, Span
from retrieval.types import Answer, AnswerStatus, Citation, IndicatorValue, Statement

# Letters that look like markup, need escaping, take two units, change direction or join their neighbours.
AWKWARD = st.sampled_from(
    [*"<>&\"'/b。;,、:”)\n\t 字x😀", "&lt;", "</b>", "<blockquote>", "👨\u200d👩\u200d👧", "\u202eab", "שלום"]
)
WORDS = st.lists(st.one_of(AWKWARD, st.characters(codec="utf-8")), max_size=12).map("".join)
LONG = st.tuples(WORDS, st.integers(1, 900)).map(lambda pair: (pair[0] * pair[1])[:10_000])
TEXTS = st.one_of(WORDS, LONG)


def make_citation(quote: str, title: str = "甲市就业规划") -> Citation:
    return Citation(
        document=f"id of {title}", title=title, region="甲市", version="0", clause="一", address="第一章一", quote=quote,
        span=Span(0, len(quote)), number=None, validity="规划期2021—2025年",
    )  # fmt: skip


def make_value(name: str) -> IndicatorValue:
    row = Indicator(
        document="a", clause="一", name=name, role=Role.TARGET, value="3.5", unit="%", comparator="<=",
        period="2025", attribute="", category="", span=Span(0, 1), value_span=Span(0, 1),
    )  # fmt: skip
    return IndicatorValue(row, "甲市就业规划", "甲市", "失业率", "规划期2021—2025年")


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    statements = st.builds(
        Statement, TEXTS, st.sampled_from([None, 1, 2]), st.sampled_from([None, "甲市", "乙市"])
    )
    return Answer(
        "问",
        AnswerStatus.ANSWERED,
        tuple(draw(st.lists(statements, max_size=3))),
        notes=tuple(draw(st.lists(TEXTS, max_size=2))),
        citations=tuple(draw(st.lists(st.builds(make_citation, TEXTS, WORDS), max_size=3))),
        indicators=tuple(draw(st.lists(st.builds(make_value, WORDS), max_size=2))),
        suggestions=tuple(draw(st.lists(WORDS, max_size=2))),
    )


def squeezed(text: str) -> str:
    """A text without white space: where messages meet, it may go."""
    return "".join(text.split())


@given(answers())
@settings(max_examples=100, deadline=None)
def test_any_answer_is_valid_short_and_whole(answer: Answer):
    """What Telegram would show, put together, is the plain text."""
    parts = messages(answer)
    shown = [parse(part)[0] for part in parts]
    assert all(units(part) <= LIMIT for part in parts)
    assert all(text.strip() for text in shown)
    assert squeezed("".join(shown)) == squeezed(_without_colons(plain(answer), answer))
    assert [visible(part) for part in parts] == shown


def _without_colons(text: str, answer: Answer) -> str:
    """Plain text introduces the words of an unused source with a colon; here they stand in a block of their own."""
    for number, title in enumerate(source_titles(answer), start=1):
        text = text.replace(f"[{number}]{title}:“", f"[{number}]{title}“")
    return text


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_text_is_split_whole(text: str):
    """Plain text is cut below the limit and loses nothing."""
    parts = split(text)
    assert squeezed("".join(parts)) == squeezed(text)
    assert all(0 < units(part) <= LIMIT for part in parts)


def test_an_answer_reads_from_the_point_to_what_to_ask_next():
    """Only the source that the point does not show comes with its words, folded."""
    answer = Answer(
        "失业率",
        AnswerStatus.PARTIAL,
        (Statement("失业率控制在 <3.5%。", 1),),
        notes=("文件没有写具体金额。",),
        citations=(make_citation("失业率控制在 <3.5%。"), make_citation("稳定就业 & 创业。", "乙市规划")),
        indicators=(make_value("失业率"),),
        suggestions=("就业目标是多少",),
    )
    assert messages(answer) == [
        "失业率控制在 &lt;3.5%。[1]\n\n"
        "文件没有写具体金额。\n\n"
        "[1]《甲市就业规划》第一章一(规划期2021—2025年)\n"
        "[2]《乙市规划》第一章一(规划期2021—2025年)\n"
        "<blockquote expandable>“稳定就业 &amp; 创业。”</blockquote>\n\n"
        "<b>相关指标:</b>\n· 甲市 失业率:不超过3.5%(2025年目标),见一\n\n"
        "<b>还可以问:</b>\n· 就业目标是多少"
    ]


def test_regions_stand_apart():
    """Each region's lines follow its name; what belongs to none comes last."""
    statements = (
        Statement("三年。", 1, "甲市"), Statement("五年。", 2, "乙市"), Statement("另有补贴。", 1, "甲市"), Statement("两地不同。"),
    )  # fmt: skip
    answer = Answer("期限", AnswerStatus.ANSWERED, statements)
    assert messages(answer) == ["<b>甲市:</b>三年。[1]\n另有补贴。[1]\n<b>乙市:</b>五年。[2]\n两地不同。"]


@pytest.mark.parametrize(
    ("unit", "repeat", "ends"),
    [
        ("对灵活就业人员给予补贴,期限三年;办法另定。", 500, "。"),
        ("对灵活就业人员给予补贴,期限三年;", 500, ";"),
        ("对灵活就业人员给予补贴,", 600, ","),
        ("他说“可以。”", 900, "。”"),
        ("补贴一二三四\n", 900, "四"),
    ],
)
def test_long_texts_are_cut_at_the_best_border(unit: str, repeat: int, ends: str):
    """A sentence's end is better than an item's, an item's than a comma; closing marks stay with it."""
    parts = split(unit * repeat)
    assert len(parts) > 1
    assert [part[-len(ends) :] for part in parts] == [ends] * len(parts)


def test_a_quotation_over_two_messages_is_closed_and_opened_again():
    """Each message is valid by itself."""
    answer = Answer("问", AnswerStatus.ANSWERED, (), citations=(make_citation("给予补贴。" * 1000),))
    first, second = messages(answer)
    assert first.endswith("</blockquote>")
    assert second.startswith("<blockquote expandable>")


def test_an_answer_of_nothing_is_no_message():
    """Telegram refuses blank messages."""
    blank = Answer("问", AnswerStatus.ANSWERED, (Statement(" \n\t"),))
    assert messages(blank) == []
    assert messages(replace(blank, notes=("有",))) == ["有"]
