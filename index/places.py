"""Names of places that are known without any document; a data file, so that anyone can extend it."""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib.resources import files

NATION = "全国"  # the region of what the state's own organs issue


_COUNTY_ENDS = frozenset("县区市旗")  # what the full name of a county ends with


def _rows(file: str) -> tuple[tuple[str, ...], ...]:
    """The words of each line of a data file, comments left out."""
    lines = files("index").joinpath("data", file).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip() and not line.startswith("#"))


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    """The names of each province, its own first."""
    return _rows("places.txt")


@cache
def places() -> tuple[str, ...]:
    """Names of provinces, prefectures and the districts of the municipalities, longest first."""
    names = {name for group in _groups() for name in group}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def provinces() -> Mapping[str, str]:
    """The province of each prefecture, each district of a municipality, each county whose name no other has: 襄阳 → 湖北."""
    of_county = {name: rows[0][0] for name, rows in _counties().items() if len(rows) == 1}
    return of_county | {name: group[0] for group in _groups() for name in group[1:]}


@cache
def _counties() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The full name of each county → the provinces and prefectures that have one of that name."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for province, prefecture, *names in _rows("counties.txt"):
        for name in names:
            found[name] = (*found.get(name, ()), (province, prefecture))
    return found


@cache
def _by_prefecture() -> Mapping[str, tuple[str, ...]]:
    return {prefecture: tuple(names) for _, prefecture, *names in _rows("counties.txt")}


def counties_of(prefecture: str) -> tuple[str, ...]:
    """The full names of the counties and districts of a prefecture or municipality, with 市 or without."""
    called = (prefecture, f"{prefecture}市", prefecture.removesuffix("市"))
    return next((names for name in called if (names := _by_prefecture().get(name, ()))), ())


def prefecture_of(county: str) -> str:
    """The full name of the prefecture a county lies in; "" where it is none, or several have one of that name."""
    rows = _counties().get(county, ())
    return rows[0][1] if len(rows) == 1 else ""


@cache
def _county_names() -> Mapping[int, frozenset[str]]:
    """The full names of all counties by their length, the longest first."""
    lengths = sorted(set(map(len, _counties())), reverse=True)
    return {length: frozenset(name for name in _counties() if len(name) == length) for length in lengths}


def counties_in(text: str, begins: Callable[[], Collection[int]]) -> tuple[str, ...]:
    """The counties that a text names in full, in order, each once.

    :param begins: where words of the text begin, asked only if it may name one: 适应城市 does not name 应城市
    """
    found: dict[str, None] = {}
    for end in (at + 1 for at, character in enumerate(text) if character in _COUNTY_ENDS):
        ending = (text[max(0, end - length) : end] for length, names in _county_names().items())
        name = next((n for n in ending if n in _county_names().get(len(n), ())), "")
        if name and end - len(name) in begins():
            found[name] = None
    return tuple(found)
