"""What stands behind a list: of which clause it is, and that it stays where it may be the item's own."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.diff import compare_versions
from index.passages import split
from index.recipe import read_version
from index.settings import IndexSettings
from index.stretches import stretches
from index.tree import parse
from index.types import Document, Span

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) != "|"}


def cited(text: str) -> dict[str, str]:
    """Return where each sentence of a text is cited: the clause's path by the sentence's words."""
    clauses = parse("x", text)
    return {p.span.of(text): p.clause for p in split("x", "某市规划", text, clauses, 300)}


def clause_of(text: str, words: str) -> str:
    """Return the path of the clause whose passage begins with some words."""
    return next(path for sentence, path in cited(text).items() if sentence.startswith(words))


GOALS = """第二节 发展目标
到2030年,公共文化服务体系更加健全,实现以下目标:
——设施更完善。建成图书馆12座。
——供给更丰富。每年送戏下乡600场。
展望2035年,建成文化强市。
第三节 措施"""
MEASURES = """二、重点任务
(一)壮大养殖产业
1.建设牧场。新建标准化牧场8个。
2.培育企业。培育龙头企业5家。
牵头单位:县畜牧局;配合单位:县财政局
(二)发展冷链物流
1.建设冷库。新增库容2万吨。
2.购置车辆。购置冷藏车60辆。
(县商务局牵头,县交通运输局配合)
三、保障措施
(一)加强领导。成立专班。
(二)严格考核。纳入年度考核。
本实施方案自2024年5月1日起施行,有效期3年。"""
ARTICLE = """第九条 申请人有下列情形之一的,不予登记:
(一)材料不全;
(二)逾期未补正;
(三)法律规定的其他情形。
登记机关不予登记的,应当书面说明理由。
申请人应当提交下列材料:
(一)申请书;
(二)身份证明。
材料齐全的,当场受理。
第十条 本办法自公布之日起施行。"""
NOTICE = """关于做好防汛工作的通知
各镇人民政府:
现就有关事项通知如下:
一、落实责任。各镇要明确责任人。
二、备足物资。各镇要储备沙袋。
三、加强值守。实行24小时值班。
各镇于6月1日前报送预案。
特此通知。
南湖县人民政府办公室
二〇二四年五月八日
(此件公开发布)"""


@pytest.mark.parametrize("width", ["half", "full"])
@pytest.mark.parametrize(
    ("text", "words", "path"),
    [
        (GOALS, "展望2035年", "第二节"),
        (GOALS, "供给更丰富", "第二节/——2"),
        (MEASURES, "牵头单位", "二/(一)"),
        (MEASURES, "(县商务局", "二/(二)"),
        (MEASURES, "培育企业", "二/(一)/2"),
        (MEASURES, "本实施方案自", "三"),
        (ARTICLE, "登记机关不予登记", "第九条"),
        (ARTICLE, "申请人应当提交", "第九条"),
        (ARTICLE, "身份证明", "第九条/(二)#2"),
        (ARTICLE, "材料齐全的", "第九条"),
        (NOTICE, "加强值守", "三"),
        (NOTICE, "各镇于6月1日", ""),
        (NOTICE, "特此通知", ""),
        (NOTICE, "南湖县人民政府办公室", ""),
        (NOTICE, "二〇二四年", ""),
    ],
)
def test_what_stands_behind_a_list_is_of_the_clause_that_holds_it(
    text: str, words: str, path: str, width: str
):
    """A later goal, who is responsible, an article's further paragraph, a notice's last words and its signature."""
    if width == "half":
        assert clause_of(text, words) == path
    else:
        assert clause_of(text.translate(WIDE), words.translate(WIDE)) == path


@pytest.mark.parametrize(
    ("text", "words", "path"),
    [
        # each item has a second paragraph
        ("一、任务\n现部署如下。\n1.甲。建甲。\n甲要快。\n2.乙。建乙。\n乙要好。\n", "乙要好", "一/2"),
        ("一、任务\n1.甲。建甲。\n责任单位:甲局\n2.乙。建乙。\n责任单位:乙局\n", "责任单位:乙局", "一/2"),
        # some items elsewhere have
        (
            "一、任务\n现部署如下。\n1.甲。建甲。\n甲要快。\n2.乙。建乙。\n二、保障\n现要求如下。\n1.丙。\n2.丁。做丁。\n丁要好。\n",
            "丁要好",
            "二/2",
        ),
        # the clause above says nothing but its title
        (
            "一、总体要求\n(一)思想。以甲为指导。\n(二)原则。坚持乙。\n(三)目标。建成丙。\n全面建成丁。\n",
            "全面建成丁",
            "一/(三)",
        ),
        # the last item begins with the nearer year
        (
            "一、要求\n全市要落实。\n(一)思想。以甲为指导。\n(二)原则。坚持乙。\n(三)目标。到2025年建成。\n到2035年全面建成。\n",
            "到2035年",
            "一/(三)",
        ),
        # the thought goes on
        (
            "一、任务\n现部署如下。\n1.甲。建甲。\n2.乙。建乙。\n3.丙。建丙。\n同时,丙要好。\n",
            "同时",
            "一/3",
        ),
        # it is only a title without it
        ("一、任务\n现部署如下。\n1.甲。建甲。\n2.附则\n本办法自印发之日起施行。\n", "本办法自", "一/2"),
        # it leads what follows
        ("一、任务\n现部署如下。\n1.甲。建甲。\n2.乙。建乙。\n3.丙包括:\n丙一和丙二。\n", "丙一", "一/3"),
        # one item alone shows nothing
        ("一、任务\n现部署如下。\n1.甲。建甲。\n甲要快。\n二、保障", "甲要快", "一/1"),
        # a line that broke off
        ("一、任务\n现部署如下。\n1.建甲。\n2.建乙。\n3.建设丙和\n丁。\n", "丁。", "一/3"),
    ],
)
def test_a_paragraph_that_may_be_the_items_own_stays(text: str, words: str, path: str):
    """Only a list whose other items have one paragraph each, below a clause with words of its own, shows where it ends."""
    assert clause_of(text, words) == path


def test_a_box_behind_a_list_stands_beside_it():
    """With all it holds, under the clause that has a heading line; the paragraph before it too."""
    text = (
        f"{GOALS[: GOALS.index('第三节')]}专栏4 文化工程\n1.建馆。建馆3座。\n2.送戏。送戏600场。\n第三节 措施"
    )
    assert [c.path for c in parse("x", text)][1:] == [
        "第二节",
        "第二节/——1",
        "第二节/——2",
        "第二节/专栏4",
        "第二节/专栏4/1",
        "第二节/专栏4/2",
        "第三节",
    ]
    assert clause_of(text, "展望2035年") == "第二节"


def test_a_box_stays_in_an_item_whose_list_goes_on():
    """And in the last one, where the others have boxes too."""
    text = "第一节 任务\n(一)甲。建甲。\n专栏1 甲工程\n1.子。\n2.丑。\n(二)乙。建乙。\n专栏2 乙工程\n1.寅。\n2.卯。\n第二节 保障"
    assert [c.path for c in parse("x", text) if "专栏" in c.path] == [
        "第一节/(一)/专栏1",
        "第一节/(一)/专栏1/1",
        "第一节/(一)/专栏1/2",
        "第一节/(二)/专栏2",
        "第一节/(二)/专栏2/1",
        "第一节/(二)/专栏2/2",
    ]


@pytest.mark.parametrize("title", ["名词解释", "专业术语解释:", "有关名词注释", "指标解释", "注释:"])
def test_what_explains_the_words_is_a_clause_of_its_own(title: str):
    """Behind the last list of a plan, with its entries below it."""
    text = f"五、保障\n(一)甲。加强甲。\n(二)乙。加大乙。\n{title}\n1.丙:指丁。\n2.戊:指己。\n"
    name = title.rstrip(":")
    assert [(c.path, c.heading) for c in parse("x", text)[1:]] == [
        ("五", "保障"),
        ("五/(一)", "甲"),
        ("五/(二)", "乙"),
        (name, name),
        (f"{name}/1", ""),
        (f"{name}/2", ""),
    ]
    for line in ("名词解释工作要做好。", "注释是必要的。", "名词解释:见附件。"):
        assert cited(f"一、任务\n{line}\n")[line] == "一"


def test_footnotes_at_the_end_are_the_documents():
    """Not those of a page in the middle, behind which the clause goes on."""
    text = "第一章 任务\n推进甲[1]。\n第二章 保障\n加强乙[2]。\n[1]甲:指丙。\n[2]乙:指丁。\n"
    assert clause_of(text, "[1]甲") == clause_of(text, "[2]乙") == ""
    middle = "第一章 任务\n推进甲[1]。\n[1]甲:指丙。\n落实丁。\n第二章 保障\n"
    assert clause_of(middle, "[1]甲") == clause_of(middle, "落实丁") == "第一章"


def test_the_end_of_an_annex_is_the_annexs():
    """Its last words are not the document's."""
    text = "一、甲。\n附件1\n方案\n一、子。\n二、丑。\n特此通知。\n附件2\n名单\n"
    assert clause_of(text, "特此通知") == "附件1"


