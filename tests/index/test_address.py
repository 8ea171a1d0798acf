from pathlib import Path

import pytest

from index.address import display, find, mentions, neighbours
from index.readers import read
from index.tree import parse
from index.types import Clause

CORPUS = Path(__file__).parents[2] / "docs_corpus"
LAW = "第一章 总则\n第一条 甲。\n第二条 乙:\n(一)子;\n(二)丑。\n第二章 附则\n第三条 丙。"


CODE = (
    "第九百九十九条 甲。\n第一千条 乙。\n第一千一百四十二条 丙:\n(一)子;\n(二)丑。\n第一千一百四十二条之一 丁。\n"
    "第一千一百四十二条之二 戊。\n第一千二百六十条 己。"
)


@pytest.fixture(scope="module")
def trees() -> dict[str, tuple[Clause, ...]]:
    """The clause trees of a law, of a code with articles put in later, and of the shipped plans."""
    names = ("qingpu", "xiangyang")
    return {"law": parse("law", LAW), "code": parse("code", CODE)} | {
        n: parse(n, read(CORPUS / f"{n}.txt").text) for n in names
    }


@pytest.mark.parametrize(
    ("document", "address", "paths"),
    [
        ("qingpu", "三(一)3", ["三/(一)/3"]),
        ("qingpu", "三、(一)3.", ["三/(一)/3"]),
        ("qingpu", "三\uff08一\uff09\uff13", ["三/(一)/3"]),
        ("qingpu", "三/(一)/3", ["三/(一)/3"]),
        ("qingpu", "第三部分(四)第3点", ["三/(四)/3"]),
        ("qingpu", "第3部分(4)3", ["三/(四)/3"]),
        ("qingpu", "(四)3", ["三/(四)/3"]),
        ("qingpu", "二(三)表1", ["二/(三)/表1"]),
        ("qingpu", "四", ["四"]),
        ("qingpu", "第十条", []),
        ("qingpu", "第三条", []),
        ("xiangyang", "第三章第三节(四)具体路径3", ["第三章/第三节/(四)/具体路径/3"]),
        ("xiangyang", "第三章/第三节/(四)/具体路径/3", ["第三章/第三节/(四)/具体路径/3"]),
        ("xiangyang", "第3章第3节(四)3", ["第三章/第三节/(四)/具体路径/3"]),
        ("xiangyang", "第 三 章 第 三 节 (四) 3", ["第三章/第三节/(四)/具体路径/3"]),
        ("xiangyang", "第六章第三节(三)2", ["第六章/第三节/(三)/具体路径/2"]),
        ("xiangyang", "第六章(三)2", ["第六章/第三节/(三)/具体路径/2"]),
        ("xiangyang", "第四章", ["第四章"]),
        ("xiangyang", "第八节", ["第八章/第八节"]),
        ("xiangyang", "第三节(五)", [f"第{n}章/第三节/(五)" for n in "三四五七"]),
        ("xiangyang", "第一章第一节——2", ["第一章/第一节/——2"]),
        ("xiangyang", "三(一)3", []),
        ("law", "第二条", ["第一章/第二条"]),
        ("law", "第2条(二)", ["第一章/第二条/(二)"]),
        ("law", "第二条第二项", ["第一章/第二条/(二)"]),
        ("code", "第一千条", ["第一千条"]),
        ("code", "第1142条", ["第一千一百四十二条"]),
        ("code", "第一千一百四十二条第二项", ["第一千一百四十二条/(二)"]),
        ("code", "第一千一百四十二条之一", ["第一千一百四十二条之一"]),
        ("code", "第1142条之2", ["第一千一百四十二条之二"]),
        ("code", "第一千一百四十二条之三", []),
        ("law", "", []),
        ("law", "补贴", []),
    ],
)
def test_an_address_finds_its_clauses(
    trees: dict[str, tuple[Clause, ...]], document: str, address: str, paths: list[str]
):
    """Widths, numerals, blanks, labels and outer levels do not matter."""
    assert [clause.path for clause in find(trees[document], address)] == paths


def test_what_display_writes_is_found_again(trees: dict[str, tuple[Clause, ...]]):
    """Every clause of every document is found by its printed address."""
    for clauses in trees.values():
        assert [find(clauses, display(c.path))[0].path for c in clauses[1:]] == [c.path for c in clauses[1:]]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("第三章/第三节/(四)/具体路径/3", "第三章第三节(四)具体路径3"),
        ("三/(一)/3", "三(一)3"),
        ("第十条", "第十条"),
        ("附件1/1", "附件1-1"),
        ("附件/1", "附件-1"),
        ("专栏/一", "专栏-一"),
        ("名词解释/1", "名词解释1"),
        ("二/(三)/表1", "二(三)表1"),
        ("", "正文"),
    ],
)
def test_display(path: str, address: str):
    """A path is written as a person writes it; numerals that would touch are kept apart."""
    assert display(path) == address


