"""What the columns of a table mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.indicators.periods import MARK, Mark, find_marks
from index.indicators.units import is_unit
from index.types import Role


class ColumnKind(StrEnum):
    """What a column holds; ``OTHER`` (notes, responsible offices) states no value of the row."""

    INDEX = "index"
    CATEGORY = "category"
    NAME = "name"
    ATTRIBUTE = "attribute"
    UNIT = "unit"
    VALUE = "value"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: for values its role, the time its head names and the unit it prints, each empty where it says none.

    ``measure`` is set where the head itself measures something of the row: 总投资(亿元), 年均增速(%).
    """

    kind: ColumnKind
    head: str = ""
    role: Role | None = None
    mark: Mark | None = None
    unit: str = ""
    measure: str = ""


_ATTRIBUTE_CELL = re.compile(r"约束性|预期性|指导性|引导性|参考性|约束|预期")
_BLANK = frozenset({"", "-", "—", "——", "/", "\\", "－", "–", "无", "…"})
# A row that prints a number is no header; a year may be one.
BARE_NUMBER = re.compile(r"[<>=≤≥〔\[]?\d[\d.,]*%?[〕\]]?(?:以上|以下|以内|左右)?")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_HAN = re.compile(r"[一-龥]")
_BLANKS = re.compile(r"\s+")

_MEASURE_HEAD = re.compile(
    r"(?:人数|人次|户数|家数|个数|天数|场数|数量|总量|总数|总额|金额|额度|限额|定额|标准|面积|规模|产量|产值|收入|里程|"
    r"占比|比例|比重|率|分值|得分|权重|费用|名额|编制数|学位数|床位数|岗位数|投资)$"
)
# Columns of numbers that measure nothing.
_NEVER_MEASURED = re.compile(
    r"编号|代码|编码|号码|电话|手机|传真|邮编|邮政|邮箱|网址|网站|地址|地点|文号|账号|帐号|卡号|证号|身份证|日期|时间|"
    r"时限|年份|年度$|版本|页码|页数|排名|名次|备注|说明|含义|解释|公式|方法|来源|序"
)
_KINDS = (
    (ColumnKind.INDEX, re.compile(r"^(?:序号|编号|序|No\.?)$")),
    (ColumnKind.ATTRIBUTE, re.compile(r"属性|性质|指标类型")),
    (ColumnKind.UNIT, re.compile(r"^(?:计量)?单位(?:名称)?$")),
    (
        ColumnKind.OTHER,
        re.compile(r"备注|说明|含义|责任|牵头|部门|单位|地点|来源|时间|时限|进度安排|电话|地址|联系"),
    ),
    (ColumnKind.CATEGORY, re.compile(r"^(?:指标)?(?:类别|分类|类型|领域|一级指标|大类|维度|方面)$")),
    (
        ColumnKind.VALUE,
        re.compile(
            r"基准|基期|现状|现值|目标|规划值|预期值|计划|完成|实际|实绩|年均|增速|累计|数值|数量|指标值|实现值|达到|评价标准|标准值"
        ),
    ),
    (ColumnKind.NAME, re.compile(r"指标|名称|项目|内容|事项")),
)
_ROLES = (
    (Role.BASELINE, re.compile(r"基准|基期|基数|现状|现值")),
    (Role.ACTUAL, re.compile(r"完成(?!目标)|实际|实绩|实现值|达到情况|执行")),
    (Role.TARGET, re.compile(r"目标|规划|预期|计划|任务|年均|增速|累计")),
)
# 具体措施 over 每年培训不少于500人: what is done, not what is measured
_DEEDS = re.compile(r"(?:措施|举措|做法|内容)$")
_OWN_MEASURE = re.compile(r"增速|增长率|增幅")
_HEAD_UNIT = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]")
_TIME = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', MARK.pattern)})[年末底度初]*")
_LEVEL = re.compile(r"[二三四五]级指标")
# A head is a label; a longer cell is text, and so is one that ends a sentence or prints a share: 到2035年达到90%。
_MAX_HEAD = 30
_NO_HEAD = re.compile(r"[。;]|\d\s?[%‰]")


def is_blank(cell: str) -> bool:
    """Whether a cell states nothing: empty, a dash, a slash."""
    return cell in _BLANK


def is_attribute(cell: str) -> bool:
    """Whether a cell is an attribute such as 约束性."""
    return _ATTRIBUTE_CELL.fullmatch(cell) is not None


def is_label(cell: str) -> bool:
    """Whether a cell is words rather than an attribute or a unit."""
    return bool(_HAN.search(cell)) and not (is_attribute(cell) or is_unit(cell))


