"""What a row of a table is called: its category and its measure."""

import re
from collections.abc import Sequence

from index.indicators.columns import Column, ColumnKind, is_blank, squeeze_label, without_unit
from index.indicators.grids import Cell
from index.indicators.names import belongs, clean_label
from index.indicators.units import UNIT_FORM

Pairs = Sequence[tuple[Column, Cell]]

_NUMBERING = re.compile(
    r"^(?:\d{1,2}[.、]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|[#*])\s*"
)
# 200元/月 under 名称: the row lies askew under its header
_VALUE = re.compile(rf"[<>=≤≥]?\d[\d.,]*\s?(?:{UNIT_FORM})?")
_AMONG = re.compile(r"^其中:?\s*")
_MAX_DETAIL = 20


def first(pairs: Pairs, kind: ColumnKind) -> str:
    """Return the text of the first cell of a kind, "" where there is none or it is a dash."""
    text = next((cell.text for column, cell in pairs if column.kind is kind), "")
    return "" if is_blank(text) else squeeze_label(text)


def _named(pairs: Pairs) -> int | None:
    return next((at for at, (column, _) in enumerate(pairs) if column.kind is ColumnKind.NAME), None)


def outer_name(pairs: Pairs) -> str:
    """Return the outer of two names under one head, 主要污染物排放总量 before 化学需氧量; "" where there is one name."""
    named = _named(pairs)
    if named is None:
        return ""
    column, cell = pairs[named]
    before = (
        other.text
        for head, other in pairs[:named]
        if head.kind is ColumnKind.CATEGORY and head.head == column.head and other is not cell
    )
    return squeeze_label(next((text for text in before if not is_blank(text)), ""))


def _detail(pairs: Pairs, named: int) -> str:
    """Return what tells rows under one merged name apart: the label between the name and the first value."""
    if pairs[named][1].rows == 1:
        return ""
    for column, cell in pairs[named + 1 :]:
        if column.kind is ColumnKind.VALUE:
            break
        if column.kind is ColumnKind.OTHER and 0 < len(cell.text) <= _MAX_DETAIL:
            return squeeze_label(cell.text)
    return ""


def _clean(text: str, previous: str, region: re.Pattern[str]) -> str:
    """Reduce a name cell to its measure: numbering, unit and time go; 其中 leans on the row above."""
    text = without_unit(_NUMBERING.sub("", text))
    item = _AMONG.sub("", text)
    name = clean_label(item, region) or item
    return belongs(name, previous, bracketed=False) if item != text and previous else name


def strip_numbering(text: str) -> str:
    """Return a label without the number before it: 一、资源配置 → 资源配置."""
    return _NUMBERING.sub("", text)


def name_row(pairs: Pairs, previous: str, region: re.Pattern[str]) -> str:
    """Name the measure of a row; ``previous`` is the name of the row above. "" where the row has no name."""
    named = _named(pairs)
    name = _clean(first(pairs, ColumnKind.NAME), previous, region)
    if named is None or not name or _VALUE.fullmatch(name):
        return ""
    outer, detail = without_unit(strip_numbering(outer_name(pairs))), _detail(pairs, named)
    name = name if outer in name else outer + name
    return name if detail in name else name + detail


def category_of(pairs: Pairs) -> str:
    """Return the category a row prints, "" where it prints none: the category of the row above carries down.

    What stands under the head of the name is part of the name.
    """
    named = _named(pairs)
    head = pairs[named][0].head if named is not None else ""
    return strip_numbering(
        first([pair for pair in pairs if not head or pair[0].head != head], ColumnKind.CATEGORY)
    )
