"""When a value holds: five-year plans, years and rhythms, as the rows print them.

The N-th five-year plan covers 1956 + 5(N−1) to 1960 + 5(N−1): the 13th 2016–2020, the 14th 2021–2025.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.types import Document

_FIRST_YEAR = 1956
_PLAN_YEARS = 5
_NAMES = (
    "八五",
    "九五",
    "十五",
    "十一五",
    "十二五",
    "十三五",
    "十四五",
    "十五五",
    "十六五",
    "十七五",
    "十八五",
)
_FIRST_NAMED = 8
_PLAN = "|".join(sorted(_NAMES, key=len, reverse=True))

MARK = re.compile(
    # Out of quotation marks 十五 is also the number fifteen: a word of planning must follow.
    rf"(?:[“”\"](?P<quoted>{_PLAN})[“”\"]|(?P<bare>{_PLAN})(?=规划|时期|期间|期末|末|以来|期))"
    r"(?:规划)?(?P<phase>期末|末|期间|时期|以来|初)?"
    r"|(?<!\d)(?P<first>(?:19|20)\d\d)年?\s?[-—–~至到]\s?(?P<last>20\d\d)年?"
    r"|(?<!\d)(?P<year>(?:19|20)\d\d|[一二][〇○零九O0][〇○零一二三四五六七八九]{2})\s?(?:年(?!限|轻|级|版)|(?=预计|目标|实际|现状))"
)
# 较2020年提高, 比“十二五”末增长: the year compared with, not the year of the value.
_COMPARED = re.compile(r"(?:较|比|相比|对比|同比|高于|低于|在)\s?$")
_COMPARED_AFTER = re.compile(r"末?底?(?:的)?(?:基础上|相比|水平(?:提高|下降))")

_RHYTHM = re.compile(r"每季度|每半年|每月|每周|每年|年均(?!浓度|值|气温|降)|逐年|累计")
_MONEY = re.compile(r"元$")
_UNIT_RHYTHM = re.compile(r"/年$")
_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○O0", "0"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A time named in a text: a five-year plan with its phase, or a year; ``start`` is where it stands."""

    start: int
    plan: str  # 十四五, or "" for a year
    phase: str  # 期末, 期间 or "" where the text names the plan alone
    year: int  # the first year meant
    text: str  # as a row prints it: 十四五期末, 2025, 2021-2025


def plan_of_year(year: int) -> str:
    """Return the name of the five-year plan a year lies in, "" outside 八五 to 十八五."""
    index = (year - _FIRST_YEAR) // _PLAN_YEARS + 1 - _FIRST_NAMED
    return _NAMES[index] if 0 <= index < len(_NAMES) else ""


def plan_before(plan: str) -> str:
    """Return the name of the plan before ``plan``, "" for the first known or none."""
    index = _NAMES.index(plan) if plan in _NAMES else 0
    return _NAMES[index - 1] if index else ""


def _first_year(plan: str) -> int:
    return _FIRST_YEAR + (_NAMES.index(plan) + _FIRST_NAMED - 1) * _PLAN_YEARS


def _mark(found: re.Match[str]) -> Mark:
    if plan := found["quoted"] or found["bare"]:
        phase = {"末": "期末", "期末": "期末", None: ""}.get(found["phase"], "期间")
        return Mark(found.start(), plan, phase, _first_year(plan), plan + (phase or "期间"))
    if found["first"]:
        return Mark(found.start(), "", "", int(found["first"]), f"{found['first']}-{found['last']}")
    year = "".join(_DIGITS.get(char, char) for char in found["year"])
    return Mark(found.start(), "", "", int(year), year)


def find_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the times ``text[start:end]`` names, in order, those only compared with left out."""
    for found in MARK.finditer(text, start, end):
        compared = _COMPARED.search(text, max(start, found.start() - 3), found.start())
        if not (compared and compared[0].strip() != "在") and not _COMPARED_AFTER.match(text, found.end()):
            yield _mark(found)


def own_plan(document: Document) -> str:
    """Return the five-year plan a document sets out: its title's, else its period's, else ""."""
    named = MARK.search(document.title)
    if named and (plan := named["quoted"] or named["bare"]):
        return plan
    period = document.period
    is_plan = period is not None and period.last - period.first == _PLAN_YEARS - 1
    return plan_of_year(period.first) if period and is_plan else ""


def rhythm(before: str, unit: str) -> str:
    """Return how often a value counts, from the words before it or its unit: 年均, 每年, 累计 or ""."""
    if _UNIT_RHYTHM.search(unit):
        return "每年"
    if _MONEY.search(unit):
        # 每人每月160元 is a rate of pay, not how often the plan pays attention.
        before = before.replace("每月", "")
    found = _RHYTHM.findall(before)
    return {"逐年": "每年"}.get(found[-1], found[-1]) if found else ""
