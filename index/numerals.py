"""Chinese, ASCII and full-width numerals ↔ whole numbers."""

import re
from functools import lru_cache
from unicodedata import decimal

# the characters a Chinese numeral may hold, for use inside a regular expression's [ ]
NUMERAL_CHARS = "零〇一二两三四五六七八九十廿卅百千万亿"

_DIGITS = {c: value for value, chars in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for c in chars}
_TENS = {"十": 1, "廿": 2, "卅": 3}  # 廿三 is 23: a ten that holds its own factor
_UNITS = {"百": 100, "千": 1000}
_SECTIONS = {"万": 10_000, "亿": 100_000_000}
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_NAMES = "零一二三四五六七八九"
_CHINESE = re.compile(f"[{NUMERAL_CHARS}]+")


def _section(text: str) -> int:
    """Read a numeral below ten thousand, such as 三百零五."""
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            total, digit = total + 10 * (digit or 1) * _TENS[char], 0
        else:
            total, digit = total + (digit or 1) * _UNITS[char], 0
    return total + digit


def _chinese(text: str) -> int:
    for name in ("亿", "万"):
        head, found, tail = text.rpartition(name)
        if found:
            return (_chinese(head) if head else 1) * _SECTIONS[name] + (_chinese(tail) if tail else 0)
    return _section(text)


@lru_cache(maxsize=4096)  # the same few are read again and again
def parse_chinese_numeral(text: str) -> int:
    """Read a whole number ≥ 0: 二十一, 廿三, 一百零五, 二〇二五 (digit by digit), 21, 21.

    :raises ValueError: ``text`` is empty or holds anything but a numeral
    """
    if text and all(decimal(char, -1) >= 0 for char in text):
        return int("".join(str(decimal(char)) for char in text))
    if not _CHINESE.fullmatch(text):
        raise ValueError(f"不是数字:{text!r};应为 二十一、21 这样的写法")
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _chinese(text)


def _section_to_chinese(number: int) -> str:
    parts, gap = "", False
    for size, name in _PLACES:
        digit, number = divmod(number, size)
        if digit:
            parts += ("零" if gap and parts else "") + _NAMES[digit] + name
        gap = not digit
    return parts + ("零" if gap and parts and number else "") + (_NAMES[number] if number else "")


def to_chinese(number: int) -> str:
    """Write a whole number from 0 to 99,999,999 as clause markers do: 10 is 十, 21 is 二十一, 105 is 一百零五.

    :raises ValueError: ``number`` lies outside that range
    """
    if not 0 <= number < 10**8:
        raise ValueError(f"数字 {number} 不在 0 到 99999999 之间")
    high, low = divmod(number, 10**4)
    text = _section_to_chinese(low) or ("" if high else "零")
    if high:
        text = _section_to_chinese(high) + "万" + ("零" if 0 < low < 1000 else "") + text
    return text.removeprefix("一") if text.startswith("一十") else text