def squeeze_label(text: str) -> str:
    """Return a label without the blanks that spread its characters over the width or the lines of its cell."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text).strip()


def unit_in(head: str) -> str:
    """Return the unit a head or a name prints in brackets, ``参保人数(万人)``; "" where none."""
    return next((m[1] for m in _HEAD_UNIT.finditer(head) if is_unit(m[1])), "")


def without_unit(head: str) -> str:
    """Return a head or a name without the unit it prints in brackets."""
    unit = unit_in(head)
    return head.replace(f"({unit})", "").replace(f"[{unit}]", "") if unit else head


def _kind(head: str) -> ColumnKind:
    if MARK.match(head):
        return ColumnKind.VALUE
    if _MEASURE_HEAD.search(head):
        # 用人单位缴费比例 measures; the words that make a column something else only stand in it.
        found = next((kind for kind, pattern in _KINDS if pattern.search(head)), ColumnKind.OTHER)
        return ColumnKind.OTHER if found is ColumnKind.NAME else found
    return next((kind for kind, pattern in _KINDS if pattern.search(head)), ColumnKind.OTHER)


def _measure(parts: Sequence[str], kinds: Sequence[ColumnKind]) -> str:
    """Join the levels of a head that measure something of the row: 最高支付限额 over 职工医保, but not over 2025年."""
    measures = []
    for part, kind in zip(parts, kinds, strict=True):
        bare = _HEAD_UNIT.sub("", part).strip() or part
        timed = _TIME.match(bare)
        rest = bare[timed.end() :] if timed else bare
        stated = kind is ColumnKind.OTHER and not _DEEDS.search(rest)
        if stated or _OWN_MEASURE.search(rest) or (timed and _MEASURE_HEAD.search(rest)):
            measures.append(rest)
    return "".join(measures)


def read_column(parts: Sequence[str], counted: bool = False) -> Column:
    """Read what the levels of a head say, the outermost first: the column's kind, for values role, time and unit.

    :param counted: the cells below are numbers, so that a head of no known kind measures them
    """
    head = "".join(parts)
    kinds = [_kind(_HEAD_UNIT.sub("", part).strip() or part) for part in parts]
    kind = next((kind for kind in reversed(kinds) if kind is not ColumnKind.OTHER), ColumnKind.OTHER)
    unit = unit_in(head)
    if kind is ColumnKind.OTHER and parts and not _NEVER_MEASURED.search(_HEAD_UNIT.sub("", head)):
        kind = ColumnKind.VALUE if unit or counted else kind
    if kind is not ColumnKind.VALUE:
        return Column(kind, head)
    role = next((role for role, pattern in _ROLES if pattern.search(head)), None)
    mark = next(find_marks(head, 0, len(head)), None)
    return Column(ColumnKind.VALUE, head, role, mark, unit, _measure(parts, kinds))


def _name_at(columns: Sequence[Column]) -> int | None:
    """Return the name column: the last level of indicators, else the one headed 指标, else the first."""
    names = [at for at, column in enumerate(columns) if column.kind is ColumnKind.NAME]
    first_value = next((at for at, column in enumerate(columns) if column.kind is ColumnKind.VALUE), 0)
    if not names:
        others = [at for at in range(first_value) if columns[at].kind is ColumnKind.OTHER]
        labels = [at for at in range(first_value) if columns[at].kind is ColumnKind.CATEGORY]
        return next(iter([*others, *labels]), None)
    if levels := [at for at in names if _LEVEL.search(columns[at].head)]:
        return levels[-1]
    first = next((at for at in names if "指标" in columns[at].head), names[0])
    # one head over two columns: 指标 above 空气质量 | 优良天数比率
    return max(at for at in names if columns[at].head == columns[first].head and at - first <= 1)


def with_name(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Settle on one name column; those before it are categories, those after it are read over.

    Where no head says what is named, an unnamed first column stands in for it, else the category.
    """
    at = _name_at(columns)
    if at is None:
        return tuple(columns)
    settled = list(columns)
    for i, column in enumerate(columns):
        if i == at:
            settled[i] = replace(column, kind=ColumnKind.NAME)
        elif column.kind is ColumnKind.NAME:
            settled[i] = replace(column, kind=ColumnKind.CATEGORY if i < at else ColumnKind.OTHER)
    return tuple(settled)


def clean_head(text: str) -> str:
    """Return a head without blanks; a bare year becomes a year: 2025 → 2025年."""
    text = _BLANKS.sub("", text)
    return f"{text}年" if _BARE_YEAR.fullmatch(text) else text


def is_head(text: str) -> bool:
    """Whether a cell may stand in a header: a label, no number, no attribute, no sentence."""
    return not (
        len(text) > _MAX_HEAD or is_attribute(text) or BARE_NUMBER.fullmatch(text) or _NO_HEAD.search(text)
    )
