"""An answer as plain text: the point, what is missing, the sources, the values, what to ask next."""

from dataclasses import replace

from bot.render.plain import plain
from bot.render.wire import answer_object
from index.types import Indicator, Role, Span
from retrieval.types import Answer, AnswerStatus, Citation, IndicatorValue, Statement


def citation(quote: str, document: str = "jia", address: str = "第一章(一)") -> Citation:
    return Citation(
        document,
        f"{document}规划",
        "甲市",
        "v1",
        "第一章/(一)",
        address,
        quote,
        Span(0, len(quote)),
        "甲府〔2021〕1号",
        "规划期2021—2025年,已结束",
    )


def value(name: str, text: str) -> IndicatorValue:
    row = Indicator(
        "jia", "第一章/(一)", name, Role.TARGET, text, "%", "<=", "2025", "约束性", "", Span(0, 1), Span(0, 1)
    )
    return IndicatorValue(row, "jia规划", "甲市", "x", "")


def test_the_parts_stand_in_order():
    """The point with its number first; a source no statement rests on shows its words."""
    answer = Answer(
        "q",
        AnswerStatus.PARTIAL,
        (Statement("“有补贴。”", 1),),
        notes=("文件没有写具体金额。",),
        citations=(
            citation("有补贴。"),
            citation("另一句。", address="第二章"),
            citation("乙文。", document="yi"),
        ),
        indicators=(value("失业率", "5"),),
        suggestions=("失业率的目标是多少?",),
    )
    assert plain(answer) == (
        "“有补贴。”[1]\n\n"
        "文件没有写具体金额。\n\n"
        "[1]《jia规划》第一章(一)(甲府〔2021〕1号;规划期2021—2025年,已结束)\n"
        "[2]同上,第二章:“另一句。”\n"
        "[3]《yi规划》第一章(一)(甲府〔2021〕1号;规划期2021—2025年,已结束):“乙文。”\n\n"
        "相关指标:\n· 甲市 失业率:不超过5%(2025年目标,约束性),见第一章(一)\n\n"
        "还可以问:\n· 失业率的目标是多少?"
    )


def test_each_region_under_its_name():
    """Where the answer speaks of several regions, each begins with its name."""
    statements = (
        Statement("“甲。”", 1, "甲市"),
        Statement("5%", 1, "甲市"),
        Statement("文件没有提到。", None, "乙市"),
    )
    answer = Answer("q", AnswerStatus.ANSWERED, statements, citations=(citation("甲。"),))
    assert plain(answer).split("\n\n")[0] == "甲市:“甲。”[1]\n5%[1]\n乙市:文件没有提到。"


def test_a_value_already_stated_is_not_listed_again():
    """相关指标 adds, it does not repeat."""
    stated = "失业率:不超过5%(2025年目标,约束性)"
    answer = Answer(
        "q",
        AnswerStatus.ANSWERED,
        (Statement(stated, 1),),
        citations=(citation("失业率5%"),),
        indicators=(value("失业率", "5"),),
    )
    assert "相关指标" not in plain(answer)


def test_a_refusal_is_one_sentence():
    """Nothing else is said."""
    assert (
        plain(Answer("q", AnswerStatus.NOT_FOUND, (Statement("现有文件里没有提到这件事。"),)))
        == "现有文件里没有提到这件事。"
    )


def test_the_page_is_named_where_the_file_has_pages():
    """In the line of the source and in JSON; other documents have neither words nor key for it."""
    first, further, other = (
        citation("有补贴。"),
        citation("另一句。", address="第二章"),
        citation("乙文。", document="yi"),
    )
    paged = (replace(first, page=3), replace(further, page=4), other)
    answer = Answer("q", AnswerStatus.ANSWERED, (Statement("“有补贴。”", 1),), citations=paged)
    sources = [line for line in plain(answer).splitlines() if line.startswith("[")]
    assert sources == [
        "[1]《jia规划》第一章(一)(甲府〔2021〕1号;规划期2021—2025年,已结束;第3页)",
        "[2]同上,第二章(第4页):“另一句。”",
        "[3]《yi规划》第一章(一)(甲府〔2021〕1号;规划期2021—2025年,已结束):“乙文。”",
    ]
    assert [c.get("page") for c in answer_object(answer)["citations"]] == [3, 4, None]
    assert "page" not in answer_object(answer)["citations"][2]
