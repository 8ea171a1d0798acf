"""Traditional characters → simplified. The only file that imports opencc."""

from functools import cache
from typing import TYPE_CHECKING

from retrieval.spelling.terms import Terms

if TYPE_CHECKING:
    from opencc import OpenCC

_FIRST_HAN = "\u3400"


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")


def _is_simplified(char: str) -> bool:
    """Whether GB 2312, which holds no traditional form of a common character, has this one."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplified(text: str, terms: Terms) -> str:
    """Return ``text`` in simplified characters; as it is where the documents themselves have its rare characters."""
    rare = {char for char in text if char >= _FIRST_HAN and not _is_simplified(char)}
    if all(terms.stands(char) for char in rare):
        return text
    converted: str = _converter().convert(text)
    return converted
