"""What is proposed of a document, and that nothing is proposed which it does not say."""

from datetime import date
from pathlib import Path

import pytest

from index.proposals import Proposal, propose
from index.proposals.words import read_date, read_period, read_region
from index.readers.types import StoredText
from index.types import Period, Span

NOTICE = """\
云州市人民政府办公室关于印发
云州市就业补助办法的通知
云政办规〔2024〕13号
各区人民政府:
根据《某办法》(云政发〔2020〕1号),现予印发。居住证有效期10年。
云州市人民政府办公室
2024年3月4日
云州市就业补助办法
第一条 为了就业,制定本办法。
第二条 本办法自2024年4月1日起施行,有效期五年。
"""
LAW = """\
中华人民共和国某某法
1994年7月5日 第八届全国人民代表大会常务委员会第八次会议通过
2018年12月29日 第十三届全国人民代表大会常务委员会第七次会议《决定》修正
第一章 总则
第一条 为了就业,制定本法。
第二条 本法自1995年1月1日起施行。
"""


def of(text: str, *declared: tuple[str, str], name: str = "a.html") -> Proposal:
    return propose(StoredText(text, declared=declared), Path(name))


def test_a_notice_says_all_of_itself():
    """The title of what it passes on, its number on its own line, the term of the document and not of a card."""
    found = of(NOTICE)
    said = {name: getattr(found, name) for name in Proposal.__slots__}
    assert {name: one.value for name, one in said.items() if one} == {
        "title": "云州市就业补助办法",
        "number": "云政办规〔2024〕13号",
        "issuer": "云州市人民政府办公室",
        "published": date(2024, 3, 4),
        "effective": date(2024, 4, 1),
        "valid_years": 5,
        "valid_until": date(2029, 3, 31),
        "region": "云州市",
    }
    words = {name: one.span.of(NOTICE) for name, one in said.items() if one and one.span}
    assert words == {
        "title": "云州市就业补助办法",
        "number": "云政办规〔2024〕13号",
        "issuer": "云州市人民政府办公室",
        "published": "2024年3月4日",
        "effective": "2024年4月1日",
        "valid_years": "有效期五年",
        "valid_until": "有效期五年",
        "region": "云州市",
    }


def test_a_law_is_adopted_amended_and_in_force():
    """The newest day at its head, the organ that adopted it, the printed day of effect."""
    found = of(LAW)
    assert found.title
    assert found.title.value == "中华人民共和国某某法"
    assert found.published
    assert found.published.value == date(2018, 12, 29)
    assert found.issuer
    assert found.issuer.value == "第八届全国人民代表大会常务委员会"
    assert found.effective
    assert found.effective.value == date(1995, 1, 1)
    assert found.region
    assert found.region.value == "全国"
    assert found.number is found.valid_years is found.valid_until is found.period is None


def test_nothing_is_invented():
    """A text that says nothing of itself has the file's name for a title, and no more."""
    found = of("今天的就业形势很好。\n大家都来找工作。\n", name="就业形势.txt")
    assert found.title
    assert (found.title.value, found.title.span) == ("就业形势", None)
    assert [getattr(found, name) for name in Proposal.__slots__ if name != "title"] == [None] * 8


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("本通知自印发之日起施行,有效期至2026年12月31日。", "valid_until", date(2026, 12, 31)),
        ("本通知自印发之日起施行,有效期3年。", "effective", date(2024, 1, 2)),
        ("本通知自印发之日起施行,有效期3年。", "valid_until", date(2027, 1, 1)),
        ("本通知自2024年2月29日起施行,有效期2年。", "valid_until", date(2026, 2, 28)),
        ("本通知有效期3年。", "valid_until", None),  # nothing says from when
        ("本办法自2024年1月2日起正式实施。", "effective", date(2024, 1, 2)),
        ("《旧办法》自2019年1月1日起施行。", "effective", None),
        ("居住证有效期10年。", "valid_years", None),
        ("重新发布,有效期调整至2026年6月30日。", "valid_until", date(2026, 6, 30)),
    ],
)
def test_terms_are_the_documents_own(sentence: str, name: str, value: date | None):
    """Other documents' days and cards' terms are passed over."""
    found = getattr(of(f"某通知\n云州市人民政府\n2024年1月2日\n{sentence}\n"), name)
    assert (found.value if found else None) == value


