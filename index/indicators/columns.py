"""What the columns of a table mean, and which cell of a ragged row stands in which column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.indicators.periods import MARK, Mark, find_marks
from index.indicators.units import is_unit
from index.types import Role, Span


class ColumnKind(StrEnum):
    """What a column holds; ``OTHER`` (notes, responsible offices) is read over."""

    INDEX = "index"
    CATEGORY = "category"
    NAME = "name"
    ATTRIBUTE = "attribute"
    UNIT = "unit"
    VALUE = "value"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell with full-width forms narrowed and blanks trimmed, and where it stands."""

    text: str
    span: Span


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
_VALUE_CELL = re.compile(r"\d|动态|指标|以内|之内")
# A row that prints a number is no header; a year may be one.
_BARE_NUMBER = re.compile(r"[<>=≤≥〔\[]?\d[\d.,]*%?[〕\]]?(?:以上|以下|以内|左右)?")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_HAN = re.compile(r"[一-龥]")
_BLANKS = re.compile(r"\s+")

_KINDS = (
    (ColumnKind.INDEX, re.compile(r"^(?:序号|编号|序|No\.?)$")),
    (ColumnKind.ATTRIBUTE, re.compile(r"属性|性质|指标类型")),
    (ColumnKind.UNIT, re.compile(r"^(?:计量)?单位(?:名称)?$")),
    (
        ColumnKind.OTHER,
        re.compile(r"备注|说明|责任|牵头|部门|单位|地点|来源|时间|时限|进度安排|电话|地址|联系"),
    ),
    (ColumnKind.CATEGORY, re.compile(r"^(?:指标)?(?:类别|分类|类型|领域|一级指标|大类|维度|方面)$")),
    (
        ColumnKind.VALUE,
        re.compile(
            r"基准|基期|现状|现值|目标|规划值|预期值|计划|完成|实际|实绩|年均|增速|累计|数值|数量|指标值|实现值|达到"
        ),
    ),
    (ColumnKind.NAME, re.compile(r"指标|名称|项目|内容|事项")),
)
_ROLES = (
    (Role.BASELINE, re.compile(r"基准|基期|基数|现状|现值")),
    (Role.ACTUAL, re.compile(r"完成(?!目标)|实际|实绩|实现值|达到情况|执行")),
    (Role.TARGET, re.compile(r"目标|规划|预期|计划|任务|年均|增速|累计")),
)
_OWN_MEASURE = re.compile(r"增速|增长率|增幅")
_HEAD_UNIT = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]")
# A head is a label; a longer cell is text.
_MAX_HEAD = 30


def is_blank(cell: str) -> bool:
    """Whether a cell states nothing: empty, a dash, a slash."""
    return cell in _BLANK


def is_attribute(cell: str) -> bool:
    """Whether a cell is an attribute such as 约束性."""
    return _ATTRIBUTE_CELL.fullmatch(cell) is not None


def unit_in(head: str) -> str:
    """Return the unit a head or a name prints in brackets, ``参保人数(万人)``; "" where none."""
    return next((m[1] for m in _HEAD_UNIT.finditer(head) if is_unit(m[1])), "")


def _kind(head: str) -> ColumnKind:
    if MARK.match(head):
        return ColumnKind.VALUE
    return next((kind for kind, pattern in _KINDS if pattern.search(head)), ColumnKind.OTHER)


def read_column(head: str) -> Column:
    """Read what a head says: its kind, and for a value column its role, time and unit."""
    bare = _HEAD_UNIT.sub("", head).strip() or head
    kind, unit = _kind(bare) if bare else ColumnKind.OTHER, unit_in(head)
    measure = bare if _OWN_MEASURE.search(bare) or (unit and kind is ColumnKind.OTHER) else ""
    if kind is not ColumnKind.VALUE and not measure:
        return Column(kind, head)
    role = next((role for role, pattern in _ROLES if pattern.search(head)), None)
    mark = next(find_marks(head, 0, len(head)), None)
    return Column(ColumnKind.VALUE, head, role, mark, unit, measure)


