"""Changes from one value to another, payments with their rates, values shared in turn."""

from collections.abc import Callable

import pytest

Read = Callable[[str], list[str]]

CHANGES = [
    (
        "高新技术企业数由2020年的310家增加到600家以上,研发投入强度达到2.5%。",
        [
            "高新技术企业数 = 310 家 @ baseline 2020",
            "高新技术企业数 >= 600 家 @ target 十四五期间",
            "研发投入强度 = 2.5 % @ target 十四五期间",
        ],
    ),
    (
        "社区工作者补助标准由2021年的2800元逐步提高,到2025年不低于3600元。",
        ["社区工作者补助标准 = 2800 元 @ baseline 2021", "社区工作者补助标准 >= 3600 元 @ target 2025"],
    ),
    (
        "人均预期寿命从2020年的78.3岁稳步提升到2025年的79.5岁。",
        ["人均预期寿命 = 78.3 岁 @ baseline 2020", "人均预期寿命 = 79.5 岁 @ target 2025"],
    ),
    (
        "劳动年龄人口平均受教育年限由10.2年提高到11年。",
        [
            "劳动年龄人口平均受教育年限 = 10.2 年 @ baseline 十三五期末",
            "劳动年龄人口平均受教育年限 = 11 年 @ target 十四五期间",
        ],
    ),
    (
        "到2025年,森林覆盖率由41%提高到43%。",
        ["森林覆盖率 = 41 % @ baseline 十三五期末", "森林覆盖率 = 43 % @ target 2025"],
    ),
    (
        "入园率由2015年的80%提高到2020年的91%,巩固率由92%提高到97%。",
        [
            "入园率 = 80 % @ baseline 2015",
            "入园率 = 91 % @ actual 2020",
            "巩固率 = 92 % @ baseline 2015",
            "巩固率 = 97 % @ actual 2020",
        ],
    ),
]


@pytest.mark.parametrize(("text", "rows"), CHANGES, ids=[text[:8] for text, _ in CHANGES])
def test_a_change_has_a_base_and_a_target(text: str, rows: list[str], read: Read) -> None:
    """The year before the first value is the base's; the target has its own, or the plan's."""
    assert read(text) == rows


PAYMENTS = [
    ("对新设博士后工作站给予20万—40万元资助。", "新设博士后工作站资助 ~ 20万—40 万元"),
    ("对示范社区给予3万至8万元奖励。", "示范社区奖励 ~ 3万至8 万元"),
    ("对困难企业给予8000元-1万元补助。", "困难企业补助 ~ 8000元-1 万元"),
    ("保洁员报酬不低于每人每月1800元。", "保洁员报酬(每人每月) >= 1800 元"),
    ("对民办幼儿园按照每生每年600元给予办园补助。", "民办幼儿园办园补助(每生每年) = 600 元"),
    ("对低收入家庭,按照每户每月不超过15元的标准给予用水补贴。", "用水补贴(每户每月) <= 15 元"),
    ("对带动5户以上的,按每户500元给予奖励。", "带动5户以上奖励(每户) = 500 元"),
    ("给予养老机构每床每月100元的运营补贴。", "养老机构运营补贴(每床每月) = 100 元"),
    ("对领军人才给予最高不超过80万元的购房补贴。", "领军人才购房补贴 <= 80 万元"),
    ("每年安排专项资金不少于900万元。", "安排专项资金 >= 900 万元"),
]


@pytest.mark.parametrize(("text", "row"), PAYMENTS, ids=[text[:8] for text, _ in PAYMENTS])
def test_a_payment_says_what_and_per_whom(text: str, row: str, read: Read) -> None:
    """Ranges are one value, 每人每月 stays with the name, 每年 of a plan is its rhythm."""
    assert read(text)[-1].split(" @ ")[0] == row


def test_a_rate_of_pay_takes_no_year_from_the_sentence_before(read: Read) -> None:
    """The year of the share is no year of the pay."""
    assert read("到2024年,持证率达到90%。护工补助不低于每人每天20元。") == [
        "持证率 = 90 % @ target 2024",
        "护工补助(每人每天) >= 20 元 @ target 十四五期间",
    ]


IN_TURN = [
    ("对本科生、硕士生,分别给予1万元、3万元安家费。", ["本科生安家费 = 1 万元", "硕士生安家费 = 3 万元"]),
    (
        "城镇、农村居民人均可支配收入分别达到6万元、3万元。",
        ["城镇居民人均可支配收入 = 6 万元", "农村居民人均可支配收入 = 3 万元"],
    ),
    (
        "对认定为甲级、乙级的文化企业,分别按照每年50万元、30万元给予补助。",
        ["甲级文化企业补助(每年) = 50 万元", "乙级文化企业补助(每年) = 30 万元"],
    ),
    (
        "对一等、二等社区食堂分别奖励10万元、5万元。",
        ["一等社区食堂 = 10 万元", "二等社区食堂 = 5 万元"],
    ),
    (
        "对国家级、省级、市级孵化器分别给予60万元、30万元、10万元奖励。",
        ["国家级孵化器奖励 = 60 万元", "省级孵化器奖励 = 30 万元", "市级孵化器奖励 = 10 万元"],
    ),
    ("对专科生、本科生、硕士生,分别给予1万元、3万元补贴。", []),
    ("管网漏损率、水质达标率分别达到8%、9%、10%。", []),
]


@pytest.mark.parametrize(("text", "rows"), IN_TURN, ids=[text[:8] for text, _ in IN_TURN])
def test_values_shared_in_turn(text: str, rows: list[str], read: Read) -> None:
    """Each subject has its own value where there are as many; otherwise none is said."""
    assert [row.split(" @ ")[0] for row in read(text)] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "城区消防救援平均到场时间压缩至5分钟以内,农村地区压缩至15分钟以内。",
            ["城区消防救援平均到场时间 <= 5 分钟", "农村地区消防救援平均到场时间 <= 15 分钟"],
        ),
        ("公共图书馆服务惠及85%以上的社区。", ["公共图书馆服务惠及社区 >= 85 %"]),
        ("稳步提高,达到30%。", []),
    ],
)
def test_names_are_whole(text: str, rows: list[str], read: Read) -> None:
    """A place takes the measure of the place before it; what is left of a sentence is no name."""
    assert [row.split(" @ ")[0] for row in read(text)] == rows
