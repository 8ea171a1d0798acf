"""Asking the same of another region: the places a question names are exchanged."""

import re
from collections.abc import Iterable

from index.types import Document


def _names(documents: Iterable[Document]) -> list[str]:
    """The names of regions that documents cover, the longest first: 青浦区 before 青浦."""
    names = {name for document in documents for name in (document.region, *document.aliases) if name}
    return sorted(names, key=len, reverse=True)


def without_places(question: str, documents: Iterable[Document]) -> str:
    """Take the covered regions out of a question: 青浦和襄阳的失业率 → 失业率.

    The question itself where nothing else would be left of it.
    """
    any_name = "|".join(map(re.escape, _names(documents)))
    if not any_name:
        return question
    left = re.sub(rf"(?:{any_name})(?:[、和与跟及]?(?:{any_name}))*的?", "", question).strip()
    return left if re.search(r"\w", left) else question


def asked_of(question: str, region: str | None, documents: Iterable[Document]) -> str:
    """Word a question so that it is asked of a region, of all of them with None."""
    return f"{region or ''}{without_places(question, documents)}"
