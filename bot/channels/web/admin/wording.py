"""What the admin's verbs say in terms of the command line → in terms of these pages."""

import re
from datetime import UTC, datetime
from typing import Final

from bot.admin.entries import LABELS

_FIELDS: Final = {
    **LABELS,
    "valid-until": "有效期至",
    "supersedes": "替代哪一份",
    "alias": "地区的别名",
    "contact": "咨询电话或地点",
}
_NAMED = re.compile(r"(?:加|用) --([a-z-]+)(?: [\w-]+)?")
_EXAMPLE = re.compile(r"例如 --[a-z-]+ ")
_LEFT = re.compile(r"--([a-z-]+)")
_REPLACE = re.compile(r"(?:用 )?docs replace ([\w-]+)(?: 更新它)?")
_LISTS = re.compile(r"[;\uff1b]policybot [a-z -]+ 列出全部")
# ASCII marks behind a Chinese character; those in numbers and paths stay
_MARK = re.compile(r"(?<=[\u3000-\u9fff\u201d\uff00-\uffef])[,;](?=\S)")
_WIDE: Final = {",": "\uff0c", ";": "\uff1b"}


def wide(words: str) -> str:
    """Return a sentence with the commas and semicolons of Chinese print."""
    return _MARK.sub(lambda found: _WIDE[found[0]], words)


def plain(words: str) -> str:
    """Word a message for a page: fields by their labels, no options of commands."""
    words = _LISTS.sub("", words)
    words = _REPLACE.sub(r"在 \1 的页面上传新版本", words)
    words = _EXAMPLE.sub("例如 ", words)
    words = _NAMED.sub(lambda found: f"填写“{_FIELDS.get(found[1], found[1])}”", words)
    words = _LEFT.sub(lambda found: f"“{_FIELDS.get(found[1], found[1])}”", words)
    return wide(words)


def local(at: datetime) -> str:
    """Write a time of the records (UTC) as clocks here show it."""
    return at.replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
