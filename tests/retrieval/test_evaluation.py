"""The figures of a gold set, on answers whose score is known beforehand."""

import pytest

from index.types import Span
from retrieval.evaluation import covers, evaluate
from retrieval.types import Answer, AnswerStatus, Citation, Statement

TEXT = "第一句讲创业担保贷款。第二句讲社会保险补贴。第三句讲职业技能培训。"


def cited(*numbers: int) -> tuple[Citation, ...]:
    """Cite the first, second, third sentence of TEXT."""
    ends = [11, 22, 33]
    spans = [Span(ends[n - 1] - 11, ends[n - 1]) for n in numbers]
    return tuple(Citation("d", "t", "r", "v", "一", "一", s.of(TEXT), s, None, "") for s in spans)


def answered(*numbers: int, status: AnswerStatus = AnswerStatus.ANSWERED) -> Answer:
    return Answer("q", status, (Statement("s"),), citations=cited(*numbers))


def gold(*evidence: str, expect: str = "answered", rule: str = "any") -> dict:
    quotes = [{"document": "d", "quote": quote} for quote in evidence]
    return {
        "id": "1",
        "kind": "clause",
        "question": "q",
        "expect": expect,
        "evidence": quotes,
        "evidence_rule": rule,
    }


def figures(*pairs: tuple[dict, Answer]) -> dict[str, float]:
    return dict(evaluate(pairs, {"d": TEXT}).figures)


@pytest.mark.parametrize(
    ("order", "hit1", "hit3", "mrr"),
    [((1, 2, 3), 1, 1, 1), ((2, 3, 1), 0, 1, 1 / 3), ((2, 3), 0, 0, 0)],
)
def test_hit_and_reciprocal_rank(order: tuple[int, ...], hit1: float, hit3: float, mrr: float):
    """The rank of the first citation that carries the gold quote."""
    found = figures((gold("创业担保贷款"), answered(*order)))
    assert (found["hit@1"], found["hit@3"], found["mrr"]) == (hit1, hit3, mrr)


def test_several_needed_quotes_count_by_share():
    """Rule all: half of the quotes is half a hit."""
    assert figures((gold("创业担保贷款", "医疗保险", rule="all"), answered(1, 2)))["hit@3"] == 1 / 2


def test_means_are_over_questions():
    """Two questions, one hit."""
    found = figures((gold("创业担保贷款"), answered(1)), (gold("创业担保贷款"), answered(2)))
    assert found["hit@1"] == (1 + 0) / 2


def test_abstaining():
    """A refusal is right where nothing is to be found, and wrong elsewhere."""
    refused = Answer("q", AnswerStatus.NOT_FOUND, (Statement("没有"),))
    found = figures((gold(expect="not_found"), refused), (gold("创业担保贷款"), refused))
    assert (found["abstain"], found["false_abstain"]) == (1.0, 1.0)


def test_partial_is_scored_by_f1():
    """One right, one missed, one too many: 2·1 / (2 + 2)."""
    said = answered(1, status=AnswerStatus.PARTIAL)
    found = figures(
        (gold("创业担保贷款", expect="partial"), said),
        (gold("创业担保贷款", expect="partial"), answered(1)),
        (gold("创业担保贷款"), said),
    )
    assert found["partial"] == 2 * 1 / (2 + 2)


def test_a_quote_that_is_no_slice_is_not_verbatim():
    """The words must stand where the citation says."""
    first = cited(1)[0]
    moved = Answer(
        "q",
        AnswerStatus.ANSWERED,
        (Statement("s"),),
        citations=(Citation(**{**{f: getattr(first, f) for f in first.__slots__}, "span": Span(1, 12)}),),
    )
    assert figures((gold("创业担保贷款"), moved))["verbatim"] == 0.0


@pytest.mark.parametrize(
    ("quote", "wanted", "enough"),
    [
        ("按规定落实灵活就业社会保险补贴", "灵活就业 社会保险补贴", True),  # white space is nothing
        ("“十四五”期末(5%)", "“十四五”期末(5%)", True),  # width is nothing
        ("一二三四五六七八", "一二三四五六七八九十", True),  # 60% in one run
        ("一二三四五", "一二三四五六七八九十", False),
        ("", "一", False),
        ("长" * 401 + "一二三四五六", "一二三四五六", False),  # too long to be a citation
    ],
)
def test_what_a_quote_carries(quote: str, wanted: str, enough: bool):
    """Whole, or most of it in one run, in a quote short enough to be one."""
    assert covers(quote, wanted) is enough
