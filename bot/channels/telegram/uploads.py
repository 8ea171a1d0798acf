"""What an admin writes under a file they send."""

import re

# what may stand in a file's caption → the manifest key it sets
KEYS = {
    "标题": "title",
    "地区": "region",
    "文号": "number",
    "发文机关": "issuer",
    "规划期": "period",
    "编号": "id",
}
_GIVEN = re.compile(rf"({'|'.join(KEYS)}|替换)\s*[=:\uff1d\uff1a]\s*(\S+)")
_REPLACE = re.compile(r"^\s*替换\s*[=:\uff1d\uff1a]?\s*([A-Za-z0-9_-]+)")


def read_caption(caption: str | None) -> tuple[str, dict[str, str]]:
    """Read what an admin wrote under a file: the id of the document it replaces ("" for none), and what it sets."""
    said = dict(_GIVEN.findall(caption or ""))
    target = _REPLACE.match(caption or "")
    given = {KEYS[word]: value for word, value in said.items() if word in KEYS}
    return said.get("替换") or (target[1] if target else ""), given
