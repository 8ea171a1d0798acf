"""Which measure each value of a sentence part belongs to."""

import re
from collections.abc import Iterator, Sequence

from index.indicators.completions import Measure, Shared, completed, earlier_phrase, measured, owned
from index.indicators.names import name_of, names_something, split_subjects
from index.indicators.phrases import left_edge, open_bracket, right_edge, sums_up_list
from index.indicators.units import is_time
from index.indicators.values import Amount
from index.types import Span

_RESPECTIVELY = re.compile(r"分别[^,;、]{0,12}$")
_EACH = re.compile(r"(?:(?<![平人年月日户])均|都|各)[^,;、率]{0,4}$")
_FROM = re.compile(r"[由从](?:[^,。;、由从]{0,10}[年末底初的])?$")
_TO = re.compile(
    r"\s*,?(?:逐步|进一步|稳步)?(?:提高|提升|上升|增加|增长|扩大|下降|降低|压缩|缩短|减少|压减|增|降|升|减)[到至为](?:[^,。;、]{0,8}年[末底]?的?)?"
    r"(?:不超过|不低于|约|近)?"
)
_JOINT = re.compile(r"\s*(?:、|和|及|以及|与|至|或者?)?\s*")
_CHANGE_CHARS = 14
# 花生种植、收获机械化率: the measure stands once, after the last subject.
_LAST_MEASURE = re.compile(
    r"(?:[一-龥]{2}化率|[一-龥]{2}率|(?:人数|人次|总数|数量|总量|总额|比例|比重|标准|面积|收入|规模|产量))$"
)
_MEASURED = re.compile(r"(?:率|数|量|额|占比|比例|比重|标准|面积|收入|规模|人次)$")


def _is_change(text: str, old: Amount, new: Amount) -> bool:
    """Whether two values are the ends of a change: 由6.1张提高到7.5张."""
    leads = _FROM.search(text, max(0, old.reach.start - _CHANGE_CHARS), old.reach.start)
    return leads is not None and _TO.fullmatch(text, old.reach.end, new.reach.start) is not None


def _groups(text: str, amounts: Sequence[Amount]) -> Iterator[list[Amount]]:
    """Yield runs of values with nothing but 、 or 和 between them: they share one measure, or one list of them."""
    run: list[Amount] = []
    for amount in amounts:
        if run and not (
            _JOINT.fullmatch(text, run[-1].reach.end, amount.reach.start) or _is_change(text, run[-1], amount)
        ):
            yield run
            run = []
        run.append(amount)
    if run:
        yield run


def _subjects(name: str) -> tuple[str, ...]:
    """Split the subjects of shared values; a measure that stands after the last of them is every one's."""
    subjects = split_subjects(name)
    last = _LAST_MEASURE.search(subjects[-1]) if subjects else None
    if last is None or any(_MEASURED.search(one) for one in subjects[:-1]):
        return subjects
    return (*(one + last[0] for one in subjects[:-1]), subjects[-1])


def _after(text: str, run: Sequence[Amount], ceiling: int) -> str:
    """Return the words after a run of values; after 自登记之日起20日内, the deed may follow the comma."""
    end = run[-1].reach.end
    limit = is_time(run[-1].unit) and run[-1].comparator == "<=" and text[end - 1] == "内"
    begin = end + 1 if limit and text[end : end + 1] == "," else end
    return text[begin : right_edge(text, begin, ceiling, deed=limit)]


def _assigned(run: Sequence[Amount], name: str, before: str) -> Iterator[Measure]:
    """Give a run its names: in turn after 分别, every subject after 均, else one name for all."""
    subjects = _subjects(name)
    if len(run) > 1 and _RESPECTIVELY.search(before) and len(subjects) == len(run):
        yield from (Measure(a, subject, before) for a, subject in zip(run, subjects, strict=True))
    elif len(run) == 1 and _EACH.search(before) and len(subjects) > 1:
        yield from (Measure(run[0], subject, before) for subject in subjects)
    elif len(run) == 2 and _FROM.search(before):
        yield Measure(run[0], name, before, outgoing=True)
        yield Measure(run[1], name, before)
    else:
        yield from (Measure(a, name, before) for a in run)


def read_measures(
    text: str, part: Span, amounts: Sequence[Amount], region: re.Pattern[str], subject: str = ""
) -> list[Measure]:
    """Name the values of one sentence part, in order; a value that no words name is left out.

    :param subject: what stands around names the values that their own words do not
    """
    done: list[Measure] = []
    shared = Shared()
    floor, runs = part.start, list(_groups(text, amounts))
    for at, run in enumerate(runs):
        first, last = run[0], run[-1]
        ceiling = runs[at + 1][0].reach.start if at + 1 < len(runs) else part.end
        left = left_edge(text, floor, first.reach.start)
        before = text[left : first.reach.start]
        after = _after(text, run, ceiling)
        if not sums_up_list(before, first.value.of(text), first.unit, after):
            name = name_of(_FROM.sub("", before), after, first.unit, region)
            if names_something(name):
                name, shared = measured(text, part, name, first, shared)
                name = owned(completed(text, part, first, name, done), done)
            elif done and open_bracket(text, part.start, first.reach.start) is not None:
                name = done[-1].name
            else:
                # 补贴标准为每天30元,最长不超过6个月: still said of the same measure.
                named = done[-1].name if done else subject
                name = named if subject else earlier_phrase(text, floor, left, region) or named
            done += _assigned(run, name, before) if name else ()
        floor = last.reach.end
    return done
