"""Traditional characters, typed pinyin and English."""

import pytest

from retrieval.spelling import Reader, Reading
from retrieval.spelling.english import translated
from retrieval.spelling.pinyin import is_spelt


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("失業保險金怎麼領", "失业保险金怎么领"),
        ("襄陽的靈活就業補貼", "襄阳的灵活就业补贴"),
        ("後面的規定", "后面的规定"),
        ("失业保险金怎么领", "失业保险金怎么领"),
        ("王喆的社保", "王喆的社保"),  # rare, but simplified
    ],
)
def test_traditional_characters(reader: Reader, typed: str, text: str):
    """Read as simplified, and nothing to tell the reader of."""
    assert reader.read(typed) == Reading(text)


@pytest.mark.parametrize(
    ("typed", "text", "meant"),
    [
        ("shiyejin", "失业金", ("失业金",)),
        ("shebao butie", "社保补贴", ("社保补贴",)),
        ("ShiYeJin怎么领", "失业金怎么领", ("失业金",)),
        ("qingpu的失业率", "青浦的失业率", ("青浦",)),
        ("xiangyang chuangye danbao daikuan", "襄阳 创业担保贷款", ("襄阳", "创业担保贷款")),
        ("wo yao ling shiyejin", "wo yao ling 失业金", ("失业金",)),
    ],
)
def test_typed_pinyin(reader: Reader, typed: str, text: str, meant: tuple[str, ...]):
    """Terms and regions spelt out, with or without Chinese characters beside them."""
    assert reader.read(typed) == Reading(text, meant)


@pytest.mark.parametrize("text", ["APP怎么登录", "KPI考核", "996合法吗", "5G基站", "HR不给开证明"])
def test_latin_words_in_a_chinese_question(reader: Reader, text: str):
    """They are left as they are."""
    assert reader.read(text) == Reading(text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("How do I apply for unemployment benefits in Qingpu?", "怎么申请 失业保险金 青浦?"),
        ("What is the unemployment rate target in Xiang Yang?", "失业率 目标 襄阳?"),
        ("13th Five-Year Plan unemployment rate", "十三五 失业率"),
        ("unemployment insurance in Wuhan", "失业保险 武汉"),
        ("weather in Paris", "weather Paris"),
        ("Wie hoch ist die Rente?", "Wie hoch ist die Rente?"),
    ],
)
def test_questions_in_another_language(reader: Reader, asked: str, text: str):
    """The glossary says what it can in Chinese; what it lacks stays, and is in no document."""
    assert reader.read(asked) == Reading(text, foreign=True)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Unemployment   insurance", "失业保险"),
        ("unemployment-insurance", "失业保险"),
        ("loans", "贷款"),
        ("subsidies", "补贴"),
        ("jobless", "失业人员"),
        ("mayor", "mayor"),  # may is no part of it
    ],
)
def test_glossary(english: str, chinese: str):
    """Case, blanks, hyphens and the plural do not matter; a word is never read within another."""
    assert translated(english) == chinese


@pytest.mark.parametrize(
    ("letters", "spelt"), [("shiyejin", True), ("xian", True), ("work", False), ("", False), ("qwrt", False)]
)
def test_letters_that_are_syllables(letters: str, spelt: bool):
    """Cut into syllables, however that can be done."""
    assert is_spelt(letters) is spelt
