import pytest

from index.markers import Kind, find_markers
from index.types import Span

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize(
    ("line", "kind", "ordinal", "segment"),
    [
        ("第一编 总则", Kind.BOOK, 1, "第一编"),
        ("第三部分 主要任务", Kind.PART, 3, "第三部分"),
        ("第十二章 附则", Kind.CHAPTER, 12, "第十二章"),
        ("第3章 就业", Kind.CHAPTER, 3, "第三章"),
        ("第 一 节 内 涵", Kind.SECTION, 1, "第一节"),
        ("第十条 为了规范学前教育,制定本条例。", Kind.ARTICLE, 10, "第十条"),
        ("第一千二百三十四条 违反国家规定。", Kind.ARTICLE, 1234, "第一千二百三十四条"),
        ("第一百三十三条之一 在道路上驾驶。", Kind.ARTICLE, 133, "第一百三十三条之一"),
        ("一、总体要求", Kind.HAN, 1, "一"),
        ("\u3000\u3000(四)支持就业。", Kind.HAN_PAREN, 4, "(四)"),
        ("㈢支持就业。", Kind.HAN_PAREN, 3, "(三)"),
        ("3.建设园区。", Kind.NUM, 3, "3"),
        ("3、建设园区。", Kind.NUM, 3, "3"),
        ("⒊建设园区。", Kind.NUM, 3, "3"),
        ("1.2021年底前完成。", Kind.NUM, 1, "1"),
        ("(2)材料。", Kind.NUM_PAREN, 2, "(2)"),
        ("⑵材料。", Kind.NUM_PAREN, 2, "(2)"),
        ("2)材料。", Kind.NUM_HALF, 2, "2)"),
        ("②材料。", Kind.CIRCLE, 2, "②"),
        ("——就业稳定。", Kind.DASH, 0, "——"),
        ("附件2", Kind.ANNEX, 2, "附件2"),
        ("附 表 主要指标", Kind.ANNEX, 0, "附表"),
        ("专栏一:重大工程", Kind.ANNEX, 1, "专栏1"),
    ],
)
@pytest.mark.parametrize("width", ["half", "full"])
def test_the_catalogue_knows_every_marker(line: str, kind: Kind, ordinal: int, segment: str, width: str):
    """Each marker is read in half and full width and gives one path segment."""
    (marker,) = find_markers(line if width == "half" else line.translate(WIDE))
    assert (marker.kind, marker.ordinal, marker.segment) == (kind, ordinal, segment)


@pytest.mark.parametrize(
    "text",
    [
        "2021.12.30",
        "1.593亿元专账资金",
        "3.0社保服务事项",
        "完善区级“1+1+N”体系。",
        "第三代社保卡",
        "第46届世界技能大赛",
        "补贴包括:(1)每人1000元;(2)每人500元。",
        "依照第三条。第四条规定的情形除外。",
        "各有关单位:\n经研究,现通知如下。",
        "附件要求提供的材料,应当齐全。",
        "— 12 —",
        "第三条之一般规定。",
        "责任单位:人社局",
        "",
    ],
)
def test_numbers_inside_sentences_are_no_markers(text: str):
    """Decimals, dates, names and lists inside a sentence open no clause."""
    assert find_markers(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("具体路径:1.建设园区。\n2.招商。", ["具体路径", "1.", "2."]),
        ("工作措施:\n(1)建设。\n(2)招商。", ["工作措施", "(1)", "(2)"]),
        ("附件:1.申请表\n2.清单", ["附件", "1.", "2."]),
        ("重点做好以下工作:\n1.建设。", ["1."]),
        ("第一章 总则 第一条 为了规范,制定本法。", ["第一章", "第一条"]),
        ("(一)思想。坚持。(二)原则。改革。\n(三)目标。", ["(一)", "(二)", "(三)"]),
        ("(2)对象。包括:(1)甲;(2)乙。\n(3)材料。", ["(2)", "(3)"]),
        ("第一条为了规范。\n第二条适用于本市。", ["第一条", "第二条"]),
    ],
)
def test_markers_behind_labels_and_sentences(text: str, printed: list[str]):
    """A label vouches for its list, a run of lines for a member that lost its line end."""
    assert [marker.text for marker in find_markers(text)] == printed


PASTED = (
    "关于支持企业的通知 各区政府: 现就有关事项通知如下: 一、减轻负担 (一)减免房租。承租国有房屋的免收一个月。"
    "包括:(1)厂房;(2)门面。 (二)降低电价。企业可缓缴电费。 二、金融支持。对小微企业的贷款贴息。(责任单位:金融办) "
    "3.0版系统另行通知。 三、稳定用工 不裁员的企业返还失业保险费,每满 2. 5年不算。"
    + "各部门要抓好落实。"
    * 40
)


def test_a_text_pasted_as_one_line_keeps_its_clauses():
    """Where a page lost its line ends, a run from one on vouches for itself; numbers inside sentences stay numbers."""
    printed = ["一、", "(一)", "(二)", "二、", "三、"]
    assert [marker.text for marker in find_markers(PASTED)] == printed
    assert find_markers(PASTED.replace("一、", "").replace("(一)", "")) == []


def test_a_marker_is_a_slice_and_hidden_spans_are_passed_over():
    """Spans count characters of the text; a hidden line gives nothing."""
    text = "一、甲\n二、乙\n三、丙"
    markers = find_markers(text, [Span(4, 7)])
    assert [(marker.span, marker.span.of(text)) for marker in markers] == [
        (Span(0, 2), "一、"),
        (Span(8, 10), "三、"),
    ]
