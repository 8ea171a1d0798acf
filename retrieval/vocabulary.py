"""Words that questions are asked with. Data files, so that anyone can extend them."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def _words(name: str) -> Iterator[str]:
    for line in files("retrieval").joinpath("data", name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


@cache
def stopwords() -> frozenset[str]:
    """Words that carry no content of their own: particles, courtesies, ways of asking."""
    return frozenset(_words("stopwords.txt"))


@cache
def facets() -> frozenset[str]:
    """Words for one side of a value: which one, how it changes, when."""
    return frozenset(_words("facets.txt"))


@cache
def aspects() -> frozenset[str]:
    """Words that name an aspect of a subject, or what is done to it, and are no subject themselves."""
    return facets() | frozenset(_words("aspects.txt"))


@cache
def showing() -> frozenset[str]:
    """Words that ask to be shown a clause."""
    return frozenset(_words("shown.txt"))
