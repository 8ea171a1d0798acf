"""Documents of many places: which place a title is of, which document a list is taken from, who signed."""

import pytest

from retrieval.pipeline import Answerer
from retrieval.signatures import is_signature
from tests.retrieval.small import answerer_over

_LIST = "第一条 支持企业的政策如下:\n(一)减免房租。承租国有房屋的免收一个月房租。\n(二)缓缴税款。可以延期三个月缴纳税款。\n(三)贴息贷款。贷款按一半贴息。\n"
_TEXTS = {
    "chongqing": "重庆市支持企业的通知\n" + _LIST,
    "jiangxi": "江西省支持企业的通知\n第一条 江西省对受影响的企业给予房租补助,由各县发放。\n某某省人民政府办公厅\n2020年2月8日\n",
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Notices of two provinces, listed without a region of their own, as a collection from elsewhere comes."""
    entries = {name: {"title": text.split("\n")[0], "region": "全国"} for name, text in _TEXTS.items()}
    return answerer_over(tmp_path_factory.mktemp("titled"), _TEXTS, entries)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("江西企业的房租有什么减免", "jiangxi"),
        ("重庆企业的房租有什么减免", "chongqing"),
        ("江西省有哪些支持企业的政策", "jiangxi"),  # the list under that heading is another province's
    ],
)
def test_a_place_is_answered_from_its_own_document(asked: Answerer, question: str, document: str):
    """A title that names another place speaks against its document, however well the words fit."""
    assert asked.ask(question).citations[0].document == document


@pytest.mark.parametrize(
    ("words", "question", "signs"),
    [
        ("某某省人民政府办公厅\n2020年2月8日", "支持企业的政策", True),
        ("二〇二〇年二月八日", "支持企业的政策", True),
        ("某某省人民政府办公厅 2020年2月8日", "这份文件哪天印发的", False),
        ("本通知自2020年2月8日起施行。", "支持企业的政策", False),
        ("截至2020年2月8日,已有三家企业复工。", "支持企业的政策", False),
    ],
)
def test_a_signature_answers_who_asks_for_it_only(words: str, question: str, signs: bool):
    """Who signed and when is quoted for nobody else."""
    assert is_signature(words, question) is signs
