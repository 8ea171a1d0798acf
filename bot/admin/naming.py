"""Ids of documents: plain ASCII made by us, never taken unchecked from what was uploaded."""

import re
from collections.abc import Collection
from itertools import count
from pathlib import Path

from bot.privacy.masking import mask

_NOT_ASCII = re.compile(r"[^a-z0-9]+")
_LETTERS = re.compile(r"[a-z]{2}")
_ADMINISTRATIVE = re.compile(r"(?<=..)(?:特别行政区|自治[区州县旗]|林区|新区|地区|[省市区县旗盟州])$")
_COUNTRY, _NATION = "全国", "中华人民共和国"
_LONGEST = 40  # characters of an id


def _ascii(words: str) -> str:
    return _NOT_ASCII.sub("-", words.lower()).strip("-")[:_LONGEST].strip("-")


def _pinyin(words: str) -> str:
    from pypinyin import lazy_pinyin

    return _ascii("".join(lazy_pinyin(words, errors="ignore")))


def document_id(path: Path, region: str, title: str, taken: Collection[str]) -> str:
    """Make an id: the file's name where it is one, else the region's in pinyin, or the title's of a national law.

    A number tells equals apart.
    """
    named = _ascii(mask(path.stem).text)
    words = title.removeprefix(_NATION) if region == _COUNTRY else _ADMINISTRATIVE.sub("", region)
    base = named if _LETTERS.search(named) else _pinyin(words) or "document"
    tries = (base if n == 1 else f"{base}-{n}" for n in count(1))
    return next(name for name in tries if name not in taken)
