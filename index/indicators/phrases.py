"""The phrase around a value: which words lie before it, which after, and which bracket it stands in."""

import re

from index.indicators.names import MAX_NAME

_CLOSERS = {")": "(", "”": "“"}
_OPENERS = frozenset(_CLOSERS.values())
_BREAKS = frozenset(",;:。!?\n\t")
_ENDS = frozenset(",;:。!?\n\t()、")
# Longest bracket a value is looked for in, such as a list of insurances with their numbers.
_MAX_BRACKET = 200
_SHORT_BRACKET = re.compile(r"\([^()\d]{1,4}\)")
_OPENS_SHORT = re.compile(r"\([^()\d]{1,4}$")
_LISTED_UNIT = re.compile(r"[个项类种]")


def left_edge(text: str, floor: int, end: int) -> int:
    """Return where the phrase before ``end`` begins: after the last comma outside brackets and quotes."""
    depth = 0
    limit = max(floor, end - MAX_NAME)
    for at in range(end - 1, limit - 1, -1):
        char = text[at]
        if char in _CLOSERS:
            depth += 1
        elif char in _OPENERS:
            depth -= 1
            if depth < 0 and char == "(":
                return at + 1
            depth = max(depth, 0)
        elif depth == 0 and char in _BREAKS:
            return at + 1
    return limit


def right_edge(text: str, start: int, ceiling: int, *, deed: bool = False) -> int:
    """Return where the phrase from ``start`` ends: the next comma, bracket or 、 outside quotes.

    :param deed: the phrase says what is to be done, 报区、县主管部门备案: it ends at a comma only
    """
    ends = _BREAKS if deed else _ENDS
    depth = 0
    limit = min(ceiling, start + MAX_NAME)
    for at in range(start, limit):
        if text[at] == "”" and depth == 0:
            return at
        depth += (text[at] == "“") - (text[at] == "”")
        # 县(市), 执业(助理)医师: a word or two in brackets is part of the name.
        if depth == 0 and (
            _SHORT_BRACKET.match(text, at) or (text[at] == ")" and _OPENS_SHORT.search(text, start, at))
        ):
            continue
        if depth == 0 and text[at] in ends:
            return at
    return limit


def open_bracket(text: str, floor: int, at: int) -> int | None:
    """Return the bracket ``at`` stands in, ``None`` where it stands in none."""
    depth = 0
    for back in range(at - 1, max(floor, at - _MAX_BRACKET) - 1, -1):
        if text[back] == ")":
            depth += 1
        elif text[back] == "(":
            if depth == 0:
                return back
            depth -= 1
    return None


def sums_up_list(before: str, number: str, unit: str, after: str) -> bool:
    """Whether a number only counts the words just listed, as in ``人事、职称、工资3个领域``."""
    listed = number.isdigit() and before.count("、") + 1 == int(number) > 1
    return (
        listed
        and bool(after)
        and not before.rstrip().endswith("等")
        and _LISTED_UNIT.fullmatch(unit) is not None
    )
