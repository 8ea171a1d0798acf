"""The value a table cell states: a number with or without a unit, a number with its bounds, or words."""

import re
from dataclasses import dataclass

from index.indicators.columns import is_blank
from index.indicators.grids import Cell
from index.indicators.periods import find_marks, rhythm
from index.indicators.units import is_unit
from index.indicators.values import NUMBER, bounded, find_amounts, is_range
from index.types import Span


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell states; ``beat`` is 每年, 年均, 累计 … or "", ``worded`` tells words from a number."""

    value: Span
    unit: str
    comparator: str
    beat: str
    worded: bool = False


# 〔25〕 and [25] are the notes' way to say: five years together.
_TOGETHER = re.compile(r"[〔\[【]\s?(?P<value>[\d.,]+)\s?[〕\]】]")
_AROUND_NUMBER = re.compile(
    r"(?:达到|达|期末|期内|每年|年均|累计|控制在|保持在|稳定在|保持|增长|下降|提高|降低|为|约|[+<>=≤≥\s左右上下以内之及不低于高少多超过]|\ufffd|年|底"
    r"|\([^()\d]{1,12}\))*"
)
_LEAD = re.compile(r"(?:控制在|保持在|稳定在|维持在|达到|期末|每年|年均|累计)+")
_CAP = re.compile(r"(?:以内|之内|以下|范围内)$")
# Words in a value column: 市下达指标之内, 互联互通、业务协同、信息共享; longer cells are descriptions.
_MAX_WORDS = 40
_HAN = re.compile(r"[一-龥]{2}")
# A cell with one value and this many characters says more of it than a number: a sentence.
_SENTENCE_CHARS = 24
# 18900123456, 510000: telephone numbers and codes; a number that long is printed with commas or a unit.
_CODE = re.compile(r"\d{7,}")


def _bare_number(view: str, cell: Cell, unit: str) -> CellValue | None:
    """Read a number that leaves its unit to the column: ``18000``, ``≥90``, ``5.5以内``."""
    start, end = cell.span.start, cell.span.end
    number = NUMBER.search(view, start, end)
    if number is None or not all(
        _AROUND_NUMBER.fullmatch(rest) for rest in (view[start : number.start()], view[number.end() : end])
    ):
        return None
    if not unit and _CODE.fullmatch(number[0]):
        return None
    comparator = "~" if is_range(number[0]) else bounded(view, Span(*number.span()))[1]
    return CellValue(Span(*number.span()), unit, comparator, rhythm(cell.text, unit))


def _words(cell: Cell, unit: str) -> CellValue | None:
    if len(cell.text) > _MAX_WORDS or not _HAN.search(cell.text) or is_unit(cell.text):
        return None
    lead = _LEAD.match(cell.text)
    start = cell.span.start + (lead.end() if lead else 0)
    if start == cell.span.end:
        return None
    comparator = "<=" if _CAP.search(cell.text) else "="
    return CellValue(Span(start, cell.span.end), unit, comparator, rhythm(cell.text, unit), worded=True)


def read_cell(view: str, cell: Cell, unit: str) -> CellValue | None:
    """Read a cell of a value column; ``unit`` is the column's or the row's. ``None`` where it states nothing."""
    if is_blank(cell.text):
        return None
    if together := _TOGETHER.match(cell.text):
        start = cell.span.start + together.start("value")
        return CellValue(Span(start, start + len(together["value"])), unit, "=", "累计")
    if amount := next(find_amounts(view, cell.span.start, cell.span.end), None):
        return CellValue(amount.value, amount.unit, amount.comparator, rhythm(cell.text, amount.unit))
    return _bare_number(view, cell, unit) or _words(cell, unit)


def is_sentence(view: str, cell: Cell) -> bool:
    """Whether a cell says so much that it is read as prose: two values or more, or one in a sentence or with a time."""
    amounts = len(list(find_amounts(view, cell.span.start, cell.span.end)))
    timed = next(find_marks(cell.text, 0, len(cell.text)), None) is not None
    return amounts > 1 or (amounts == 1 and (timed or len(cell.text) > _SENTENCE_CHARS))
