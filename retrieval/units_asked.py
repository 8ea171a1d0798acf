"""In which kind of unit a question wants its number: 多少比例 asks for a share, 多少家 for organisations."""

import re
from collections.abc import Sequence

from index.types import Indicator
from retrieval.arithmetic import PERCENT, quantity_of

# What is asked for → the units, freed of 万 and 亿, that answer it; 个 counts people's jobs and firms alike
_WANTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    # 增长百分之几 asks for the change of anything
    (
        re.compile(
            r"(?<!的)比例|比重|占比|几成|(?<![增长高加升降少低涨])百分之(?:多少|几)|几个百分点|[一-龥]{2}率(?![先领])"
        ),
        re.compile(PERCENT),
    ),
    (re.compile(r"多少(?:钱|元|块|资金)|几[十百千万亿]*(?:块|元)|挣多少|营收"), re.compile(r"元")),
    (re.compile(r"多少(?:个)?人|几(?:个|万|千|百)?人(?!均)|多少名|人数"), re.compile(r"人|名|位|个|户")),
    (re.compile(r"(?:多少|几)(?:家|户)"), re.compile(r"家|户|个")),
    (re.compile(r"多少(?:亩|平方|平米)|多大(?:面积|地)|占地"), re.compile(r"亩|平方|㎡|公顷")),
)


# 单位是“家”的目标, 以万人为单位的指标, 用%计算的指标: a unit by name, as a table prints it
_UNIT = r"[“\"]?(?P<{name}>[%\uff05‰]|百分比|百分号|[一-龥]{{1,4}}?)[”\"]?"
_NAMED = re.compile(
    rf"单位(?:都)?[是为用](?:的是)?{_UNIT.format(name='is')}(?:的|[,、\s]|$)|(?:[以用按]{_UNIT.format(name='by')}(?:[为做作当]单位|计(?:算|量)?的))"
)
_PERCENT_NAMES = frozenset({"\uff05", "百分比", "百分号"})


def unit_named(text: str) -> str:
    """Return the unit by which a question picks measures out; empty where it names none."""
    found = _NAMED.search(text)
    unit = (found["is"] or found["by"]) if found else ""
    return PERCENT if unit in _PERCENT_NAMES else unit


def wanted_units(text: str) -> tuple[re.Pattern[str], ...]:
    """Return the units that answer a question, one pattern for each kind of number asked for; none where it does not say."""
    return tuple(units for asks, units in _WANTED if asks.search(text))


def wrong_unit(wanted: Sequence[re.Pattern[str]], row: Indicator) -> bool:
    """Whether a value is a number of another kind than every kind a question asks for; words are never wrong."""
    read = quantity_of(row) if wanted else None
    return read is not None and not any(units.search(read.unit) for units in wanted)