@pytest.mark.parametrize(
    ("question", "addresses"),
    [
        ("襄阳规划第五章第三节(六)具体路径2说的啥", ["第五章第三节(六)具体路径2"]),
        ("青浦规划第三部分(四)第3点,社保大厅怎么改", ["第三部分(四)第3点"]),
        ("第六章第三节(三)2讲什么", ["第六章第三节(三)2"]),
        ("三(一)3写了啥", ["三(一)3"]),
        ("三、(二)4.的内容", ["三、(二)4."]),
        ("三\uff08一\uff09\uff13写了啥", ["三\uff08一\uff09\uff13"]),
        ("第三章/第三节/(四)/具体路径/3", ["第三章/第三节/(四)/具体路径/3"]),
        ("第三章第三节(四)的具体路径第2点是什么", ["第三章第三节(四)的具体路径第2点"]),
        ("第三节和第四节有什么不同", ["第三节", "第四节"]),
        ("第三章3个目标是什么", ["第三章"]),
        ("第三章第二节(一)2025年的目标", ["第三章第二节(一)"]),
        ("十四五规划三(一)3", ["三(一)3"]),
        ("附件1里说了什么", ["附件1"]),
        ("《条例》第十条", ["第十条"]),
        ("规划五(二)3④原文", ["五(二)3④"]),
        ("第二章第四节六、3讲什么", ["第二章第四节六、3"]),
        ("第二章第四节六3", ["第二章第四节六3"]),
        ("第二章第四节 六.3写了啥", ["第二章第四节 六.3"]),
        ("第二章/第四节/六/3", ["第二章/第四节/六/3"]),
        ("第三篇第七章十二、(一)的内容", ["第三篇第七章十二、(一)"]),
        ("第二章第四节六讲什么", ["第二章第四节六"]),
        ("第二部分六①怎么说", ["第二部分六①"]),
        ("二、4的原文", ["二、4"]),
        ("附件-2是什么", ["附件-2"]),
        ("名词解释第3条", ["名词解释第3条"]),
        ("第三章三中全会精神怎么落实", ["第三章"]),
        ("第四章二级医院有几家", ["第四章"]),
        ("第二章三年内要做啥", ["第二章"]),
        ("第三章十四五目标", ["第三章"]),
        ("第一节三、四年级", ["第一节"]),
        ("一、2号线什么时候开", []),
        ("小学一、2年级作业", []),
        ("做好名词解释工作", []),
        ("第三代社保卡什么时候发", []),
        ("第一次就业有补贴吗", []),
        ("第46届世界技能大赛", []),
        ("2025年达到3.59%", []),
        ("十四五期间三年内一(个)目标", []),
        ("第三方机构和第二产业", []),
        ("", []),
    ],
)
def test_addresses_in_questions(question: str, addresses: list[str]):
    """Addresses are found as written; numbers that count something are left alone."""
    found = mentions(question)
    assert [mention.text for mention in found] == addresses
    assert [mention.span.of(question) for mention in found] == addresses


ANNEXES = "一、甲。\n附件:\n1.分工表\n2.目录\n"


@pytest.mark.parametrize(
    ("text", "address", "paths"),
    [
        (f"{ANNEXES}附件1\n分工表\n一、子。\n附件2\n目录", "附件1", ["附件1"]),
        (f"{ANNEXES}附件1\n分工表\n一、子。\n附件2\n目录", "附件二", ["附件2"]),
        (f"{ANNEXES}附件1\n分工表\n一、子。\n附件2\n目录", "附件-1", ["附件/1"]),
        (f"{ANNEXES}附件1\n分工表\n一、子。\n附件2\n目录", "附件1一", ["附件1/一"]),
        (ANNEXES, "附件1", ["附件/1"]),
        (ANNEXES, "附件二", ["附件/2"]),
        (ANNEXES, "附件3", []),
    ],
)
def test_an_annex_goes_before_the_line_that_lists_it(text: str, address: str, paths: list[str]):
    """附件1 is the annex of that name; only where there is none the first of those listed."""
    assert [clause.path for clause in find(parse("x", text), address)] == paths


@pytest.mark.parametrize(
    "address", ["第一章第一节二3", "第一章第一节二、3", "第1章第1节㈡2", "第一章第一节二1④"]
)
def test_an_address_of_nothing_finds_nothing(address: str):
    """It is not answered with the clause above."""
    text = "第一章 甲\n第一节 乙\n一、丙。\n二、丁\n1.子\n①寅;\n②卯。\n2.丑。"
    assert find(parse("x", text), address) == ()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("第一章第一节二、1②", "第一章/第一节/二/1/②"),
        ("二1②", "第一章/第一节/二/1/②"),
        ("第一节二⒉", "第一章/第一节/二/2"),
    ],
)
def test_signs_are_numbers(address: str, path: str):
    """A circled number is a level of its own, other signs are what they stand for."""
    text = "第一章 甲\n第一节 乙\n一、丙。\n二、丁\n1.子\n①寅;\n②卯。\n2.丑。"
    assert [clause.path for clause in find(parse("x", text), address)] == [path]


@pytest.mark.parametrize(
    ("document", "path", "before", "after"),
    [
        ("qingpu", "三/(一)/3", "三/(一)/2", "三/(一)/4"),
        ("qingpu", "三/(一)/1", "二/(三)/4", "三/(一)/2"),
        ("qingpu", "三/(一)", "二/(三)", "三/(二)"),
        (
            "xiangyang",
            "第三章/第三节/(四)/具体路径/3",
            "第三章/第三节/(四)/具体路径/2",
            "第三章/第三节/(五)/具体路径/1",
        ),
        ("law", "第一章", None, "第二章"),
        ("law", "第二章/第三条", "第一章/第二条", None),
        ("law", "", None, None),
    ],
)
def test_neighbours(
    trees: dict[str, tuple[Clause, ...]], document: str, path: str, before: str | None, after: str | None
):
    """Reading on goes to the sibling, else into the next clause above."""
    found = neighbours(trees[document], path)
    assert tuple(clause and clause.path for clause in found) == (before, after)


def test_neighbours_of_an_unknown_path(trees: dict[str, tuple[Clause, ...]]):
    """A path that names nothing is an error."""
    with pytest.raises(KeyError):
        neighbours(trees["law"], "第九章")
