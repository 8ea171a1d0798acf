"""Units and counting words as plans print them, and where one ends.

A counting word is a single character that also begins ordinary words (条 in 条件, 场 in 场所), so each is listed
with the characters that may not follow it.
"""

import re

# Units that are words of their own: nothing that follows can change them.
_WORDS = (
    "个百分点 百分点 个工作日 工作日 个自然日 个月 个学时 学时 课时 人次 人天 班次 车次 架次 吨公里 人公里 标准箱 "
    "平方公里 平方千米 平方米 平方 立方米 立方 公里 千米 厘米 毫米 海里 公顷 吨标准煤 吨标煤 公吨 斤 公斤 千克 毫克 微克 "
    "千瓦时 千瓦 兆瓦时 兆瓦 吉瓦时 吉瓦 个小时 千伏安 千伏 兆比特 分钟 小时 分贝 床位 张床位 个床位 车位 个车位 泊位 个泊位 "
    "美元 欧元 日元 港元 元 角钱 分钱 亩 吨 笔 届 岁 周岁 倍 辆 艘 枚 株 棵 羽 册 宗 篇 幅 栋 幢 盏 根 户次 场次 件次 家次 米 克"
)

# Counting word → the characters that make it the beginning of another word.
_COUNTERS = {
    "个": "人性体",
    "人": "民大才均工事力物文",
    "户": "籍外均口型用",
    "家": "庭长居园具电乡",
    "项": "",
    "名": "单录牌优",
    "位": "于置",
    "所": "有在得需以属",
    "座": "谈位",
    "条": "件例款",
    "件": "",
    "次": "数要日序",
    "场": "所地景馆站",
    "期": "间限末望货",
    "批": "发准复评",
    "起": "来点草步止",
    "处": "理置罚于",
    "部": "门署分队",
    "本": "市区省县级地科行次年",
    "张": "家贴力",
    "台": "湾账州",
    "套": "餐期",
    "只": "有能要需是进",
    "头": "部",
    "支": "持付撑出援行",
    "片": "区",
    "班": "组",
    "种": "植子养业粮苗质",
    "类": "似",
    "门": "诊店户类",
    "对": "接口象于应外标照比策",
    "例": "如外行",
    "组": "织建成团长",
    "分": "别区之类布局公工",
    "架": "构",
    "列": "入车为出",
    "层": "次级面",
    "天": "然津空气门河",
    "日": "常照报本益均",
    "周": "边期岁年转密围",
    "年": "级度轻龄代份",
    "秒": "",
    "升": "级学至到值降",
    "间": "接隔谍断或",
    "份": "额",
    "道": "路德理",
    "口": "岸径号粮",
}
_LATIN = "km² km2 km ㎡ m² m2 m³ m3 kWh KWh MWh GWh kW KW MW GW Mbps Gbps TEU PFLOPS EFLOPS dB ℃"

_PER = (
    r"(?:/[每百千万亿]{0,2}(?:人次|人|平方公里|平方千米|平方米|立方米|公里|公顷|小时|学年|学期|季度|年|月|周|日|天"
    r"|元|户|亩|床|吨|秒|次|辆|生|升|个|件|班|kWh|km²?|m[²³23]|h|s|d|a|L))+"
)
_COUNTER = "|".join(f"{word}(?![{after}])" if after else word for word, after in _COUNTERS.items())
_PLAIN = "|".join([*sorted(_WORDS.split(), key=len, reverse=True), *map(re.escape, _LATIN.split()), _COUNTER])
# 项目标 is 项 + 目标, 项目 is a noun: the one counting word that needs two characters to tell.
_NOT_PROJECT = r"(?!项目(?!标))"

_FORM = (
    rf"(?P<unit>[%‰]{_PER}|[%‰]|/1?0{{0,4}}[百千万]{{1,2}}人?|{_NOT_PROJECT}[十百千万亿]{{0,3}}(?P<more>[余多])?(?:{_PLAIN})(?:{_PER})?"
    r"|[百千万亿]{1,2}(?=[,。;、)\s]|以上|以内|以下|左右|大关|$))"
)
UNIT = re.compile(_FORM)
# The same without names, to stand inside other patterns.
UNIT_FORM = _FORM.replace("?P<unit>", "?:").replace("?P<more>", "?:")

_TIME = re.compile(r"[十百千万]*(?:年|个月|周|天|日|个?工作日|个?自然日|个?小时|分钟|秒)")
# Units after which a thing may be named: 8个零工市场, 30项服务, 41118名失业人员.
_COUNTING = re.compile(rf"[十百千万亿]*(?:[{''.join(_COUNTERS)}]|人次|笔|届|辆|艘|宗|栋|幢|册|篇)$")


def is_unit(cell: str) -> bool:
    """Whether a whole cell is a unit: ``万人``, ``%``, ``人/年``."""
    return UNIT.fullmatch(cell) is not None


def is_time(unit: str) -> bool:
    """Whether a unit measures time; such runs are often dates or conditions rather than values."""
    return _TIME.fullmatch(unit) is not None


def is_counting(unit: str) -> bool:
    """Whether the thing counted may follow the unit, as in ``8个平台``; an empty unit counts too."""
    return not unit or _COUNTING.fullmatch(unit) is not None


def as_suffix(unit: str) -> str:
    """Return a unit as it stands behind a value: 1/10万 of a column of units is /10万, or 7.5 would read 7.51/10万."""
    return unit[1:] if unit.startswith("1/") else unit
