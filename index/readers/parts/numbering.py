"""Numbers as a list's style writes them (names of ECMA-376, 17.18.59 ST_NumberFormat)."""

from collections.abc import Callable, Mapping
from string import ascii_lowercase, ascii_uppercase

from index.numerals import to_chinese

LOWER_LETTER, UPPER_LETTER, LOWER_ROMAN, UPPER_ROMAN = (
    "lowerLetter",
    "upperLetter",
    "lowerRoman",
    "upperRoman",
)

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 9999  # no list counts further; past it numbers are written in digits
_FULL_WIDTH = str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def _roman(number: int) -> str:
    letters = ""
    for value, letter in (*_ROMAN, *_ROMAN_SMALL):
        letters += letter * (number // value)
        number %= value
    return letters


def _letters(number: int, alphabet: str) -> str:
    """Count a, b, … z, aa, bb as Word does."""
    return alphabet[(number - 1) % 26] * ((number - 1) // 26 + 1)


def _sign(number: int, first: str, most: int) -> str:
    return chr(ord(first) + number - 1) if number <= most else str(number)


def _of(number: int, signs: str) -> str:
    return signs[number - 1] if number <= len(signs) else str(number)


_WRITERS: Mapping[str, Callable[[int], str]] = {
    LOWER_LETTER: lambda n: _letters(n, ascii_lowercase),
    UPPER_LETTER: lambda n: _letters(n, ascii_uppercase),
    LOWER_ROMAN: _roman,
    UPPER_ROMAN: lambda n: _roman(n).upper(),
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": lambda n: _sign(n, "①", 20),
    "decimalEnclosedCircleChinese": lambda n: _sign(n, "①", 20),
    "decimalEnclosedFullstop": lambda n: _sign(n, "⒈", 20),
    "decimalEnclosedParen": lambda n: _sign(n, "⑴", 20),
    "ideographEnclosedCircle": lambda n: _sign(n, "㊀", 10),
    "ideographDigital": lambda n: str(n).translate(_DIGITS),
    "ideographTraditional": lambda n: _of(n, "甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": lambda n: _of(n, "子丑寅卯辰巳午未申酉戌亥"),
    "chineseLegalSimplified": lambda n: to_chinese(n).translate(_LEGAL),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"),
        to_chinese,
    ),
    **dict.fromkeys(("japaneseCounting", "koreanCounting"), to_chinese),
    **dict.fromkeys(("bullet", "none"), lambda _n: ""),
}


def written(number: int, style: str) -> str:
    """Write a number of a list in a style, in digits where the style is none of Word's common ones."""
    writer = _WRITERS.get(style)
    return writer(number) if writer and 0 < number <= _MOST else str(number)