def test_what_the_page_declares_stands_where_the_text_is_silent():
    """Its source names where it was read; a declared day that the text prints keeps its place there."""
    found = of(
        "云州市扩大就业\n到处有岗位。\n",
        ("ArticleTitle", "云州市扩大就业"),
        ("发文字号", "云政发〔2024〕2号"),
        ("PubDate", "2024-05-06 10:00"),
    )
    assert found.title
    assert found.title.span == Span(0, 7)
    assert found.number
    assert (found.number.value, found.number.source) == (
        "云政发〔2024〕2号",
        "发文字号: 云政发〔2024〕2号",
    )
    assert found.published
    assert (found.published.value, found.published.span) == (date(2024, 5, 6), None)
    two = "云州市政府\n2023年1月1日\n附件\n云州市财政局\n2024年2月2日\n"
    later = of(two, ("成文日期", "2024-02-02")).published
    assert later
    assert later.span
    assert later.span.of(two) == "2024年2月2日"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("穗府办规〔2024〕13号", "穗府办规〔2024〕13号"),
        ("劳社部发[2008] 3 号", "劳社部发[2008]3号"),
        ("(国办发〔2019〕4号)", "国办发〔2019〕4号"),
        ("中华人民共和国主席令第二十八号", "中华人民共和国主席令第二十八号"),
        ("国家税务总局公告2024年第5号", "国家税务总局公告2024年第5号"),
        ("根据国办发〔2019〕4号文件", None),
        ("2024年13号", None),
    ],
)
def test_a_number_has_a_line_of_its_own(line: str, number: str | None):
    """Numbers inside sentences are those of other documents."""
    found = of(f"某通知\n{line}\n正文。\n").number
    assert (found.value if found else None) == number


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024年3月4日", date(2024, 3, 4)),
        ("二〇二一年十二月三十日", date(2021, 12, 30)),
        ("一九九六年五月十三日", date(1996, 5, 13)),
        ("2024-03-04", date(2024, 3, 4)),
        ("2024 年 2 月 30 日", None),
    ],
)
def test_days_are_read_in_either_digits(words: str, day: date | None):
    """A day that does not exist is none."""
    assert read_date(words) == day


@pytest.mark.parametrize(
    ("title", "period", "words"),
    [
        ("云州市就业“十四五”规划", Period(2021, 2025), "“十四五”"),
        ("云州市第十三个五年规划纲要(2016—2020年)", Period(2016, 2020), "2016—2020"),
        ("云州市人才发展规划(2021年-2035年)", Period(2021, 2035), "2021年-2035"),
    ],
)
def test_a_title_names_the_years_of_a_plan(title: str, period: Period, words: str):
    """By its years, or by its number among the five-year plans."""
    found = read_period(title)
    assert found
    assert (found[0], found[1].of(title)) == (period, words)


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("上海市青浦区人力资源和社会保障局", "青浦区"),
        ("广州市民政局", "广州市"),
        ("山东省人力资源市场条例", "山东省"),
        ("广西壮族自治区柳州市三江侗族自治县人民政府", "三江侗族自治县"),
        ("国务院办公厅", "全国"),
        ("(襄阳市)襄阳市规划", "襄阳市"),
        ("广州市社区服务办法", "广州市"),
        ("2026年广州市天河区积分制入学学位申请指引", "天河区"),
        ("关于受理天河区人才公寓申请的公告", None),
        ("怎么申领广州市社会保障卡", None),
        ("人力资源市场暂行条例", None),
        ("城市管理办法", None),
    ],
)
def test_the_innermost_place_a_name_opens_with(words: str, region: str | None):
    """Markets, communities and questions are no places."""
    found = read_region(words)
    assert (found[0] if found else None) == region


@pytest.mark.parametrize(
    ("title", "text", "region", "printed"),
    [
        ("怎么申领广州市社会保障卡?", "", "广州市", "广州市"),
        ("无需垫付!广州异地就医备案这样办", "广州市参保人可以直接结算。", "广州市", "广州"),
        ("一图看懂河南就业补贴", "河南省就业补贴分三类。", "河南省", "河南"),
    ],
)
def test_a_page_names_its_place_inside_the_title(title: str, text: str, region: str, printed: str):
    """A place that is known by its name is found behind other words, and called as the text prints it in full."""
    stored = f"{title}\n{text}\n"
    found = of(stored, ("ArticleTitle", title)).region
    assert found
    assert found.span
    assert (found.value, found.span.of(stored)) == (region, printed)


