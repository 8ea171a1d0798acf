"""What a value measures: the noun phrase before it, or the thing it counts after it.

Names leave out the region, the time and verbs that only say that something is reached; what tells one measure
from another stays.
"""

import re
from collections.abc import Sequence

from index.indicators.payments import PAID, payee
from index.indicators.periods import MARK
from index.indicators.units import is_counting, is_time

# Longest run a name is looked for in: real names stay under 45 characters, and it bounds the work on any line.
MAX_NAME = 60

_REGION = r"(?:全[市区县省州国镇乡盟旗]|[我本该][市区县省州镇旗]|各[市区县]|辖区)(?:内|范围内)?"
# Each verb or adverb is kept where it begins a noun instead: 建设用地, 在校生, 共享单车, 基本养老保险.
_LEAD = (
    r"其中:?|并且?|且|以及|及(?![格时])|和(?![谐平])|与此同时|同时|此外|力争|争取|确保|保证|努力|达到|达(?![成标])|实现了?|完成了?|建成了?|"
    r"建立了?|建设(?!用地|投资|工程|资金|周期|规模|项目|强度)|打造|开展了?(?!率)|组织(?!率|化)|落实|累计|共(?![享建同青])(?:有(?!产权))?|总共|现(?:共|建|设)?有|拥有(?!量)|[建设]有|给予|计划(?!生育|投资|单列|总)|"
    r"已经?|成功(?!率)|顺利|均(?![衡等])|到(?![位账岗港期访达龄])|在(?![校岗册建园职库营用地编线])|将|把|使(?![用馆])|至(?!少)|约(?!束)|"
    r"基本(?!养老|医疗|公共|农田|生活|保障|药物|建设|民生|失业|工伤)|全面(?!健身|预算)|推动|推进|新(?=建成)|实有|年均|每年|每季度|每半年|"
    r"每月|每周|逐年|平均每年|至少|的|了|由|按照|按|预计|预期(?!寿命)|全部|保持|稳步|持续|不断|进一步|有(?![效机色])|通过|先后|"
    r"开通了?|构建|形成|获批|获评|成立|设立|布局|配备|还|也|又|再(?![就生])|能够?|可以|可(?![再支持用])|不得|要(?!求)|应当|应(?![急用])|须|必须|仅|只|但是?|则|并处|处以?(?![理置所分方级女])|处罚|"
    r"不(?:得)?(?:低于|高于|少于|多于|超过|大于|小于)|或者|或(?!许)|本(?:通知|办法|规定|细则|条例|意见|方案|公告)的?|其(?![他它余中])|于|因|凡|如|若"
)
_NUMBERING = r"第[一二三四五六七八九十百千零〇\d]{1,8}条(?:之[一二三四五六七八九十]{1,2}(?=\s))?|\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|[①-⑳]|—+|[●■◆▲★·]"
_CHANGED = r"提高|提升|上升|增加|增长|扩大|下降|降低|降|压缩|缩短|减少|压减|拓展|恢复|增|升|减"
_TRAIL = (
    rf"达到了?|达|调整(?:增加|提高|降低)?[到至为]|(?<![平人年月日户])均|已经?|累计|控制在?|保持在?|稳定在?|维持在?|(?:{_CHANGED})[到至为了]|"
    r"[到至约有]|(?<![行作成认])为|分别|各|力争|争取|至少|共计?|总计|合计|了|就|全部|实现|完成|建设达到|建成|每年|年均|逐年|目标|"
    r"每[人户](?:每[月年天日])?|最[高低多少长短]|是|在|[由从]|超过|突破|可|能够?|应|应当|须|必须|期末|须?不(?:得)?(?:低于|高于|少于|多于|超过|大于|小于|短于|长于)?|将|于|自|按照?|以|之?内|仅占?|只(?:有|占)|不足|不到|尚|仍|预计|预测"
)
_TIME = re.compile(
    rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', MARK.pattern)})(?:年|底|末|初|前|以来|全年|起|时|度|[,、的内])*"
)
_TIME_LEAD = re.compile(rf"(?:截至|截止|到|至|自|从|在|于)?{_TIME.pattern}")
_LEADING = re.compile(rf"(?:\s|[,:、。;)”]|{_NUMBERING}|{_REGION}|{_LEAD})+")
_TRAILING = re.compile(rf"(?:\s|[,:、(“]|{_TRAIL})+$")
# After 等 or 、 a number begins an item of its own.
_ENUMERATED = re.compile(r"[等、]\s*$")
_ONLY_TO = re.compile(r"[共]?[为对向给]")
_REACHING = ("覆盖", "惠及")
# Words that say how a value is fixed, compared or counted, and name no measure by themselves.
_EMPTY = re.compile(
    r"(?:按[一-龥]{0,2})?(?:确定|计算|核定|核算|计发|支付|执行|给予|安排|收取|加收)|计|处|不?含|或者?|但是?|其中|不?[高低多少大小]于|不超过|"
    r"至少|最[多少高低长短]|一般|原则上|情况|每[一-龥]{1,2}"
)
# 分别按照每生, 逐步提高, 购置、租赁等方式: what is left of a sentence, not what it measures.
_FRAGMENT = re.compile(
    r"分别|.*(?:按照?(?:每[一-龥]{1,3})?|仅|分别|给予|缩短至|提高到|降低到|降至|等方式|等途径|等形式)$"
    r"|(?:逐步|进一步|稳步|持续|不断|相应|适当|原则上?|同步)+(?:提高|提升|增加|降低|下降|减少|缩短|扩大|标准|予以|[至到为])*$"
)
_WITHIN_NAME = re.compile(
    r"年均(?!浓度|值|气温|降)|每年|每季度|累计|(?:^|规划|计划)期内|\((?:以下|下同)[^()]*\)"
)
# 依法解决诉求确保…败诉, 规模达到在校生3000人: the measure begins after the verb.
_LATE_START = re.compile(r".*(?:确保|力争|争取|努力实现|达到(?!或))(?=[^,。;]{2,})")

