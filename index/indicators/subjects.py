"""Which measure each value of a sentence part belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.indicators.names import belongs, clean, leans_on, name_of, names_something, split_subjects
from index.indicators.phrases import left_edge, open_bracket, right_edge, sums_up_list
from index.indicators.units import is_counting
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
# 建筑面积3万平方米 after 学院占地面积1000亩 is the 学院's: a size needs what it is the size of.
_SIZE = re.compile(r"(?:总|净)?(?:建筑|占地|用地|使用|规划|经营|营业|展示)(?:总)?面积|面积|全长|总?用地")
# 较上一年增加,2035年达到90%: the phrase compares, the measure stands before it.
_COMPARED = re.compile(r"[较比][^,]{1,8}(?:增加|减少|增长|下降|提高|降低|上升|提升|翻)|同比|环比")
# 限额标准为职工参保人员每天105元、居民参保人员每天50元; 补贴标准:一等奖20万元,二等奖15万元: one measure of several.
_SHARED = r"(?:标准|限额|比例|额度|费率|定额|价格|租金|金额|期限)"
_OF_EACH = re.compile(rf"(?P<measure>.*{_SHARED})为(?P<of>[^为]{{2,}})")
_LABEL = re.compile(rf"(?:[^,;。!?\n:(]*?)(?P<measure>[一-龥]{{0,14}}{_SHARED})(?:分别)?(?:如下)?:")
_OWN_MEASURE = re.compile(rf"{_SHARED}|(?:率|费|数|量|额|面积|收入|时间|时长|次数|总计|合计)$")
_COUNTED = re.compile(r"[个座所家处栋幢间条]$")
_AMONG = re.compile(r"其中:?[^,;:]{0,30}$")
_AMONG_CHARS = 34
_CHANGE_CHARS = 14


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its name; ``before`` are the words of its phrase up to it.

    ``outgoing`` marks the first of 由6.1张提高到7.5张: what the measure stood at, not what is meant.
    """

    amount: Amount
    name: str
    before: str
    outgoing: bool = False


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


def _earlier_phrase(text: str, floor: int, left: int, region: re.Pattern[str]) -> str:
    """Name the phrase one comma further back: 城镇登记失业率,控制在5%以内; "" where it names nothing."""
    if left - 1 <= floor:
        return ""
    name = clean(text[left_edge(text, floor, left - 1) : left - 1], region)
    return name if names_something(name) and not _COMPARED.match(name) else ""


@dataclass(frozen=True, slots=True)
class _Shared:
    """A measure said once for several values that follow, all in one unit."""

    measure: str = ""
    unit: str = ""


def _measured(text: str, part: Span, name: str, amount: Amount, shared: _Shared) -> tuple[str, _Shared]:
    """Complete a name by the measure said once for several; return it with the measure that holds from here on."""
    if each := _OF_EACH.fullmatch(name):
        return each["measure"] + each["of"], _Shared(each["measure"], amount.unit)
    label = _LABEL.match(text, part.start, amount.reach.start)
    if not shared.measure and label and not is_counting(amount.unit):
        shared = _Shared(label["measure"], amount.unit)
    if not shared.measure or _OWN_MEASURE.search(name):
        return name, _Shared()
    return (shared.measure + name if amount.unit == shared.unit else name), shared


def _owned(name: str, done: Sequence[Measure]) -> str:
    """Complete a size by what the measure before it is of: 建筑面积 after 学院占地面积, after 1所学院."""
    if not done or not _SIZE.fullmatch(name):
        return name
    last = done[-1]
    owner = re.sub(rf"(?:{_SIZE.pattern})$", "", last.name)
    return owner + name if owner != last.name or _COUNTED.search(last.amount.unit) else name


def _completed(text: str, part: Span, amount: Amount, name: str, done: Sequence[Measure]) -> str:
    """Complete a name that leans on an earlier measure: in its bracket, or after 其中."""
    if not done:
        return name
    bracket = open_bracket(text, part.start, amount.reach.start)
    if bracket is not None:
        heads = [m.name for m in done if m.amount.reach.end <= bracket]
        return belongs(name, heads[-1], True) if heads else name
    if _AMONG.search(text, max(part.start, amount.reach.start - _AMONG_CHARS), amount.reach.start):
        return belongs(name, done[-1].name, False)
    return leans_on(name, done[-1].name)


def _assigned(run: Sequence[Amount], name: str, before: str) -> Iterator[Measure]:
    """Give a run its names: in turn after 分别, every subject after 均, else one name for all."""
    subjects = split_subjects(name)
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
    shared = _Shared()
    floor, runs = part.start, list(_groups(text, amounts))
    for at, run in enumerate(runs):
        first, last = run[0], run[-1]
        ceiling = runs[at + 1][0].reach.start if at + 1 < len(runs) else part.end
        left = left_edge(text, floor, first.reach.start)
        before = text[left : first.reach.start]
        after = text[last.reach.end : right_edge(text, last.reach.end, ceiling)]
        if not sums_up_list(before, first.value.of(text), first.unit, after):
            name = name_of(_FROM.sub("", before), after, first.unit, region)
            if names_something(name):
                name, shared = _measured(text, part, name, first, shared)
                name = _owned(_completed(text, part, first, name, done), done)
            elif done and open_bracket(text, part.start, first.reach.start) is not None:
                name = done[-1].name
            else:
                # 补贴标准为每天30元,最长不超过6个月: still said of the same measure.
                named = done[-1].name if done else subject
                name = named if subject else _earlier_phrase(text, floor, left, region) or named
            done += _assigned(run, name, before) if name else ()
        floor = last.reach.end
    return done
