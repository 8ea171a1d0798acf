"""Indicator values as an Excel sheet: one row a value, numbers as numbers, words as words."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import InputError
from index import address
from index.generation import Generation
from index.types import Indicator
from retrieval.arithmetic import quantity
from retrieval.cite import cite_value
from retrieval.wording import ROLE_NAMES, comparator_name, period_name

# heading → width in characters
_COLUMNS = {
    "地区": 10,
    "类别": 12,
    "指标": 34,
    "属性": 8,
    "性质": 6,
    "时期": 16,
    "比较": 8,
    "值": 12,
    "单位": 8,
    "来源": 44,
    "有效期": 26,
    "原文": 80,
}
_LONGEST_CELL = 32_767  # characters Excel keeps in one cell
Value = str | int | float


def _number(row: Indicator) -> Value:
    """The value as a number where it is one, in the printed unit; else its words."""
    read = quantity(row.value, "")
    if read is None or not row.value[0].isdigit():
        return row.value
    whole = read.amount == read.amount.to_integral_value()
    return int(read.amount) if whole else float(read.amount)


def _cells(row: Indicator, store: Generation) -> tuple[Value, ...]:
    shown = cite_value(row, store, date.today())
    return (
        shown.region,
        row.category,
        row.name,
        row.attribute,
        ROLE_NAMES[row.role],
        period_name(row.period),
        comparator_name(row.comparator, row.value),
        _number(row),
        row.unit,
        f"《{shown.title}》{address.display(row.clause)}",
        shown.validity,
        shown.quote,
    )


def _put(cell: Cell | MergedCell, value: Value) -> None:
    """Write one cell; words stay words even where they begin like a formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    else:
        cell.value = value


def _fill(sheet: Worksheet, store: Generation, rows: Sequence[Indicator]) -> None:
    for column, (heading, width) in enumerate(_COLUMNS.items(), start=1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for line, row in enumerate(rows, start=2):
        for column, value in enumerate(_cells(row, store), start=1):
            _put(sheet.cell(line, column), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _book(store: Generation, rows: Sequence[Indicator]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "指标值"
    _fill(sheet, store, rows)
    return book


def workbook_bytes(store: Generation, rows: Sequence[Indicator]) -> bytes:
    """Make the ``.xlsx`` file of ``write_workbook`` in memory, to be sent."""
    file = BytesIO()
    _book(store, rows).save(file)
    return file.getvalue()


def write_workbook(store: Generation, rows: Sequence[Indicator], path: Path) -> None:
    """Write values into an ``.xlsx`` file with a frozen header and a source column.

    :raises InputError: the name ends otherwise, or the file cannot be written
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"表格只能存成 .xlsx,而不是“{path.name}”;请改文件名的结尾")
    try:
        _book(store, rows).save(path)
    except OSError as error:
        raise InputError(f"写不了 {path}:{error.strerror};请检查文件夹和权限") from None