def _with_name(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Settle on one name column: the one headed 指标, else the first; an unnamed first column stands in for it."""
    names = [i for i, column in enumerate(columns) if column.kind is ColumnKind.NAME]
    first_value = next((i for i, column in enumerate(columns) if column.kind is ColumnKind.VALUE), 0)
    names = names or [i for i in range(first_value) if columns[i].kind is ColumnKind.OTHER][:1]
    if not names:
        return tuple(columns)
    at = next((i for i in names if "指标" in columns[i].head), names[0])
    others = {i: ColumnKind.CATEGORY if i < at else ColumnKind.OTHER for i in names if i != at}
    return tuple(
        Column(ColumnKind.NAME if i == at else others[i], column.head) if i == at or i in others else column
        for i, column in enumerate(columns)
    )


def read_header(cells: Sequence[Cell]) -> tuple[Column, ...]:
    """Read a header row; empty where the row is none: it needs a name column and a value column."""
    texts = [_BLANKS.sub("", cell.text) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    texts = [f"{text}年" if _BARE_YEAR.fullmatch(text) else text for text in texts]
    if any(len(text) > _MAX_HEAD or is_attribute(text) or _BARE_NUMBER.fullmatch(text) for text in texts):
        return ()
    columns = _with_name(tuple(map(read_column, texts)))
    kinds = {column.kind for column in columns}
    return columns if {ColumnKind.NAME, ColumnKind.VALUE} <= kinds else ()


def _layouts(columns: tuple[Column, ...], filled: int) -> list[tuple[Column, ...]]:
    """List the ways a row of ``filled`` cells may lie under a header, the plain one first.

    First cells merged downwards leave a row short; a head over two columns leaves the header short.
    """
    layouts = [columns]
    if filled < len(columns):
        for merged in ({ColumnKind.CATEGORY}, {ColumnKind.INDEX}, {ColumnKind.CATEGORY, ColumnKind.INDEX}):
            layouts.append(tuple(column for column in columns if column.kind not in merged))
    if filled > len(columns):
        at = next(i for i, column in enumerate(columns) if column.kind is ColumnKind.NAME)
        layouts.append((*columns[:at], Column(ColumnKind.CATEGORY), *columns[at:]))
    return layouts


def _is_label(cell: str) -> bool:
    return bool(_HAN.search(cell)) and not (is_attribute(cell) or is_unit(cell))


# What a cell of each kind looks like, what a match is worth and what a mismatch costs. An attribute is the surest
# sign of a column; words in a value column are common, so they cost nothing.
_HOME: dict[ColumnKind, tuple[Callable[[str], bool], float, float]] = {
    ColumnKind.INDEX: (lambda cell: cell.rstrip(".、").isdigit(), 1.0, -2.0),
    ColumnKind.ATTRIBUTE: (is_attribute, 2.0, -1.0),
    ColumnKind.UNIT: (is_unit, 1.0, -1.0),
    ColumnKind.VALUE: (lambda cell: _VALUE_CELL.search(cell) is not None, 1.0, 0.0),
    ColumnKind.NAME: (_is_label, 1.0, -2.0),
    ColumnKind.CATEGORY: (_is_label, 1.0, -2.0),
}


def _fit(kind: ColumnKind, cell: str) -> float:
    """Score a cell under a column: positive where it looks at home, negative where it looks misplaced."""
    if is_blank(cell) or kind not in _HOME:
        return -1.0 if kind is ColumnKind.NAME else 0.0
    looks, match, mismatch = _HOME[kind]
    if kind is ColumnKind.VALUE and (is_attribute(cell) or is_unit(cell)):
        return -2.0
    return match if looks(cell) else mismatch


def align(columns: tuple[Column, ...], cells: Sequence[Cell]) -> tuple[tuple[Column, Cell], ...]:
    """Pair each cell of a row with its column by what the cells look like; cells past the last column are left out.

    Ragged rows end in empty cells, so their number says little; the plain layout wins a tie.
    """
    filled = max((at for at, cell in enumerate(cells, 1) if cell.text), default=0)

    def score(layout: tuple[Column, ...]) -> float:
        beyond = max(0, filled - len(layout))
        return sum(_fit(column.kind, cell.text) for column, cell in zip(layout, cells, strict=False)) - beyond

    best = max(_layouts(columns, filled), key=score)
    return tuple(zip(best, cells, strict=False))
