"""One spelling for the many of a digit or a letter, character for character, so that offsets hold."""

from unicodedata import decimal

from index.lexicon import fold

# as people spell a number out to get it past a filter, or say it: 幺三八…
_SPOKEN = str.maketrans("〇零一二三四五六七八九幺", "001234567891")


def narrow(text: str) -> str:
    """Return ``text`` in half width and lower case, every decimal digit as an ASCII one."""
    folded = fold(text)
    if folded.isascii():
        return folded
    return "".join(str(decimal(char)) if not char.isascii() and char.isdecimal() else char for char in folded)


def digits_of(narrowed: str) -> str:
    """Return narrowed text with Chinese digits as ASCII ones."""
    return narrowed.translate(_SPOKEN)
