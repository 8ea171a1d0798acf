"""Changes: 由2020年的68名增加到100名. What a measure stood at, what it comes to, and which year is whose."""

import re

from index.indicators.values import Amount
from index.types import Span

_ADVERBS = r"(?:逐步|进一步|稳步|逐年|持续|大幅|不断|显著|明显|分别)*"
_VERBS = (
    r"(?:提高|提升|上升|增加|增长|扩大|下降|降低|压缩|缩短|减少|压减|压降|调整|拓展|扩展|发展|提|增|降|升|减)"
)
_RATE = r"(?:每[一-龥]{1,3}){0,2}"
# 由, 从2015年的, 由“十三五”末的每人每年: what leads to the first value
FROM = re.compile(rf"[由从](?:[^,。;、由从]{{0,10}}[年末底初期的])?{_RATE}(?:不足|约|近)?$")
_YEAR = r"[^,。;、]{0,8}年[末底]?"
_TO = re.compile(
    rf"\s*,?{_ADVERBS}{_VERBS}(?:(?:[到至为]|达到)(?:{_YEAR}的?,?)?|,(?:力争|确保|预计)?[到至]{_YEAR},?(?:达到?|为|{_VERBS}[到至])?)"
    rf"{_RATE}(?:不超过|不低于|约|近)?"
)
# The run of a sentence in which a year is that of what a measure stood at.
_ORIGIN = re.compile(rf"[由从][^,。;由从]{{4,30}}?{_ADVERBS}{_VERBS}(?:[到至为达,])")
_CHANGE_CHARS = 24


def is_change(text: str, old: Amount, new: Amount) -> bool:
    """Whether two values are the ends of a change: 由6.1张提高到7.5张."""
    leads = FROM.search(text, max(0, old.reach.start - _CHANGE_CHARS), old.reach.start)
    return leads is not None and _TO.fullmatch(text, old.reach.end, new.reach.start) is not None


def find_origins(text: str, sentence: Span) -> tuple[Span, ...]:
    """Return the runs of a sentence that say what measures stood at: 由2020年的68名增加到."""
    return tuple(Span(*found.span()) for found in _ORIGIN.finditer(text, sentence.start, sentence.end))
