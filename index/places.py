"""Names of places that are known without any document; a data file, so that anyone can extend it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

NATION = "全国"  # the region of what the state's own organs issue


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    """The names of each province, its own first."""
    lines = files("index").joinpath("data", "places.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip() and not line.startswith("#"))


@cache
def places() -> tuple[str, ...]:
    """Names of provinces, prefectures and the districts of the municipalities, longest first."""
    names = {name for group in _groups() for name in group}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def provinces() -> Mapping[str, str]:
    """The province of each prefecture and each district of a municipality: 襄阳 → 湖北."""
    return {name: group[0] for group in _groups() for name in group[1:]}
