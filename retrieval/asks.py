"""Questions that ask for several numbers: which part asks for which period, role or measure.

襄阳失业率要压到多少,十三五末又是多少 asks one measure twice, 创业培训多少人,返乡创业多少人 two measures once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.measures import same_measure
from index.tokens import bigrams
from index.types import Indicator, Role
from retrieval import comparison
from retrieval.kinds import roles_of
from retrieval.periods import era_of_year, eras_in, years_in
from retrieval.types import Question
from retrieval.units_asked import wanted_units, wrong_unit
from retrieval.values import ERA_WITHIN, Match

# What ends a part: a word that asks for a number, with what it counts, or 呢 behind a period
_ASKING = re.compile(
    r"[^,。?!;\uff0c]*?(?:多少(?:个?人|名|元|钱|块|家|户|亩)?|多大|多高|几[个家户亩万亿所项场]|呢)"
)
_NOW = re.compile(r"现在|目前|如今|眼下|现有")
_NAME_HELD = 0.7  # share of the pairs of characters of a measure's name that a part must hold to ask for it
_SHORTEST_NAME = 3  # characters; two stand in too many questions


@dataclass(frozen=True, slots=True)
class Side:
    """One part of a question: the five-year plans it may mean and the roles that will do, each the likeliest first."""

    eras: tuple[int, ...]
    roles: tuple[Role, ...]


def parts(text: str) -> list[str]:
    """The parts of a question that each ask for a number; none where only one does."""
    found = [match[0] for match in _ASKING.finditer(text)]
    return found if len(found) > 1 else []


def _eras(part: str, own: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*eras_in(part, own), *map(era_of_year, years_in(part)))))


def _side(part: str, named: Sequence[int], own: int) -> Side:
    """What one part asks for; ``named`` are the plans it names, else those named before it."""
    roles = roles_of(part)
    eras = _eras(part, own)
    if Role.BASELINE in roles:
        return Side(eras[:1] or (own - 1, own), (Role.BASELINE, Role.ACTUAL))
    if not eras and _NOW.search(part):
        return Side((own - 1, own), (Role.ACTUAL, Role.BASELINE))
    if Role.ACTUAL in roles:
        return Side(tuple(named[:1]) or (own, own - 1), (Role.ACTUAL, Role.BASELINE))
    if Role.TARGET in roles:
        return Side(tuple(named[:1]) or (own, own - 1), (Role.TARGET,))
    if eras and eras[0] < own:
        return Side(eras[:1], (Role.ACTUAL, Role.BASELINE, Role.TARGET))
    return Side(tuple(named[:1]) or (own,), (Role.TARGET, Role.ACTUAL))


def sides(text: str, own: int) -> tuple[Side, ...]:
    """What each part of a question asks for, where they ask for different periods or roles; none where they do not."""
    found: list[Side] = []
    named: tuple[int, ...] = ()
    for part in parts(text):
        named = _eras(part, own) or named
        found.append(_side(part, named, own))
    return tuple(found) if len(set(found)) > 1 else ()


def _of_side(side: Side, near: Sequence[Match], measure: Indicator) -> Indicator | None:
    slots = (comparison.Slot(era, side.roles) for era in side.eras)
    return next((row for slot in slots if (row := comparison.fill(slot, near, measure, None))), None)


def of_sides(question: Question, matches: Sequence[Match], own: int | None) -> tuple[Indicator, ...]:
    """The value of one measure that each part asks for, in their order; none unless every part has one of its own.

    :param matches: rows of one region's documents, best first
    :param own: the five-year plan of those documents
    """
    if own is None or not matches:
        return ()
    best = matches[0]
    near = [
        m
        for m in matches
        if m.row.document == best.row.document
        and (same_measure(m.row, best.row) or m.measure > best.measure - ERA_WITHIN)
    ]
    rows = tuple(_of_side(side, near, best.row) for side in sides(question.text, own))
    told = tuple(dict.fromkeys(row for row in rows if row))
    return told if len(told) > 1 and len(told) == len(rows) else ()


def _held(name: str, part: str) -> float:
    pairs, said = bigrams(name), set(bigrams(part))
    return sum(pair in said for pair in pairs) / len(pairs) if pairs else 0.0


def _named_in(part: str, matches: Sequence[Match]) -> Match | None:
    """The measure a part names, counted in what it asks for, the longest name first; None where it names none."""
    wanted = wanted_units(part)
    named = [
        m
        for m in matches
        if len(m.row.name) >= _SHORTEST_NAME
        and _held(m.row.name, part) >= _NAME_HELD
        and not wrong_unit(wanted, m.row)
    ]
    return max(named, key=lambda m: (_held(m.row.name, part), m.facets, m.score), default=None)


def of_measures(question: Question, matches: Sequence[Match]) -> tuple[Indicator, ...]:
    """The value of each of several measures that the parts of a question name; none unless two name different ones."""
    found = [m for part in parts(question.text) if (m := _named_in(part, matches))]
    rows: list[Indicator] = []
    for m in found:
        if not any(same_measure(m.row, row) for row in rows):
            rows.append(m.row)
    return tuple(rows) if len(rows) > 1 else ()