def test_an_order_of_the_state_council_is_of_the_whole_country():
    """Its regulations name no place in their titles."""
    text = "某某保险条例\n2003年4月27日 中华人民共和国国务院令第375号公布\n第一条 为了就业,制定本条例。\n"
    found = of(text).region
    assert found
    assert (found.value, found.source) == ("全国", "中华人民共和国国务院令第375号")


def test_a_page_that_passes_a_document_on_leaves_its_own_word_out_of_the_title():
    """转载 is no part of the title; the source still shows what the page says."""
    found = of("正文。\n", ("ArticleTitle", "(转载)云州市人民政府关于某事的通知")).title
    assert found
    assert (found.value, found.source) == (
        "云州市人民政府关于某事的通知",
        "ArticleTitle: (转载)云州市人民政府关于某事的通知",
    )


def said(text: str, *declared: tuple[str, str]) -> dict[str, object]:
    """Return the values proposed of a text."""
    found = of(text, *declared)
    return {name: one.value for name in Proposal.__slots__ if (one := getattr(found, name))}


FORWARDED = """\
湖政办发〔2023〕18号

南湖县人民政府办公室
关于印发《南湖县数字乡村建设
行动方案(2023—2027年)》的
通知

各镇人民政府:
《南湖县数字乡村建设行动方案(2023—2027年)》已经同意,现印发给你们。
南湖县人民政府办公室
二〇二三年六月九日
(此件公开发布)
附件
南湖县数字乡村建设
行动方案
(2023—2027年)
一、目标
本行动方案自印发之日起施行,有效期至2027年12月31日。
"""
BLOCK = """\
索 引 号:11330000/2022-00031\t发布机构:北溪市发展和改革委员会
成文日期:2022年8月1日\t发文字号:北发改〔2022〕44号
有 效 性:有效\t主题分类:综合政务 规划
北溪市新型基础设施专项规划
(2022—2025年)
第一章 总则
"""
STACKED = "\n".join(
    BLOCK.split("\n", 3)[0].replace(":", "\n").split("\t")
    + BLOCK.split("\n", 3)[1].replace(":", "\n").split("\t")
)
ROWS = """\
| 索引号 | 11330000/2022-00031 | 主题分类 | 规划 |
| 发文机关 | 北溪市人民政府 | 成文日期 | 2022年08月01日 |
| 标  题 | 北溪市人民政府关于印发北溪市水利纲要的通知 |
| 发文字号 | 北政发〔2022〕3号 | 发布日期 | 2022年08月05日 |
北溪市人民政府关于印发北溪市
水利纲要的通知
各县:
现印发。
北溪市水利纲要
为治水,制定本纲要。规划期限为2022—2026年。
"""


def test_a_notice_that_passes_a_plan_on_is_called_by_the_plan():
    """Its number first, its own title over four lines, the plan's over three; who issued it is who sent the notice."""
    assert said(FORWARDED) == {
        "title": "南湖县数字乡村建设行动方案(2023—2027年)",
        "number": "湖政办发〔2023〕18号",
        "issuer": "南湖县人民政府办公室",
        "published": date(2023, 6, 9),
        "effective": date(2023, 6, 9),
        "valid_until": date(2027, 12, 31),
        "period": Period(2023, 2027),
        "region": "南湖县",
    }


def test_a_notice_without_its_plan_keeps_its_own_title():
    """Over all its lines, marks closed; the plan hangs on the page as a file."""
    assert said(FORWARDED[: FORWARDED.index("附件")])["title"] == (
        "南湖县人民政府办公室关于印发《南湖县数字乡村建设行动方案(2023—2027年)》的通知"
    )


@pytest.mark.parametrize(
    ("behind", "title"),
    [
        ("北溪市水利纲要\n为治水。\n", "北溪市水利纲要"),
        ("北溪市人民政府\n2022年8月1日\n水利纲要(2022—2026年)\n", None),
        ("中江省北溪市水利纲要\n(2022—2026年)\n", "中江省北溪市水利纲要(2022—2026年)"),
        ("根据《北溪市水利纲要》要求。\n", None),
        ("北溪市财政局决算报告\n", None),
    ],
)
def test_what_is_passed_on_is_printed_behind_the_notice(behind: str, title: str | None):
    """On lines of its own, with or without the place and the years; what only names it is none."""
    notice = "北溪市人民政府关于印发北溪市水利纲要的通知"
    assert said(f"{notice}\n各县:\n现印发给你们。\n{behind}")["title"] == (title or notice)


