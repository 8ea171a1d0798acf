"""Values of several regions side by side: a table any channel can show, and the same as aligned text."""

from dataclasses import dataclass

from bot.render.parts import regions_of, value_line
from index.types import Indicator, Role
from retrieval.comparison import plain_name
from retrieval.types import Answer, Statement
from retrieval.wording import ROLE_NAMES, amount, period_name

SILENT = "未提及"
_ROLES = (Role.TARGET, Role.BASELINE, Role.ACTUAL)
_GAP = "  "  # between two columns


Stated = list[tuple[Statement, Indicator]]


@dataclass(frozen=True, slots=True)
class Row:
    """One role (目标, 基准, 完成): for each region its values with their period, empty where it states none."""

    label: str
    cells: tuple[tuple[tuple[str, str], ...], ...]  # per region: (value with source number, period)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure in several regions; ``names`` are the regions' own names for it, empty where one is silent."""

    regions: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """The measure's name, or each region's own."""
        known = dict.fromkeys(name for name in self.names if name)
        if len(known) == 1:
            return next(iter(known))
        pairs = zip(self.regions, self.names, strict=True)
        return ";".join(f"{region}:{name}" for region, name in pairs if name)


def value_statements(answer: Answer) -> dict[Statement, Indicator]:
    """The statements that word a value and nothing else, with the row each words."""
    rows = {(value.region, value_line(value)): value.row for value in answer.indicators}
    return {
        statement: rows[statement.region or "", statement.text]
        for statement in answer.statements
        if (statement.region or "", statement.text) in rows
    }


def _stated(answer: Answer) -> Stated:
    """Every value stated of a region: worded by itself, or within what was worked out from it."""
    pairs = list(value_statements(answer).items())
    for statement in answer.statements:
        if statement.region and statement.worked:
            pairs += [(statement, statement.worked.before), (statement, statement.worked.after)]
    return pairs


def _cell(stated: Stated, region: str, role: Role) -> tuple[tuple[str, str], ...]:
    """The values of one region and role; the same value from two chapters once."""
    kept: dict[str, tuple[str, str]] = {}
    for statement, row in stated:
        if statement.region == region and row.role is role:
            source = f"[{statement.source}]" if statement.source else ""
            kept.setdefault(amount(row), (f"{amount(row)}{source}", period_name(row.period)))
    return tuple(kept.values())


def comparison(answer: Answer) -> Comparison | None:
    """Set the values of an answer side by side; None unless several regions are told of, each one measure at most."""
    regions, stated = regions_of(answer), _stated(answer)
    if not regions or not stated:
        return None
    names = []
    for region in regions:
        own = [row for statement, row in stated if statement.region == region]
        if len({plain_name(row) for row in own}) > 1:
            return None
        names.append(own[0].name if own else "")
    roles = [role for role in _ROLES if any(row.role is role for _, row in stated)]
    rows = (Row(ROLE_NAMES[role], tuple(_cell(stated, region, role) for region in regions)) for role in roles)
    return Comparison(regions, tuple(names), tuple(rows))


def text_table(found: Comparison) -> str:
    """Align a comparison as text: a column a region, every value above its period."""
    grid: list[list[str]] = [["", *found.regions]]
    for row in found.rows:
        cells = [cell or ((SILENT, ""),) for cell in row.cells]
        for n in range(max(map(len, cells))):
            here = [cell[n] if n < len(cell) else ("", "") for cell in cells]
            grid.append([row.label if n == 0 else "", *(value for value, _ in here)])
            if any(period for _, period in here):
                grid.append(["", *(period for _, period in here)])
    from rich.cells import cell_len

    widths = [max(cell_len(line[column]) for line in grid) for column in range(len(grid[0]))]
    return "\n".join(
        _GAP.join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in grid
    )
