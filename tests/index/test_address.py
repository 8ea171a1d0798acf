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
