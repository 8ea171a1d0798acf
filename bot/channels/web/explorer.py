"""The indicator explorer: the values that pass the filters as a table that sorts, each with its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from urllib.parse import urlencode

from bot.channels.web.library import reader_path
from bot.charts.look import described
from bot.charts.prepare import chart_of
from bot.errors import InputError
from bot.selection import Filters, title_of
from index import address
from index.generation import Generation
from index.types import Indicator
from retrieval.arithmetic import quantity_of
from retrieval.wording import ROLE_NAMES, amount, period_name

# a page of more rows than this is slow on a phone; the downloads hold all of them
MAX_ROWS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One value as the table shows it."""

    name: str
    value: str
    when: str
    role: str
    region: str
    attribute: str
    category: str
    place: str
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, the address that sorts by it, and how it is sorted now (``aria-sort``)."""

    key: str
    label: str
    href: str
    state: str


def _number(row: Indicator) -> tuple[int, str, Decimal, str]:
    """Numbers of one unit by size, words behind them."""
    read = quantity_of(row)
    return (0, read.unit, read.amount, "") if read else (1, "", Decimal(0), row.value)


_LABELS = {"name": "指标", "value": "值", "when": "时期", "region": "地区", "category": "类别"}


def _key(sort: str, store: Generation) -> Callable[[Indicator], tuple[int | str | Decimal, ...]]:
    keys: Mapping[str, Callable[[Indicator], tuple[int | str | Decimal, ...]]] = {
        "name": lambda row: (row.name,),
        "value": _number,
        "when": lambda row: (row.period, ROLE_NAMES[row.role]),
        "region": lambda row: (store.documents[row.document].region,),
        "category": lambda row: (row.category, row.attribute),
    }
    return keys[sort]


def query_of(wanted: Filters, **more: str) -> str:
    """Write the filters that are set as a query."""
    given = {key: value for key, value in {**asdict(wanted), **more}.items() if value}
    return urlencode(given)


def columns(wanted: Filters, sort: str, down: bool) -> list[Column]:
    """Return the columns; pressing the one the table is sorted by turns its order round."""
    made = []
    for key, label in _LABELS.items():
        turned = key == sort and not down
        query = query_of(wanted, sort=key, dir="desc" if turned else "asc")
        state = ("descending" if down else "ascending") if key == sort else "none"
        made.append(Column(key, label, f"indicators?{query}#values", state))
    return made


def ordered(rows: Sequence[Indicator], store: Generation, sort: str, down: bool) -> list[Indicator]:
    """Sort the values; an unknown column leaves the order of the documents."""
    return sorted(rows, key=_key(sort, store), reverse=down) if sort in _LABELS else list(rows)


def row_of(row: Indicator, store: Generation) -> Row:
    """Show one value."""
    document = store.documents[row.document]
    return Row(
        row.name,
        amount(row),
        period_name(row.period),
        ROLE_NAMES[row.role],
        document.region,
        row.attribute,
        row.category,
        address.display(row.clause),
        reader_path(document, row.clause, row.value_span),
    )


def chart_text(rows: list[Indicator], store: Generation, wanted: Filters) -> str:
    """Say in words what the chart of these values shows; "" where they make no chart."""
    try:
        return described(chart_of(rows, store.documents, title_of(wanted, rows)))
    except InputError:
        return ""