def test_each_list_of_an_article_has_its_own_lead_in():
    """The second list is indexed with the line before it; a paragraph behind a list without one."""
    indexed = {p.span.of(ARTICLE): p.indexed_text for p in split("x", "", ARTICLE, parse("x", ARTICLE), 300)}
    assert indexed["材料不全;"] == "申请人有下列情形之一的,不予登记 材料不全;"
    assert indexed["身份证明。"] == "申请人应当提交下列材料 身份证明。"
    assert indexed["材料齐全的,当场受理。"] == "材料齐全的,当场受理。"


def test_a_dash_alone_is_a_cell_not_an_item():
    """It stands for no value in a table that lost its rows."""
    text = "一、目标\n——甲。建甲。\n——乙。建乙。\n指标\n—\n约束性\n"
    assert [c.path for c in parse("x", text)] == ["", "一", "一/——1", "一/——2"]


@pytest.mark.parametrize(("tail", "changed"), [("展望2035年,建成文化名城。", ["第二节"]), ("", ["第二节"])])
def test_a_changed_tail_is_a_difference(tmp_path, tail: str, changed: list[str]):
    """It is compared with the clause that holds the list."""
    versions = []
    for name, text in (("a.txt", GOALS), ("b.txt", GOALS.replace("展望2035年,建成文化强市。", tail))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        document = Document("x", "某市规划", "某市", (), None, None, None, None, name, "0" * 64)
        versions.append(read_version(tmp_path, document, IndexSettings()))
    difference = compare_versions(*versions)
    assert [change.path for change in difference.changed] == changed
    assert not difference.added
    assert not difference.removed


LINES = st.sampled_from(
    [
        *("第一章 总则", "第二节 目标", "第三条 有下列情形的:", "一、目标", "二、任务", "到2025年,建成甲。"),
        *(
            "(一)扶持。落实。",
            "(二)贷款;",
            "(三)补贴。",
            "1.甲。建甲。",
            "2.乙。建乙。",
            "3.丙",
            "——稳定。做稳。",
        ),
        *(
            "——提升。做优。",
            "到2035年,建成乙。",
            "责任单位:甲局",
            "前款规定的甲。",
            "专栏1 工程",
            "名词解释",
            "注:甲",
        ),
        *(
            "某市人民政府",
            "2024年3月4日",
            "特此通知。",
            "[1]甲:指乙。",
            "甲|乙|丙|",
            "就业",
            "同时,做好丁。",
            "附件1",
            "",
        ),
    ]
)


def shares(text: str) -> Iterator[Span]:
    yield from (span for _, span in stretches(parse("x", text)))


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_every_word_is_of_one_clause(text: str):
    """The clauses' stretches lie side by side, from the first word to the last, and passages in the clause they cite."""
    spans = list(shares(text))
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    words = "".join(span.of(text) for span in spans)
    assert "".join(words.split()) == "".join(text.split())
    by_path: dict[str, list[Span]] = {}
    for clause, span in stretches(parse("x", text)):
        by_path.setdefault(clause.path, []).append(span)
    for passage in split("x", "", text, parse("x", text), 300):
        assert any(passage.span in span for span in by_path[passage.clause])
