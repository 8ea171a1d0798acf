"""Sentences of laws and notices in, rows out: what is due, allowed, or to be done in time is a standard, a target."""

from collections.abc import Callable
from datetime import date

import pytest

from index.indicators import extract
from index.types import Document

LAW = Document(
    "law", "甲市就业促进条例", "甲市", ("甲",), None, None, date(2020, 1, 1), None, "law.txt", "0" * 64
)


def read(text: str) -> list[str]:
    """Read a text of a law; each row as one line: ``罚款 >= 五 万元``."""
    return [
        f"{row.name} {row.comparator} {row.value} {row.unit}".rstrip() for row in extract(LAW, text, ()).rows
    ]


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("违反本条例规定的,处五万元以上十万元以下罚款。", ["罚款 >= 五 万元", "罚款 <= 十 万元"]),
        (
            "骗取补贴的,处骗取金额二倍以上五倍以下的罚款。",
            ["骗取金额罚款 >= 二 倍", "骗取金额罚款 <= 五 倍"],
        ),
        ("按照每介绍一人二万五千元的标准处以罚款。", ["每介绍一人罚款 = 二万五千 元"]),
        (
            "受理机关应当自收到申请之日起十五日内,作出决定并书面告知申请人。",
            ["受理机关应当自收到申请之日起作出决定并书面告知申请人 <= 十五 日"],
        ),
        ("公示时间不得少于15天。", ["公示时间 >= 15 天"]),
        ("试用期最长不得超过六个月。", ["试用期 <= 六 个月"]),
        (
            "补贴标准为每人每月2000元,最长不超过一百二十天。",
            ["补贴标准(每人每月) = 2000 元", "补贴标准 <= 一百二十 天"],
        ),
        ("缴费基数按照上年度平均工资的150%确定。", ["缴费基数按照上年度平均工资确定 = 150 %"]),
        ("比例不低于在职职工总数的百分之一点五。", ["比例不低于在职职工总数 >= 百分之一点五"]),
        ("应当有三分之二以上职工代表出席。", ["职工代表出席 >= 三分之二"]),
        ("职工人数在一百人以上的企业,应当设立工会。", ["职工人数 >= 一百 人"]),
        ("校舍面积不低于人均零点三平方米。", ["校舍面积不低于人均 >= 零点三 平方米"]),
        (
            "补贴标准:一等奖20万元,二等奖15万元。",
            ["补贴标准一等奖 = 20 万元", "补贴标准二等奖 = 15 万元"],
        ),
        (
            "费用限额为职工每人每天120元、居民每人每天60元。",
            ["费用限额职工(每人每天) = 120 元", "费用限额居民(每人每天) = 60 元"],
        ),
        ("每增加1人给予3000元补贴。", ["每增加1人补贴 = 3000 元"]),
        ("审核时限为1个至5个工作日。", ["审核时限 ~ 1个至5 个工作日"]),
        ("接收见习人员50人以上(含50人)。", ["接收见习人员 >= 50 人"]),
        ("培训约1000名达到国际标准的家庭医生。", ["培训达到国际标准的家庭医生 ~ 1000 名"]),
        ("选派专家3名或者5名。", ["选派专家 = 3 名", "选派专家 = 5 名"]),
    ],
)
def test_a_standard_is_read(sentence: str, rows: list[str]) -> None:
    """Fines, limits of time, shares and rates of pay, in digits or in words."""
    assert read(sentence) == rows


def test_a_standard_in_force_is_a_target() -> None:
    """已建立, 完成了 and years gone by in a rule are its conditions, not what was achieved."""
    text = "已建立劳动关系的,应当自用工之日起一个月内订立合同。自2019年起,完成了登记的,每人补贴500元。"
    assert {row.role.value for row in extract(LAW, text, ()).rows} == {"target"}


@pytest.mark.parametrize(
    "sentence",
    [
        "近3年内没有违法记录,最近两年内无事故。",
        "符合下列3项条件之一的,按照以下2种方式办理。",
        "分为4个方面、3个阶段。",
        "应当在12月18日晚8时40分前报到。",
        "电话0510-12345678,邮编214000,地址人民路200号3栋。",
        "根据国发〔2020〕15号和《就业法》第28条。",
        "本办法自2020年1月1日起施行,版本V2.3。",
        "见第12页表3,共5章28条。",
        "一批、一次办好、五个统一、一元化领导、二元结构。",
        "月工作日为250天÷12月。",
        "同比例系数=甲/乙*100%。",
    ],
)
def test_what_is_no_value(sentence: str) -> None:
    """Looks back, lists, dates, addresses, numbers of documents, idioms and steps of a calculation measure nothing."""
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        (
            "学院占地面积达到1000亩,建筑面积达到36万平方米。",
            ["学院占地面积 = 1000 亩 @ target 十四五期间", "学院建筑面积 = 36 万平方米 @ target 十四五期间"],
        ),
        (
            "小学、初中入学率分别达到99.9%和98%。",
            ["小学入学率 = 99.9 % @ target 十四五期间", "初中入学率 = 98 % @ target 十四五期间"],
        ),
        (
            "2025年地区生产总值比2020年翻一番。",
            ["地区生产总值比2020年 = 翻一番 @ target 2025"],
        ),
        (
            "培训2-3万人,合格率85%—90%。",
            ["培训 ~ 2-3 万人 @ target 十四五期间", "合格率 ~ 85%—90 % @ target 十四五期间"],
        ),
        ("80%的劳动争议案件在基层化解。", ["劳动争议案件在基层化解 = 80 % @ target 十四五期间"]),
        ("预留30%的号源。", ["预留号源 = 30 % @ target 十四五期间"]),
    ],
)
def test_names_are_completed(read: Callable[[str], list[str]], sentence: str, rows: list[str]) -> None:
    """A size takes its owner, a subject the measure named after the last, a short thing its verb."""
    assert read(sentence) == rows
