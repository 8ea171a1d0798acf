"""Five-year plans and years, in questions and in indicator rows.

The N-th five-year plan of the People's Republic covers 1956 + 5(N−1) to 1960 + 5(N−1): the 13th 2016–2020, the
14th 2021–2025 (the first two plans differ by their own dates and do not occur in documents of this century).
"""

import re
from functools import lru_cache

from index.numerals import parse_chinese_numeral, to_chinese
from index.types import Indicator, Period

_FIRST_YEAR_OF_PLAN_ONE = 1956
_ERA = re.compile(r"[“\"]?(十[一二三四五六七八九]?|二十)五[”\"]?(?![年个项号条岁届成分百千万亿])")
_ROW_ERA = re.compile(r"(十[一二三四五六七八九]?|二十)五")  # 十三五年均, 十三五期末
# 2000个 counts, 2025 does not
_COUNTED = r"(?!\s?(?:多|余)?[个人户家名位万亿元块亩项所场件次笔吨辆套张%])"
_FULL_YEAR = re.compile(rf"(?<!\d)(20\d\d)(?!\d){_COUNTED}")
# 25年 is a calendar year unless it counts: 满15年, 干了20年, 15年以上, 20年工龄
_FULL_YEAR_WORDS = re.compile(rf"(?<!\d)20\d\d(?:年|(?!\d){_COUNTED})")
_SHORT_YEAR = re.compile(r"(?<![\d.满够缴交干住了近超每第达])([123]\d)年(?!级|限|以|内|来|多|工龄|期)")
_PREVIOUS = re.compile(r"(?:上|前)(?:一)?(?:个)?(?:五年|一期|期规划|轮规划)")
_CURRENT = re.compile(r"(?:这|本|后|未来|今后|接下来)(?:一)?(?:个)?(?:五年|期规划|轮规划)")

_AT_THE_END = re.compile(r"期末|末$|累计")


def era_of_year(year: int) -> int:
    """Return the ordinal of the five-year plan a year lies in."""
    return (year - _FIRST_YEAR_OF_PLAN_ONE) // 5 + 1


def era_of_period(period: Period) -> int:
    """Return the ordinal of the plan a document's period covers, by its last year."""
    return era_of_year(period.last)


def years_in(text: str) -> tuple[int, ...]:
    """List the calendar years a text names, ``25年`` read as 2025, in order."""
    found = [(m.start(), int(m[1])) for m in _FULL_YEAR.finditer(text)]
    found += [(m.start(), 2000 + int(m[1])) for m in _SHORT_YEAR.finditer(text)]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))


def eras_in(text: str, current: int) -> tuple[int, ...]:
    """List the plans a text names, 上个五年 and 这五年 counted from the documents' own plan ``current``."""
    found = [(m.start(), parse_chinese_numeral(m[1])) for m in _ERA.finditer(text)]
    found += [(m.start(), current - 1) for m in _PREVIOUS.finditer(text)]
    found += [(m.start(), current) for m in _CURRENT.finditer(text)]
    return tuple(dict.fromkeys(era for _, era in sorted(found)))


def plan_name(era: int) -> str:
    """Name a plan as documents do: 13 → 十三五."""
    return f"{to_chinese(era)}五"


def without_periods(text: str) -> str:
    """Cut what :func:`years_in` and :func:`eras_in` read, with the 期末, 年底 … behind it."""
    for pattern in (_ERA, _PREVIOUS, _CURRENT, _FULL_YEAR_WORDS, _SHORT_YEAR):
        text = re.sub(
            rf"(?:从|自|到|至|在)?(?:{pattern.pattern})(?:规划)?(?:期末|期间|时期|年底|末|底)?", " ", text
        )
    return text


@lru_cache(maxsize=4096)  # documents use few ways to name a period, and every question reads them all
def _era_of(period: str) -> int | None:
    """The plan a value's period names or lies in."""
    named = _ROW_ERA.match(period)
    if named:
        return parse_chinese_numeral(named[1])
    years = years_in(period + "年" if period.isdigit() else period)
    return era_of_year(years[0]) if years else None


def era_of_row(row: Indicator, own: int | None) -> int | None:
    """Return the plan a value belongs to: by its period, else the document's own plan ``own``."""
    era = _era_of(row.period)
    return own if era is None else era


def covers_year(row: Indicator, year: int, own: int | None) -> bool:
    """Whether a value holds for a calendar year.

    A value of one year or of the end of a plan holds for that year alone, one of every year or of a whole plan for each of its years.
    """
    stated = years_in(f"{row.period}年") if row.period.isdigit() else ()
    if stated:
        return year in stated
    if era_of_row(row, own) != era_of_year(year):
        return False
    return not _AT_THE_END.search(row.period) or era_of_year(year) != era_of_year(year + 1)
