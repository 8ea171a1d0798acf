"""Personal data never survives; everything else does."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from bot.privacy.masking import KEPT_CHARS, mask
from bot.privacy.types import Kind

DAYS = st.dates(date(1900, 1, 1), date(2025, 12, 31))
FULL_WIDTH = str.maketrans("0123456789X", "".join(chr(ord(c) + 0xFEE0) for c in "0123456789X"))


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def _id_18(area: int, day: date, order: str) -> str:
    body = f"{area}{day:%Y%m%d}{order}"
    return body + mod_11_2.calc_check_digit(body)


ID_18 = st.builds(_id_18, st.integers(110000, 659999), DAYS, _digits(3))
ID_15 = st.builds(lambda a, d, o: f"{a}{d:%y%m%d}{o}", st.integers(110000, 659999), DAYS, _digits(3))
MOBILE = st.builds(lambda a, b: f"1{a}{b}", st.sampled_from("3456789"), _digits(9))
CARD = st.integers(16, 19).flatmap(
    lambda n: _digits(n - 3).map(lambda body: f"62{body}{luhn.calc_check_digit(f'62{body}')}")
)
TEXT = st.text(max_size=30)
# neither a digit nor what may stand between two of them: what a number with blanks in it ends at
WORDS = st.sampled_from(["", "我的", "办社保,", "号码是:", "请回电!", "abc?", "\n", "(", "元"])


@given(TEXT, st.one_of(ID_18, ID_15, MOBILE, CARD), TEXT)
def test_no_number_survives_in_any_text(before: str, number: str, after: str):
    """Whatever stands around it, digits included."""
    assert number not in mask(f"{before}{number}{after}").text


@given(
    WORDS,
    st.one_of(ID_18, MOBILE, CARD),
    WORDS,
    st.sampled_from([" ", "-", "\u3000", ".", "\u200b"]),
    st.data(),
)
def test_no_number_survives_blanks_and_full_width(before, number, after, gap, data):
    """138 1234 5678 and its kin, in full width as well."""
    cuts = sorted(data.draw(st.sets(st.integers(1, len(number) - 1), max_size=5)))
    parts = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    written = gap.join(parts).translate(FULL_WIDTH)
    masked = mask(f"{before}{written}{after}")
    assert written not in masked.text
    assert len(re.sub(r"\D", "", masked.text)) < 4


@given(
    st.text(
        alphabet=st.characters(
            exclude_categories=["Nd", "Nl", "No"], exclude_characters="@〇零一二三四五六七八九十百幺"
        )
    )
)
def test_a_text_without_digits_is_unchanged(text: str):
    """Nothing is found where there is nothing to find."""
    assert mask(text) == mask(text[:KEPT_CHARS])
    assert (mask(text).text, mask(text).kinds) == (text[:KEPT_CHARS], ())


@given(st.one_of(TEXT, st.builds(lambda a, n, b: a + n + b, TEXT, st.one_of(ID_18, MOBILE, CARD), TEXT)))
def test_masking_twice_is_masking_once(text: str):
    """What stands in the place of a number is no personal data."""
    once = mask(text)
    assert mask(once.text).text == once.text


@pytest.mark.parametrize(
    ("said", "masked", "kind"),
    [
        ("我身份证420606199003071232能办吗", "我身份证[身份证号]能办吗", Kind.ID_CARD),
        ("身份证 420606 19900307 1231 错一位", "身份证 [身份证号] 错一位", Kind.ID_CARD),
        ("老证420606900307123", "老证[身份证号]", Kind.ID_CARD),
        ("手机13812345678", "手机[手机号]", Kind.MOBILE),
        ("+86 138-1234-5678找我", "[手机号]找我", Kind.MOBILE),
        ("一三八一二三四五六七八", "[手机号]", Kind.MOBILE),
        ("幺三八 一二三四 五六七八", "[手机号]", Kind.MOBILE),
        ("13812345678一直打不通", "[手机号]一直打不通", Kind.MOBILE),
        ("座机0710-3512345转12", "座机[座机号]", Kind.LANDLINE),
        ("(021)59732890", "[座机号]", Kind.LANDLINE),
        ("我电话3512345", "我电话[座机号]", Kind.LANDLINE),
        ("卡号6222 0212 3456 7894", "卡号[银行卡号]", Kind.BANK_CARD),
        ("账号1234567890123456", "账号[长号码]", Kind.NUMBER),
        ("公司91110000600037341L", "公司[统一社会信用代码]", Kind.CREDIT_CODE),
        ("社保卡号A12345678", "社保卡号[证件号]", Kind.DOCUMENT),
        ("邮箱zhang.san@qq.com谢谢", "邮箱[邮箱]谢谢", Kind.EMAIL),
        ("zhang@qq。com", "[邮箱]", Kind.EMAIL),
        ("我住襄阳市樊城区汉江路128号3单元402室", "我住襄阳市樊城区[地址]", Kind.ADDRESS),
        ("在城关镇中山路一百二十号", "在城关镇[地址]", Kind.ADDRESS),
        ("盈港路123弄45号502室", "[地址]", Kind.ADDRESS),
        ("家在5栋2单元301", "家在[地址]", Kind.ADDRESS),
        ("车牌鄂F12345", "车牌[车牌号]", Kind.PLATE),
        ("沪AD12345,怎么办", "[车牌号],怎么办", Kind.PLATE),
    ],
)  # fmt: skip
def test_each_kind(said: str, masked: str, kind: Kind):
    """Personal data gives way to the name of its kind, and to nothing else."""
    assert mask(said).text == masked
    assert mask(said).kinds == (kind,)


@pytest.mark.parametrize(
    "said",
    [
        "青府办发〔2021〕57号",
        "国务院令第722号、中发[2020]5号文讲了什么",
        "2021年到2025年新增18000个岗位,投入1500万元",
        "2016-2020 2021-2025 两个五年",
        "100000000元和3.59%",
        "12333和12345都打不通,110、12348呢",
        "400-820-8820是哪里的电话",
        "轨道交通17号线旁边的2号楼",
        "社保202101断缴怎么办",
        "第三章第三节(四)3 规划里57号文",
        "每月5号发工资,15号前不发呢",
        "一带一路 十四五 二〇二五年",
        "1.2.3.4.5.6.7.8.9.10",
    ],
)
def test_what_policies_are_asked_with_stays(said: str):
    """Document numbers, years, amounts, public short codes and addresses of clauses are no personal data."""
    assert mask(said).text == said
    assert mask(said).kinds == ()


def test_credit_codes_have_check_digits():
    """A wrong check digit is a long word, not a company; the real one is found in lower case too."""
    code = "91420600" + "MA49XJ7T2"
    whole = code + uscc.calc_check_digit(code)
    assert mask(f"公司{whole.lower()}补贴").text == "公司[统一社会信用代码]补贴"


def test_several_kinds_are_named_once_each():
    """The notice to the asker lists them in order."""
    assert mask("13812345678或13912345678,zhang@qq.com").kinds == (Kind.MOBILE, Kind.EMAIL)


def test_long_texts_are_cut_and_leak_nothing_at_the_cut():
    """A number that begins before the end is masked whole, and the rest is dropped."""
    text = "问" * (KEPT_CHARS - 5) + "420606199003071232" + "后" * 50_000
    assert mask(text).text == "问" * (KEPT_CHARS - 5) + "[身份证号]"
