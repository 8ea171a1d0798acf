"""Which characters are taken for each other: by their sound, nearly by their sound, by their shape.

The tables are made by benchmarks/character_tables.py and read when the first question needs them.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

# Sounds that speakers of many dialects, and their keyboards, do not tell apart
_BLURRED = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?=[aeiouv])"), "l"),
    (re.compile(r"^hu(?=[aioe]|$)"), "fu"),
    (re.compile(r"([aei])ng$"), r"\1n"),
)

_REMEMBERED = 4096  # characters: all that are commonly typed


class Slip(StrEnum):
    """How a character came to stand for another, or a term to be misprinted."""

    SOUND = "sound"  # 保险 → 宝险: the same syllable, whatever its tone
    NEAR_SOUND = "near_sound"  # 资金 → 支金
    SHAPE = "shape"  # 末 → 未
    SWAP = "swap"  # 就业 → 业就
    MISSING = "missing"
    DOUBLED = "doubled"


def _table(name: str) -> str:
    return files("retrieval").joinpath("data", name).read_text(encoding="utf-8")


def blurred(syllable: str) -> str:
    """Return what a syllable sounds like to those who do not tell zh from z, n from l, ing from in."""
    for sound, plain in _BLURRED:
        syllable = sound.sub(plain, syllable)
    return syllable


@cache
def _syllables() -> Mapping[str, str]:
    """Syllable → the characters read so."""
    lines = (line for line in _table("readings.txt").splitlines() if not line.startswith("#"))
    pairs = (line.partition(" ") for line in lines)
    return {syllable: chars for syllable, _, chars in pairs}


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable, chars in _syllables().items():
        for char in chars:
            found[char] = (*found.get(char, ()), syllable)
    return found


@cache
def _blurs() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for syllable, chars in _syllables().items():
        found[blurred(syllable)] = found.get(blurred(syllable), "") + chars
    return found


@cache
def _shapes() -> str:
    return _table("shapes.txt")


def is_syllable(letters: str) -> bool:
    """Whether ``letters`` spell a syllable of Mandarin."""
    return letters in _syllables()


def readings(char: str) -> tuple[str, ...]:
    """List the syllables a character is read as, without tones; none for a rare one."""
    return _readings().get(char, ())


def _look_alikes(char: str) -> str:
    start = _shapes().find(f"\n{char} ") + 1
    return _shapes()[start + 2 : _shapes().index("\n", start)] if start else ""


@lru_cache(_REMEMBERED)
def alike(char: str) -> Mapping[str, Slip]:
    """Map each character that ``char`` may have been typed for to the way the two are alike, the closest way."""
    found = dict.fromkeys(_look_alikes(char), Slip.SHAPE)
    for syllable in readings(char):
        found |= {other: found.get(other, Slip.NEAR_SOUND) for other in _blurs()[blurred(syllable)]}
    for syllable in readings(char):
        found |= dict.fromkeys(_syllables()[syllable], Slip.SOUND)
    found.pop(char, None)
    return found
