"""Whole documents of other kinds than the shipped plans: a law, a notice, a plan in parts, one without line ends."""

import pytest

from index.tree import parse

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) != "|"}

LAW = """某某市学前教育条例
目  录
第一章  总则
第二章  规划与建设
第一章  总则
第一条  为了规范学前教育,保障适龄儿童权利,制定本条例。
第二条  【适用范围】本条例适用于本市。
本条例所称学前教育,是指入小学前儿童的教育。
第二章  规划与建设
第三条  有下列情形之一的,不得举办幼儿园:
(一)选址不符合安全要求;
(二)没有办学资金,依照第二条规定:1.不足五十万元;2.来源不明。
第四条  违反本条例第三条规定的,责令改正。"""

NOTICE = """关于做好就业工作的通知
各县(市、区)人民政府,市政府各部门:
现通知如下:
一、拓宽渠道
1.鼓励企业吸纳就业。一次性补贴:(1)中小微企业1000元;(2)其他企业500元。
(1)补贴对象。招用毕业生的企业。
①签订劳动合同;
②缴纳社会保险费。
(2)申请材料
营业执照。
2.2022年底前完成招聘。
二、组织保障
各地要高度重视。
附件:1.补贴申请表
2.政策清单"""

PLAN = """第一篇 发展环境
第一章 发展基础
成效明显。
专栏1 主要成就
1.经济翻番。
2.人口增长5%。
第二章 形势
第二篇 主要任务
第三章 就业
第一节 扩大就业
一、增加岗位
(一)发展产业。壮大产业集群。
重点任务:
1.建设园区;
2.招商引资。
保障措施:1.加强领导。2.加大投入。
(二)扶持创业。落实贷款政策。
附表1 主要指标
指标 | 2020年 | 2025年 |
新增就业 | 5 | 6 |
第二节 提升技能
附件1
实施方案
一、目标
(一)总体目标
到2025年基本完成。"""

GLUED = """一、总体要求
(一)指导思想。以人民为中心。(二)基本原则。坚持改革。包括:1.优先;2.公平。
(三)主要目标。建成体系。二、主要任务
1.扩大就业。发展产业。2.提升技能。开展培训。
3.完善服务。优化流程。"""


def outline(text: str) -> list[tuple[str, str]]:
    """List the paths and headings of a text's clauses."""
    return [(clause.path, clause.heading) for clause in parse("x", text)[1:]]


LAW_OUTLINE = [
    ("第一章", "总则"),
    ("第一章/第一条", ""),
    ("第一章/第二条", "适用范围"),
    ("第二章", "规划与建设"),
    ("第二章/第三条", ""),
    ("第二章/第三条/(一)", ""),
    ("第二章/第三条/(二)", ""),
    ("第二章/第四条", ""),
]


@pytest.mark.parametrize("text", [LAW, LAW.translate(WIDE)], ids=["half width", "full width"])
def test_a_law(text: str):
    """Articles run through the chapters, the table of contents and cited articles are no clauses."""
    assert outline(text) == LAW_OUTLINE


def test_a_notice():
    """一、 1. (1) ① nest; a list inside a sentence and the salutation are text; the annexes are a list."""
    assert outline(NOTICE) == [
        ("一", "拓宽渠道"),
        ("一/1", "鼓励企业吸纳就业"),
        ("一/1/(1)", "补贴对象"),
        ("一/1/(1)/①", ""),
        ("一/1/(1)/②", ""),
        ("一/1/(2)", "申请材料"),
        ("一/2", ""),
        ("二", "组织保障"),
        ("附件", ""),
        ("附件/1", ""),
        ("附件/2", ""),
    ]


def test_a_plan_with_boxes_labels_tables_and_annexes():
    """A box and a table stand where they are printed, an annex with its own numbering at the root."""
    assert outline(PLAN) == [
        ("第一篇", "发展环境"),
        ("第一篇/第一章", "发展基础"),
        ("第一篇/第一章/专栏1", "主要成就"),
        ("第一篇/第一章/专栏1/1", ""),
        ("第一篇/第一章/专栏1/2", ""),
        ("第一篇/第二章", "形势"),
        ("第二篇", "主要任务"),
        ("第二篇/第三章", "就业"),
        ("第二篇/第三章/第一节", "扩大就业"),
        ("第二篇/第三章/第一节/一", "增加岗位"),
        ("第二篇/第三章/第一节/一/(一)", "发展产业"),
        ("第二篇/第三章/第一节/一/(一)/重点任务", ""),
        ("第二篇/第三章/第一节/一/(一)/重点任务/1", ""),
        ("第二篇/第三章/第一节/一/(一)/重点任务/2", ""),
        ("第二篇/第三章/第一节/一/(一)/保障措施", ""),
        ("第二篇/第三章/第一节/一/(一)/保障措施/1", ""),
        ("第二篇/第三章/第一节/一/(一)/保障措施/2", ""),
        ("第二篇/第三章/第一节/一/(二)", "扶持创业"),
        ("第二篇/第三章/第一节/一/(二)/附表1", "主要指标"),
        ("第二篇/第三章/第二节", "提升技能"),
        ("附件1", "实施方案"),
        ("附件1/一", "目标"),
        ("附件1/一/(一)", "总体目标"),
    ]


def test_markers_glued_to_the_line_before():
    """Clauses that lost their line ends are found by the run they belong to."""
    assert outline(GLUED) == [
        ("一", "总体要求"),
        ("一/(一)", "指导思想"),
        ("一/(二)", "基本原则"),
        ("一/(三)", "主要目标"),
        ("二", "主要任务"),
        ("二/1", "扩大就业"),
        ("二/2", "提升技能"),
        ("二/3", "完善服务"),
    ]
