"""What the file declares of itself outside its text, by the names that pages and front matter use."""

import re
from collections.abc import Iterator
from datetime import date

from index.proposals.types import Proposed
from index.proposals.words import DATE, read_date
from index.readers.types import StoredText

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("ArticleTitle", "标题", "文件名称", "名称", "title"),
    "number": ("发文字号", "文号", "文件编号", "docnumber"),
    "issuer": ("发文机关", "制发机关", "发文单位", "issuer"),
    "dated": ("成文日期",),
    "published": ("发布日期", "PubDate", "publishdate", "published", "date"),
    "effective": ("生效日期", "实施日期", "施行日期"),
    "valid_until": ("失效日期", "废止日期"),
}


def declared(stored: StoredText, name: str) -> Iterator[tuple[str, str]]:
    """Yield what the file declares under the names of a fact, best first."""
    given = {key.lower(): (key, value) for key, value in stored.declared}
    yield from (given[key.lower()] for key in _NAMES[name] if key.lower() in given)


def declared_day(stored: StoredText, name: str) -> Proposed[date] | None:
    """Read the first day that the file declares under the names of a fact."""
    for key, value in declared(stored, name):
        printed = re.search(DATE, value)
        if printed and (found := read_date(printed[0])):
            return Proposed(found, None, f"{key}: {value}")
    return None