_MAX_LIMIT = 40
# 预留30%的号源: a thing so short is told by what is done with it.
_SHORT_TAIL = 2

# What may follow a value without being the thing it measures.
_NOT_A_THING = re.compile(
    r"的?(?:目标|要求|水平|任务|标准|左右|大关|比例|总体)(?!处以)|不[满足超]|并|且|和|及|与|以及|等|时|的$|[^一-龥A-Za-z0-9“的]"
)
_THING_END = re.compile(
    r"的(?:目标|要求|任务|标准|水平)$|(?:累计|合计|总计).*$|的?(?:按照?|给予|(?<=[一-龥])达到|每[人户增]).*$"
)
# 处骗取金额二倍以上五倍以下的罚款, 按每人五百元的标准处以罚款: what is due is named last.
_DUE = re.compile(r"(?:罚款|罚金|违约金|滞纳金|赔偿金|补偿金|加班费)$")
# 每增加1人给予3000元补贴: what is paid is named last too.
_PAID = re.compile(rf"[一-龥]{{0,8}}{PAID}")
_GIVEN = re.compile(r"(?:给予|发给|发放|支付|奖励|补助|补贴)(?:最[高低多])?$")
# 可申请最高300万元的创业担保贷款: the verb alone names nothing.
_ASKED = re.compile(r"申请|享受|领取|获得|提供|给予|发放")
_FINED = re.compile(r"(?:并?处以?|并?按照?每?[一-龥]{0,2}|加收)$")
_CIRCLE = re.compile(r"[^,。;、]{0,6}圈")
# 其中女性3人, 其中高级工以上2万人: said of the measure before it; 其中高速公路850公里 stands alone.
_PART_OF = re.compile(
    r"[高中初副正]级|[女男]|[国省市县区]级|少数民族|(?:农村|城镇|城市|新增|贫困)$|[一-龥]{1,6}(?:以上|以下)|本科|专科|硕士|博士"
)
_OPERATORS = frozenset("<>=≤≥")
_LETTERS = re.compile(r"[一-龥].*[一-龥]|[A-Za-z]{2}")
_MEASURE_WORD = (
    r"(?:人数|人次|户数|家数|个数|数量|总量|总数|总额|面积|规模|产量|产值|收入|里程|占比|比例|比重|率|量|数)$"
)
_MEASURE = re.compile(_MEASURE_WORD)
_TAIL_MEASURE = re.compile(rf"[一-龥]{{0,2}}{_MEASURE_WORD}")
_HEAD_MEASURE = re.compile(r"\)([^()、]{2,8})$")
_SPLIT = re.compile(r"、|以及|及(?!时)|和(?![谐平])|与")
# Said of the measure before it: 较2020年增长29%, 占总数的30%, 完成规划任务的136%.
_LEANING = re.compile(
    r"(?:较|比(?![例重赛])|同比|环比|增长|增幅|增速|下降|上升|占(?!地|比)|占比|(?:提高|提升|增加|减少|降低|缩短|扩大)$)"
    r"|(?P<goal>(?:“[^”]{1,4}”)?(?:年度|规划|预期|目标|任务|计划)+$)"
)


# By itself a verb of change names nothing: 提高 in 稳步提高,达到30%.
ONLY_CHANGE = re.compile(r"(?:提高|提升|增加|减少|降低|缩短|扩大|增长|下降|上升)+")


