"""A question in English → the documents' words for what it says, by a small glossary of the field.

What the glossary lacks stays: such a word stands in no document, so the question is seen to be about something else.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

# An English word may stand in the singular or the plural.
_PLURAL = "(?:s|es)?"


@cache
def _glossary() -> Mapping[str, str]:
    """English in lower case → Chinese; empty for a word without content."""
    lines = files("retrieval").joinpath("data", "glossary.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {english: chinese.strip() for english, _, chinese in pairs}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_glossary(), key=lambda english: (-len(english), english))
    words = "|".join(re.escape(english).replace(r"\ ", r"[\s-]+") for english in longest_first)
    return re.compile(rf"(?<![a-z])({words}){_PLURAL}(?![a-z'])", re.IGNORECASE)


def _chinese(match: re.Match[str]) -> str:
    said = re.sub(r"\s+", " ", match[1].lower())
    glossary = _glossary()
    return f" {glossary.get(said, glossary.get(said.replace('-', ' '), ''))} "


def translated(text: str) -> str:
    """Return ``text`` with what the glossary knows in Chinese, words without content left out."""
    return " ".join(_pattern().sub(_chinese, text.replace("\u2019", "'")).split())
