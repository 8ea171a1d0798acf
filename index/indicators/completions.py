"""What a name leaves to the words around it: the owner of a size, a measure said once, an earlier phrase."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.indicators.names import belongs, clean, leans_on, names_something
from index.indicators.payments import needs_payee, with_rate
from index.indicators.phrases import left_edge, open_bracket
from index.indicators.units import is_counting
from index.indicators.values import Amount
from index.types import Span

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


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its name; ``before`` are the words of its phrase up to it.

    ``outgoing`` marks the first of 由6.1张提高到7.5张: what the measure stood at, not what is meant. ``each`` is the rate
    the value is paid at, 每人每月, or "".
    """

    amount: Amount
    name: str
    before: str
    outgoing: bool = False
    each: str = ""

    @property
    def title(self) -> str:
        """The name with its rate."""
        return with_rate(self.name, self.each)


def earlier_phrase(text: str, floor: int, left: int, region: re.Pattern[str]) -> str:
    """Name the phrase one comma further back: 城镇登记失业率,控制在5%以内; "" where it names nothing."""
    if left - 1 <= floor:
        return ""
    name = clean(text[left_edge(text, floor, left - 1) : left - 1], region)
    return name if names_something(name) and not _COMPARED.match(name) else ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A measure said once for several values that follow, all in one unit."""

    measure: str = ""
    unit: str = ""


def measured(text: str, part: Span, name: str, amount: Amount, shared: Shared) -> tuple[str, Shared]:
    """Complete a name by the measure said once for several; return it with the measure that holds from here on."""
    if each := _OF_EACH.fullmatch(name):
        return each["measure"] + each["of"], Shared(each["measure"], amount.unit)
    label = _LABEL.match(text, part.start, amount.reach.start)
    if not shared.measure and label and not is_counting(amount.unit):
        shared = Shared(label["measure"], amount.unit)
    if shared.measure and needs_payee(name):
        return shared.measure, shared
    if not shared.measure or _OWN_MEASURE.search(name):
        return name, Shared()
    return (shared.measure + name if amount.unit == shared.unit else name), shared


def owned(name: str, done: Sequence[Measure]) -> str:
    """Complete a size by what the measure before it is of: 建筑面积 after 学院占地面积, after 1所学院."""
    if not done or not _SIZE.fullmatch(name):
        return name
    last = done[-1]
    owner = re.sub(rf"(?:{_SIZE.pattern})$", "", last.name)
    return owner + name if owner != last.name or _COUNTED.search(last.amount.unit) else name


# 农村地区缩短至20分钟 after 城市地区院前急救平均反应时间缩短至12分钟: said of the same measure elsewhere.
_PLACE = re.compile(r"(?:城市|城镇|农村|乡村|城区|郊区|山区|牧区|[一-龥]{1,3}(?:地区|区域|片区))")
_MAX_PLACE = 5


def paralleled(name: str, unit: str, done: Sequence[Measure]) -> str:
    """Complete a name that is only a place by the measure of another place before it, in the same unit."""
    if not done or done[-1].amount.unit != unit or not _PLACE.fullmatch(name):
        return name
    before = next((end for end in range(_MAX_PLACE, 1, -1) if _PLACE.fullmatch(done[-1].name[:end])), 0)
    return name + done[-1].name[before:] if before else name


def completed(text: str, part: Span, amount: Amount, name: str, done: Sequence[Measure]) -> str:
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
