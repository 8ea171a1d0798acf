"""Whether a quote holds the kind of fact asked for."""

import pytest

from retrieval.satisfies import lacking
from retrieval.types import FactKind


@pytest.mark.parametrize(
    ("kind", "quote"),
    [
        (FactKind.AMOUNT, "企业退休人员月人均养老金2421元"),
        (FactKind.AMOUNT, "给予五千元一次性补贴"),
        (FactKind.AMOUNT, "处1万元以上5万元以下的罚款"),
        (FactKind.AMOUNT, "应当每月支付二倍的工资"),
        (FactKind.AMOUNT, "十级为7个月的本人工资"),
        (FactKind.AMOUNT, "按照当地最低工资标准的百分之八十确定"),
        (FactKind.AMOUNT, "仲裁不收费"),
        (FactKind.AMOUNT, "一等奖20万元"),
        (FactKind.TELEPHONE, "可拨打12333咨询"),
        (FactKind.TELEPHONE, "电话:0710-3512345"),
        (FactKind.MATERIAL, "申请人应当提交身份证复印件"),
        (FactKind.PROCEDURE, "通过支付宝等渠道掌上申办,自行申请"),
        (FactKind.DATE, "在确认一个月内至少一人实现就业"),
        (FactKind.COUNT, "全市建成8个零工市场"),
        (FactKind.SHARE, "结案率达到95%以上"),
        (FactKind.SHARE, "按缴费基数的七成发放"),
        (FactKind.DATE, "某市人民政府 2021.12.30"),
        (FactKind.SITE, "服务大厅位于长江路12号"),
        (FactKind.SITE, "在经济开发区建设公共实训基地"),
        (FactKind.REASON, "考虑到企业用工减少,目标相应调低"),
    ],
)
def test_a_quote_that_holds_it(kind: FactKind, quote: str):
    """The form of the fact stands in the words."""
    assert lacking(frozenset({kind}), [quote]) == ()


@pytest.mark.parametrize(
    ("kind", "quote"),
    [
        (FactKind.AMOUNT, "按规定落实创业担保贷款政策"),
        (FactKind.AMOUNT, "支出24019.22万元"),
        (FactKind.AMOUNT, "见习期限为6个月"),
        (FactKind.TELEPHONE, "畅通农民工欠薪举报投诉渠道"),
        (FactKind.TELEPHONE, "新增就业18000人,2025年"),
        (FactKind.MATERIAL, "探索建立工伤认定合作机制"),
        (FactKind.PROCEDURE, "按规定落实创业奖补政策"),
        (FactKind.DATE, "推进仲裁流动庭建设"),
        (FactKind.SHARE, "集体协商覆盖面持续扩大"),
        (FactKind.SHARE, "优化中高级岗位结构比例,成立领导小组"),
        (FactKind.DATE, "按照3.0版本的服务事项清单"),
        (FactKind.SITE, "建成8个零工市场综合服务平台"),
        (FactKind.REASON, "年均帮助成功创业450人"),
    ],
)
def test_a_quote_that_does_not(kind: FactKind, quote: str):
    """Mentioning the subject is not stating the fact."""
    assert lacking(frozenset({kind}), [quote]) == (kind,)


def test_kinds_without_a_form_are_not_judged():
    """Whether a sentence tells who is responsible cannot be told from its form."""
    assert lacking(frozenset({FactKind.RESPONSIBLE, FactKind.OPEN, FactKind.YES_NO}), ["任何一句话"]) == ()


def test_one_quote_of_several_is_enough():
    """The fact may stand in any of them."""
    assert lacking(frozenset({FactKind.AMOUNT}), ["没有数", "补贴500元"]) == ()
