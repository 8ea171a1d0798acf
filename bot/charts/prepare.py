"""Indicator rows → the data of a chart. Pure: nothing is drawn, nothing is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.charts.types import Bar, ChartData, Group
from bot.errors import InputError
from index import address
from index.types import Document, Indicator, Role
from retrieval import wording
from retrieval.arithmetic import PERCENT, Quantity, is_annual, quantity_of, scale_of
from retrieval.comparison import plain_name
from retrieval.periods import era_of_period, era_of_row, years_in

MAX_BARS = 24  # more cannot be read on a phone

# the order within one period: what was aimed at, what was reached, where the next plan starts from
_ORDER = {Role.TARGET: 0, Role.ACTUAL: 1, Role.BASELINE: 2}
_YEARS_OF_A_PLAN = 5
_FIRST_YEAR = 1956

Number = tuple[Indicator, Quantity]


def _measured_in(number: Number) -> tuple[str, bool]:
    """What makes lengths comparable: the unit, and for amounts whether one year is counted or a whole plan."""
    row, quantity = number
    return quantity.unit, quantity.unit != PERCENT and is_annual(row)


def _of_one_kind(numbers: Sequence[Number]) -> list[Number]:
    """The values that may stand on one axis: those of the kind most of them have; of equals the first."""
    kind = Counter(map(_measured_in, numbers)).most_common(1)[0][0]
    return [number for number in numbers if _measured_in(number) == kind]


def _shown_unit(numbers: Sequence[Number]) -> tuple[str, int]:
    """The largest printed unit of one thing (万人 of 人 and 万人), and its factor."""
    row, _ = max(numbers, key=lambda number: scale_of(number[0].unit))
    return row.unit, scale_of(row.unit)


def _year(row: Indicator, document: Document) -> int:
    """The year a value holds for, by its period, else the last of its plan."""
    stated = years_in(f"{row.period}年") if row.period.isdigit() else ()
    own = era_of_period(document.period) if document.period else None
    era = era_of_row(row, own)
    return stated[0] if stated else _FIRST_YEAR + (era or 0) * _YEARS_OF_A_PLAN - 1


def _distinct(numbers: Sequence[Number], documents: Mapping[str, Document]) -> list[Number]:
    """The values in the order of time; what a table and a chapter both state is taken from the table."""
    kept: dict[tuple[Role, int, Decimal], Number] = {}
    for row, quantity in sorted(numbers, key=lambda number: not number[0].attribute):
        kept.setdefault((row.role, _year(row, documents[row.document]), quantity.amount), (row, quantity))
    return sorted(kept.values(), key=lambda n: (_year(n[0], documents[n[0].document]), _ORDER[n[0].role]))


def _label(row: Indicator) -> str:
    return wording.facts(row) or wording.ROLE_NAMES[row.role]


def _bar(row: Indicator, quantity: Quantity, factor: int) -> Bar:
    return Bar(_label(row), row.role, float(quantity.amount / factor), wording.amount(row))


def _groups(numbers: Sequence[Number], documents: Mapping[str, Document], factor: int) -> tuple[Group, ...]:
    """One group a measure and region, as they come."""
    several = len({documents[row.document].region for row, _ in numbers}) > 1
    by_measure: dict[tuple[str, str], list[Number]] = {}
    for row, quantity in numbers:
        by_measure.setdefault((row.document, plain_name(row)), []).append((row, quantity))
    return tuple(
        Group(
            f"{documents[document].region} · {own[0][0].name}" if several else own[0][0].name,
            tuple(_bar(row, quantity, factor) for row, quantity in _distinct(own, documents)),
        )
        for (document, _), own in by_measure.items()
    )


def _sources(rows: Sequence[Indicator], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Each document once with the places its values stand at."""
    places: dict[str, list[str]] = {}
    for row in rows:
        place = address.display(row.clause)
        if place not in places.setdefault(row.document, []):
            places[row.document].append(place)
    return tuple(f"《{documents[d].title}》{'、'.join(where)}" for d, where in places.items())


def _left_out(row: Indicator) -> str:
    return f"{row.name}:{wording.amount(row)}({_label(row)})"


def chart_of(rows: Sequence[Indicator], documents: Mapping[str, Document], title: str) -> ChartData:
    """Prepare the chart of some values, best of one measure or of one measure of two regions.

    :param documents: by id; every row's document is there
    :raises InputError: no value is a number, or there are more than ``MAX_BARS``
    """
    read = [(row, quantity_of(row)) for row in rows]
    numbers = [(row, quantity) for row, quantity in read if quantity is not None]
    if not numbers:
        raise InputError(f"“{title}”没有能画成图的数字;请换一个指标名,用 policybot indicators 看有哪些")
    drawn = _of_one_kind(numbers)
    unit, factor = _shown_unit(drawn)
    groups = _groups(drawn, documents, factor)
    bars = sum(len(group.bars) for group in groups)
    if bars > MAX_BARS:
        raise InputError(
            f"“{title}”有 {bars} 个值,一张图最多画 {MAX_BARS} 个;请用 --name、--region 或 --period 缩小范围"
        )
    shown = {row for row, _ in drawn}
    left_out = tuple(dict.fromkeys(_left_out(row) for row in rows if row not in shown))
    return ChartData(title, unit, groups, _sources([row for row, _ in drawn], documents), left_out)
