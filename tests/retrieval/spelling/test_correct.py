"""Slips in, what was meant out; what is right stays as it is."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.pipeline import Answerer
from retrieval.spelling.correct import apply, corrections
from retrieval.spelling.terms import Terms

CORRECT = Path(__file__).with_name("correct.txt")


@pytest.fixture(scope="session")
def fix(terms: Terms, answerer: Answerer):
    """Correct a text."""
    return lambda text: apply(text, corrections(text, terms, answerer.context.tokenizer))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("创业但保贷款怎么申请", "创业担保贷款怎么申请"),
        ("社宝卡丢了咋办", "社保卡丢了咋办"),
        ("灵活就页有补贴吗", "灵活就业有补贴吗"),
        ("工尚保险谁交", "工伤保险谁交"),
        ("老板拖欠公资", "老板拖欠工资"),
        ("人才引近的补贴", "人才引进的补贴"),
        ("职业支格", "职业资格"),  # zh for z
        ("城镇登几失业率", "城镇登记失业率"),
        ("零就业家挺", "零就业家庭"),
        ("西牢外输写在哪", "西劳外输写在哪"),  # a phrase that only the documents have
        ("失业保现金怎么申请", "失业保险金怎么申请"),  # 现金 is a word, 失业保现金 is none
        ("步贴怎么领", "补贴怎么领"),
    ],
)
def test_slips_of_sound(fix, typed: str, meant: str):
    """Homophones and near homophones, in long and short terms."""
    assert fix(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("零就业家廷有多少", "零就业家庭有多少"),
        ("矢业保险", "失业保险"),
        ("电子社卡保", "电子社保卡"),
        ("领取失保业险金", "领取失业保险金"),
        ("零就家庭", "零就业家庭"),
        ("失业业保险", "失业保险"),
        ("社会保保障卡", "社会保障卡"),
    ],
)
def test_slips_of_the_hand(fix, typed: str, meant: str):
    """A look-alike, a swapped pair, a missing and a doubled character."""
    assert fix(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("青埔的失业率", "青浦的失业率"),
        ("襄洋创业", "襄阳创业"),
        ("襄樊的失业率", "襄樊的失业率"),  # a former name is no slip
        ("向阳的失业率", "向阳的失业率"),  # another word
        ("农民工返城", "农民工返城"),  # not 樊城, which shares only an ending of many names
        ("青山的失业率", "青山的失业率"),
    ],
)
def test_names_of_regions(fix, typed: str, meant: str):
    """A region shows through a slip; another place or a former name stays."""
    assert fix(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "哪条提到“社宝卡”",
        "《创业但保贷款办法》",
        "工商保险",  # both are words: who can tell
        "公伤认定",  # 公伤 is a word
        "",
        "12333",
        "A",
        "就",
        "是" * 500,  # more than anyone mistypes
    ],
)
def test_what_is_left_alone(fix, text: str):
    """Words in quotation marks, known words, and what holds no word."""
    assert fix(text) == text


def test_correct_questions_are_not_touched(fix):
    """Of 234 questions as people ask them at most one is changed (竞业, which the dictionary lacks)."""
    lines = [line for line in CORRECT.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    changed = [line for line in lines if fix(line) != line]
    assert set(changed) <= {"竞业协议签了两年,补偿一分没给"}


def test_the_documents_own_words_are_not_touched(fix, answerer: Answerer):
    """No sentence of a document is a slip of another."""
    store = answerer.store
    sentences = [passage.span.of(store.texts[passage.document]) for passage in store.passages[::7]]
    assert [sentence for sentence in sentences if fix(sentence) != sentence] == []


@given(st.text("就业保险金失社卡工伤的怎么领灵活 页宝但a1,", max_size=60))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrections_lie_in_order_and_say_what_was_typed(terms: Terms, answerer: Answerer, text: str):
    """Each names the characters it stands over, and none lies within another."""
    found = corrections(text, terms, answerer.context.tokenizer)
    assert [one.typed for one in found] == [one.span.of(text) for one in found]
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(one.typed != one.meant for one in found)
