"""Subjects that share values in turn: 小学、初中生均公用经费分别达到1600元、2000元."""

import re
from collections.abc import Sequence

from index.indicators.names import split_subjects

# 花生种植、收获机械化率: the measure stands once, after the last subject.
_LAST_MEASURE = re.compile(
    r"(?:[一-龥]{2}化率|[一-龥]{2}率|(?:人数|人次|总数|数量|总量|总额|比例|比重|标准|面积|收入|规模|产量|经费|费用|工资))$"
)
_MEASURED = re.compile(
    r"(?:率|数|量|额|占比|比例|比重|标准|面积|收入|规模|人次|经费|费用|工资|寿命|时间|里程|产值|指数)$"
)
# What the last of several subjects shares with the others begins here: 初中|生均公用经费, 2型糖尿病|患者管理率.
_SHARED = re.compile(
    r"(?:生均|人均|户均|地均|居民|职工|教师|学生|保险|人口|家庭|患者|床位|学校|机构|企业|人员|老年人|儿童)"
)
# 一级、二级民办园: the rank tells them apart, the rest is every one's.
_RANK = re.compile(
    r"(?:(?:国家|[省市县区])级|[特一二三四五六甲乙丙初中高]级工?|[一二三四甲乙丙A-D]类|[特一二三四]等|[一二三四]档|[一二三]星)"
)
_LED = re.compile(r".*(?:评定为|认定为|评为|获得|取得|确定为|分为|划分为)")


def _share(subjects: Sequence[str], own: str, rest: str) -> tuple[str, ...]:
    return (*(one + rest for one in subjects[:-1]), own + rest)


def subjects_of(name: str) -> tuple[str, ...]:
    """Split the subjects of shared values; what stands after the last of them is every one's."""
    subjects = split_subjects(name)
    if len(subjects) < 2 or any(_MEASURED.search(one) for one in subjects[:-1]):
        return subjects
    last = subjects[-1]
    if "的" in last and not any("的" in one for one in subjects[:-1]):
        own, rest = last.split("的", 1)
        return _share([_LED.sub("", one) for one in subjects], own, rest) if own and rest else subjects
    rank = _RANK.match(last)
    if rank and all(one.endswith(rank[0][-1]) for one in subjects[:-1]):
        return _share(subjects, rank[0], last[rank.end() :])
    shared = next((m for m in _SHARED.finditer(last) if m.start() > 0 and m.end() < len(last)), None)
    if shared:
        own, rest = last[: shared.start()], last[shared.start() :]
        word = shared[0]
        if subjects[0].endswith(word):
            own, rest = last[: shared.end()], last[shared.end() :]
        return _share(subjects, own, rest)
    measure = _LAST_MEASURE.search(last)
    return (*(one + measure[0] for one in subjects[:-1]), last) if measure else subjects


def in_turn(subjects: Sequence[str], values: int) -> tuple[str, ...]:
    """Return the subject of each of some values, none where they do not match or one lacks the measure of the others."""
    measured = [_MEASURED.search(one) is not None for one in subjects]
    return tuple(subjects) if len(subjects) == values and (all(measured) or not measured[-1]) else ()
