"""What a value measures: the noun phrase before it, or the one it counts after it.

Names leave out the region, the time and verbs that only say that something is reached; what tells one measure
from another stays.
"""

import re
from collections.abc import Sequence

from index.indicators.periods import MARK
from index.indicators.units import is_counting

# Longest run a name is looked for in: real names stay under 45 characters, and it bounds the work on any line.
MAX_NAME = 60

_REGION = r"(?:全[市区县省州国镇乡盟旗]|[我本该][市区县省州镇旗]|各[市区县]|辖区)(?:内|范围内)?"
_LEAD = (
    r"其中:?|并且?|且|及时?|以及|和(?!谐|平)|与此同时|同时|此外|力争|争取|确保|保证|努力|达到|实现了?|完成了?|建成了?|建立了?|已建立|"
    r"建设(?!用地|投资|工程|资金|周期|规模)|打造|开展了?(?!率)|组织(?!率|化)|落实|累计|共(?!享|建|同|青|有产权)|总共|已经?|成功(?!率)|顺利|"
    r"均(?!衡|等)|到(?!位|账|岗|港|期|访)|在(?!校|岗|册|建|园|职|库|营|用|地|编|线)|将|把|使(?!用|馆)|至(?!少)|约(?!束)|基本(?!养老|医疗|公共|农田|"
    r"生活|保障|药物|建设|民生)|全面(?!健身|预算)|推动|推进|新(?=建成)|实有|实际(?=完成)|年均|每年|每季度|每半年|每月|每周|逐年|至少|"
    r"的(?!士)|了|由|为(?!民|主)|让|按照|平均每年|五年|预计|预期|计划(?!生育)|全部|保持|稳步|持续|不断|进一步|有|拥有(?!量)|通过|先后|"
    r"对(?!外|口|接)|用于|认定(?!率)|顺利开通了?|开通了?|构建|形成|获批|获评|成立|设立|布局|配备|建好|引进(?!外资)|还|也|又|再(?!就业|生)"
)
_TRAIL = (
    r"达到了?|达|均|已经?|累计|控制在?|保持在?|稳定在?|维持在?|(?:提高|提升|上升|增加|增长|扩大|下降|降低|降|压缩|缩短|减少|压减|拓展|恢复|增至|升)[到至为]|"
    r"到|至|约|为|有|分别|各|力争|争取|至少|共计?|总计|合计|了|就|全部|实现|完成|建设达到|建成|每年|年均|逐年|目标|设立?|是|在|"
    r"不低于|不少于|不超过|超过|突破|可|能够?|要|应|应当|须|必须|须?达|期末|总数|打造|建设|新建|开展|培育|组建"
)
_TIME_LEAD = re.compile(
    rf"(?:截至|截止|到|至|自|从|在|于)?(?:{MARK.pattern})(?:底|末|初|期末|前|以来|全年|起|时|度)*(?:[,、的]|期间|内|以内)?".replace(
        "?P<", "?P<_"
    )
)
_LEADING = re.compile(rf"(?:\s|[,:、。;)\"”]|{_REGION}|{_LEAD})+")
_TRAILING = re.compile(rf"(?:\s|[,:、(“]|{_TRAIL})+$")
_ENUMERATED = re.compile(r"等\s*$")
_ANY_TIME = re.compile(r"(?:年均|每年|每季度|每月|平均每年|期内)")

# What may follow a value without being the thing it measures.
_NOT_A_THING = re.compile(
    r"的?(?:目标|要求|水平|任务|标准|规模|左右|大关|比例)|并|且|和|及|与|以及|等|时|的(?=[,。;]|$)|[^一-龥A-Za-z0-9“\ufffd的]"
)
# 其中女性3人: so short an item is said of the measure before it.
_SHORT_ITEM = 7
_MEASURE = re.compile(
    r"(?:[一-龥]{0,2}(?:人数|人次|户数|家数|个数|数量|总量|总数|总额|面积|规模|产量|产值|收入|里程|占比|比例|比重|率|量|数))$"
)
_HEAD_MEASURE = re.compile(r"\)([^()、]{2,8})$")
_SPLIT = re.compile(r"、|以及|及(?!时)|和(?!谐|平)|与")


def _lead_off(text: str, region: re.Pattern[str]) -> str:
    """Drop times, regions and empty verbs from the front until a name begins."""
    while True:
        found = _TIME_LEAD.match(text) or _LEADING.match(text) or region.match(text)
        if not found or not found.end():
            return text
        text = text[found.end() :]


def region_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Compile what of a document's own region words a name leaves out; matches nothing where there are none."""
    longest_first = sorted({word for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def clean(text: str, region: re.Pattern[str]) -> str:
    """Reduce a run of text to the measure it names; "" where it names none."""
    text = _lead_off(text, region)
    cut = _TRAILING.search(text)
    text = text[: cut.start()] if cut else text
    text = _ANY_TIME.sub("", text).strip(" ,、:;。的”“\"")
    return _balanced(text)


def _balanced(text: str) -> str:
    """Drop a bracket or quotation mark that lost its partner."""
    for left, right in ("()", "“”"):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    return text


def name_of(before: str, after: str, unit: str, region: re.Pattern[str]) -> str:
    """Name a value from the text up to it and the text from it to the next break.

    ``80%的…案件能得到…`` and ``8个…平台`` are named by what follows, ``推荐1家…机构参加…评选`` by both,
    ``…率达到90%`` by what precedes.
    """
    head = "" if _ENUMERATED.search(before) else clean(before, region)
    thing = "" if _NOT_A_THING.match(after) else after
    if not thing:
        return head
    tail = clean(thing, region)
    if unit[:1] in {"%", "‰"}:
        return tail if thing[0] == "的" or not head else head + tail
    if not head or (is_counting(unit) and not _MEASURE.search(head)):
        return head + tail
    return head


def split_subjects(name: str) -> tuple[str, ...]:
    """Split the subjects of a shared value, as in A、B均为100%."""
    return tuple(part for part in (piece.strip() for piece in _SPLIT.split(name)) if part)


def belongs(item: str, head: str, bracketed: bool) -> str:
    """Complete an item said of an earlier measure: 养老保险 in 参保人数…(养老保险372万人), 高级工以上 after 其中."""
    if bracketed and not _MEASURE.search(item):
        measure = _HEAD_MEASURE.search(head) or _MEASURE.search(head)
        tail = measure[measure.lastindex or 0] if measure else ""
        return item + tail
    if not bracketed and len(item) <= _SHORT_ITEM and not item.startswith(head[:2]):
        stem = _MEASURE.sub("", head)
        return stem + item
    return item