@pytest.mark.parametrize(
    "text",
    [BLOCK, BLOCK.replace("\t", "\n"), BLOCK.replace(":", " "), f"{STACKED}\n{BLOCK.split(chr(10), 3)[3]}"],
)
def test_the_block_of_facts_above_a_document_is_read(text: str):
    """Its labels and values side by side, below each other, with a colon or a gap; none of it is the title."""
    assert said(text) == {
        "title": "北溪市新型基础设施专项规划(2022—2025年)",
        "number": "北发改〔2022〕44号",
        "issuer": "北溪市发展和改革委员会",
        "published": date(2022, 8, 1),
        "period": Period(2022, 2025),
        "region": "北溪市",
    }
    number = of(text).number
    assert number
    assert number.span
    assert number.span.of(text) == "北发改〔2022〕44号"


def test_the_block_may_be_a_table():
    """Its title is that of a notice; the years stand in the plan's first sentence."""
    assert said(ROWS) == {
        "title": "北溪市水利纲要",
        "number": "北政发〔2022〕3号",
        "issuer": "北溪市人民政府",
        "published": date(2022, 8, 1),
        "period": Period(2022, 2026),
        "region": "北溪市",
    }


def test_a_table_that_has_such_a_column_is_no_block():
    """名称 and 来源 head columns, too."""
    text = "北溪市物资清单\n名称\t来源\n沙袋\t调拨\n"
    assert said(text) == {"title": "北溪市物资清单", "region": "北溪市"}


@pytest.mark.parametrize(
    ("line", "issuer", "day"),
    [
        ("北溪市人民政府 2026年5月8日印发", "北溪市人民政府", date(2026, 5, 8)),
        ("(北溪市人民政府办公室 二〇二六年五月八日)", "北溪市人民政府办公室", date(2026, 5, 8)),
        ("2026年5月8日", None, date(2026, 5, 8)),
        ("(北政发〔2026〕9号 2026年5月8日印发)", None, date(2026, 5, 8)),
        ("会议于2026年5月8日召开", None, None),
    ],
)
def test_who_issued_it_when_may_stand_on_one_line(line: str, issuer: str | None, day: date | None):
    """Below the title, without a signature."""
    found = said(f"北溪市“十五五”水利规划\n{line}\n一、总则\n")
    assert (found.get("issuer"), found.get("published")) == (issuer, day)


def test_an_order_passes_its_regulation_on():
    """Its number stands below its name, and the day of effect in its sentence."""
    text = "北溪市人民政府令\n第12号\n《北溪市供水管理办法》已经常务会议通过,现予公布,自2024年7月1日起施行。\n北溪市供水管理办法\n第一章 总则\n"
    assert said(text) == {
        "title": "北溪市供水管理办法",
        "number": "北溪市人民政府令第12号",
        "effective": date(2024, 7, 1),
        "region": "北溪市",
    }


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("本行动计划自2024年5月1日起施行,有效期五年。", "effective", date(2024, 5, 1)),
        ("本实施方案自2024年5月1日起施行,有效期五年。", "valid_years", 5),
        ("自2024年5月1日起施行,有效期三年。", "effective", date(2024, 5, 1)),
        ("本意见自公布之日起施行,有效期自公布之日起至2029年4月30日。", "valid_until", date(2029, 4, 30)),
        ("本办法有效期截止2026年12月31日。", "valid_until", date(2026, 12, 31)),
        ("本规划实施期为2026年至2030年。", "period", Period(2026, 2030)),
        ("规划期限:2024—2028年。", "period", Period(2024, 2028)),
        ("“十三五”规划实施期间2016—2020年成效明显。", "period", None),
        ("本市供水办法自2019年1月1日起施行。", "effective", None),
        ("自2019年1月1日起施行的《旧办法》同时废止。", "effective", None),
    ],
)
def test_a_plan_says_its_own_terms(sentence: str, name: str, value: object):
    """Whatever it calls itself; other documents' days are passed over."""
    assert said(f"某某事项\n{sentence}\n").get(name) == value
