"""One spelling for the many of a digit or a letter, character for character, so that offsets hold."""

import re
from unicodedata import decimal

from index.lexicon import fold

# what may stand between two digits of a number
BLANK = r"[ \t\u3000\u00a0\u200b-\u200d\u2060\ufeff.\-\u2010-\u2015\u2212_\u00b7*]"
# as people spell a number out to get it past a filter, or say it: 幺三八…
_SPOKEN_DIGITS = "〇零一二三四五六七八九幺"
_SPOKEN = str.maketrans(_SPOKEN_DIGITS, "001234567891")
_SPOKEN_RUN = re.compile(rf"[{_SPOKEN_DIGITS}](?:{BLANK}{{0,2}}[{_SPOKEN_DIGITS}]){{6,}}")


def narrow(text: str) -> str:
    """Return ``text`` in half width and lower case, every decimal digit as an ASCII one."""
    folded = fold(text)
    if folded.isascii():
        return folded
    return "".join(str(decimal(char)) if not char.isascii() and char.isdecimal() else char for char in folded)


def digits_of(narrowed: str) -> str:
    """Return narrowed text with spoken numbers in ASCII digits; a Chinese digit by itself is a word (一直) and stays."""
    return _SPOKEN_RUN.sub(lambda run: run[0].translate(_SPOKEN), narrowed)