def region_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Compile what of a document's own region words a name leaves out; matches nothing where there are none."""
    longest_first = sorted({word for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _lead_off(text: str, region: re.Pattern[str]) -> str:
    """Drop times, regions and empty verbs from the front until a name begins."""
    while True:
        found = _TIME_LEAD.match(text) or _LEADING.match(text) or region.match(text)
        if not found or not found.end():
            return text
        text = text[found.end() :]


def _tidy(text: str) -> str:
    """Trim marks at the edges and drop a bracket or quotation mark that lost its partner."""
    text = text.strip(" ,、:;。的")
    for left, right in ("()", "“”"):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    return text[1:-1] if text[:1] + text[-1:] == "“”" and "“" not in text[1:] else text


def clean_label(text: str, region: re.Pattern[str]) -> str:
    """Reduce a name cell: region and time go; its verbs and its rhythm stay, a table names a measure as it is."""
    found = _TIME_LEAD.match(text) or region.match(text)
    return _tidy(text[found.end() :] if found else text)


def clean(text: str, region: re.Pattern[str]) -> str:
    """Reduce the words before a value to the measure they name; "" where they name none."""
    cut = _TRAILING.search(text)
    text = text[: cut.start()] if cut else text
    late = _LATE_START.match(text)
    text = _lead_off(text[late.end() :] if late else text, region)
    return "" if _ONLY_TO.fullmatch(text) else _tidy(_WITHIN_NAME.sub("", text))


def names_something(text: str) -> bool:
    """Whether a phrase may name a measure: two letters of it at least, and not only words such as 按标准确定."""
    if text[:1] in _OPERATORS or not _LETTERS.search(text):
        return False
    return not (_EMPTY.fullmatch(text) or _FRAGMENT.match(text))


def _clean_thing(text: str) -> str:
    """Reduce the words after a value to the thing counted."""
    return _tidy(_THING_END.sub("", text))


def _limit(head: str, tail: str) -> str:
    """Name a limit of time by who has to do what, or by the deed alone where the two are too long for a name."""
    if not names_something(tail):
        return head
    return head + tail if len(head) + len(tail) <= _MAX_LIMIT else tail


def _due(before: str, tail: str, unit: str, region: re.Pattern[str]) -> str:
    """Name what is paid or fined by what it is for and what it is, "" where nothing is."""
    if unit.endswith("元") and _PAID.fullmatch(tail):
        return clean(payee(_GIVEN.sub("", before)), region) + tail
    due = _DUE.search(tail)
    return clean(_FINED.sub("", before), region) + due[0] if due else ""


def name_of(before: str, after: str, unit: str, region: re.Pattern[str]) -> str:
    """Name a value from the text up to it and the text from it to the next break.

    ``80%的…案件能得到…`` and ``8个…平台`` are named by what follows, ``推荐1家…机构参加…评选`` by both,
    ``…率达到90%`` by what precedes.
    """
    tail = "" if _NOT_A_THING.match(after) else _tidy(after) if is_time(unit) else _clean_thing(after)
    if due := _due(before, tail, unit, region):
        return due
    head = "" if tail and _ENUMERATED.search(before) else clean(_ENUMERATED.sub("", before), region)
    if not tail:
        return head
    if unit[:1] in {"%", "‰"}:
        # 农村幸福院覆盖50%的行政村: a share that is reached is told by who reaches it
        whole = after[0] == "的" and len(tail) > _SHORT_TAIL and not before.endswith(_REACHING)
        return tail if whole or not head else head + tail
    if is_time(unit):
        # 15日内作出决定: a limit is named by what has to be done in it
        return _limit(head, tail)
    if (
        not head
        or _CIRCLE.match(after)
        or _ASKED.fullmatch(head)
        or (is_counting(unit) and not _MEASURE.search(head))
    ):
        return head if head.endswith(tail) else head + tail
    return head


def split_subjects(name: str) -> tuple[str, ...]:
    """Split the subjects of a shared value, as in A、B均为100%."""
    return tuple(part for part in (piece.strip() for piece in _SPLIT.split(name)) if part)


def belongs(item: str, head: str, bracketed: bool) -> str:
    """Complete an item said of an earlier measure: 养老保险 in 参保人数…(养老保险372万人), 高级工以上 after 其中."""
    if bracketed and not _MEASURE.search(item):
        measure = _HEAD_MEASURE.search(head) or _TAIL_MEASURE.search(head)
        return item + (measure[measure.lastindex or 0] if measure else "")
    if not bracketed and _PART_OF.match(item):
        return _MEASURE.sub("", head).removesuffix("人") + item
    return item


def leans_on(name: str, previous: str) -> str:
    """Complete a name that only says how an earlier measure changed: 较“十二五”增长, 同比增长, 完成规划任务."""
    leaning = _LEANING.match(name) if previous else None
    if leaning is None or previous.endswith(name):
        return name if leaning is None else previous
    return f"{previous}完成{name}" if leaning["goal"] else previous + name
