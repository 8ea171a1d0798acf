"""Which measure each value of a sentence part belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.indicators.changes import FROM, is_change
from index.indicators.completions import (
    Measure,
    Shared,
    completed,
    earlier_phrase,
    measured,
    owned,
    paralleled,
)
from index.indicators.names import ONLY_CHANGE, clean, name_of, names_something
from index.indicators.payments import needs_payee, paid_as, payee, payee_before, rate_before
from index.indicators.phrases import left_edge, open_bracket, right_edge, sums_up_list
from index.indicators.respectively import in_turn, subjects_of
from index.indicators.units import is_time
from index.indicators.values import Amount
from index.types import Span

_RESPECTIVELY = re.compile(r"(?:分别|依次)[^,;、]{0,12}$")
_EACH = re.compile(r"(?:(?<![平人年月日户])均|都|各)[^,;、率]{0,4}$")
_JOINT = re.compile(r"\s*(?:、|和|及|以及|与|至|或者?)?\s*")
# 缩短至12分钟以内: a length of time, no limit in which something is to be done
_SHORTENED = re.compile(r"(?:缩短|压缩|压减|控制|减少|降低|下降|缩减|稳定|保持|达)[到至为在]?$")
_SHORTENED_CHARS = 4


def _groups(text: str, amounts: Sequence[Amount]) -> Iterator[list[Amount]]:
    """Yield runs of values with nothing but 、 or 和 between them: they share one measure, or one list of them."""
    run: list[Amount] = []
    for amount in amounts:
        if run and not (
            _JOINT.fullmatch(text, run[-1].reach.end, amount.reach.start) or is_change(text, run[-1], amount)
        ):
            yield run
            run = []
        run.append(amount)
    if run:
        yield run


def _after(text: str, run: Sequence[Amount], ceiling: int) -> str:
    """Return the words after a run of values; after 自登记之日起20日内, the deed may follow the comma."""
    end = run[-1].reach.end
    begun = run[0].reach.start
    length = _SHORTENED.search(text, max(0, begun - _SHORTENED_CHARS), begun)
    limit = is_time(run[-1].unit) and run[-1].comparator == "<=" and text[end - 1] == "内" and not length
    begin = end + 1 if limit and text[end : end + 1] == "," else end
    return text[begin : right_edge(text, begin, ceiling, deed=limit)]


def _assigned(run: Sequence[Amount], name: str, before: str, each: str) -> Iterator[Measure]:
    """Give a run its names: every subject after 均, else one name for all."""
    subjects = subjects_of(name)
    if len(run) == 1 and _EACH.search(before) and len(subjects) > 1:
        yield from (Measure(run[0], subject, before, each=each) for subject in subjects)
    elif len(run) == 2 and FROM.search(before + each):
        yield Measure(run[0], name, before, outgoing=True, each=each)
        yield Measure(run[1], name, before, each=each)
    else:
        yield from (Measure(a, name, before, each=each) for a in run)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What stands before and after a run of values; ``each`` is their rate, ``paid`` what they are paid as.

    ``earlier`` are the words one comma further back.
    """

    before: str
    after: str
    each: str
    paid: str
    earlier: str


def _phrase(text: str, part: Span, floor: int, run: Sequence[Amount], ceiling: int) -> _Phrase:
    start = run[0].reach.start
    left = left_edge(text, floor, start)
    money = run[0].unit.endswith("元")
    paid = paid_as(text, run[-1].reach.end, part.end) if money else ""
    rate = rate_before(text[left:start], money, paid)
    further = left_edge(text, part.start, left - 1) if left - 1 > part.start else left
    earlier = text[further : max(further, left - 1)]
    return _Phrase(rate.rest, paid or _after(text, run, ceiling), rate.each, paid, earlier)


def _in_turn(phrase: _Phrase, run: Sequence[Amount], region: re.Pattern[str]) -> list[Measure]:
    """Name values by the subjects before 分别, one each; none where their numbers differ."""
    spread = _RESPECTIVELY.search(phrase.before)
    head = phrase.before[: spread.start()] if spread else ""
    tail = name_of("", phrase.after, run[-1].unit, region) if run[0].unit.endswith("元") else ""
    subjects = subjects_of(clean(payee(head), region) or clean(payee(phrase.earlier), region))
    if len(subjects) == 1:
        return [Measure(a, subjects[0] + tail, phrase.before, each=phrase.each) for a in run]
    names = [one + tail for one in subjects]
    return [
        Measure(amount, name, phrase.before, each=phrase.each)
        for amount, name in zip(run, in_turn(names, len(run)), strict=False)
    ]


def _own_name(phrase: _Phrase, run: Sequence[Amount], region: re.Pattern[str]) -> str:
    """Name values by the words around them; what is paid as 奖励 alone is named by whom it is for."""
    name = name_of(FROM.sub("", phrase.before), phrase.after, run[0].unit, region)
    if needs_payee(name) and (whom := payee_before(phrase.earlier)):
        return whom + name
    return name


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
        phrase = _phrase(text, part, floor, run, ceiling)
        floor, edge = last.reach.end, floor
        if sums_up_list(phrase.before, first.value.of(text), first.unit, phrase.after):
            continue
        if _RESPECTIVELY.search(phrase.before) and (len(run) > 1 or not first.unit or "、" in phrase.before):
            done += _in_turn(phrase, run, region)
            continue
        name = _own_name(phrase, run, region)
        if names_something(name):
            name, shared = measured(text, part, name, first, shared)
            name = owned(completed(text, part, first, name, done), done)
            name = paralleled(name, first.unit, done)
        elif done and open_bracket(text, part.start, first.reach.start) is not None:
            name = done[-1].name
        else:
            # 补贴标准为每天30元,最长不超过6个月: still said of the same measure.
            named = done[-1].name if done else subject
            left = left_edge(text, edge, first.reach.start)
            name = named if subject else earlier_phrase(text, edge, left, region) or named
        idle = not subject and ONLY_CHANGE.fullmatch(name)
        done += _assigned(run, name, phrase.before, phrase.each) if name and not idle else ()
    return done
