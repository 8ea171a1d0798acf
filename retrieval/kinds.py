"""What kind of fact a question asks for, and which role a value it asks for has."""

import re

from index.types import Role
from retrieval.types import FactKind

# What 多少 and a verb of money count is no money: 收多少学生, 交多少份, 赔多少个月; 收多少 and 报多少 count anything
_NO_MONEY = r"(?![人家户个名项次份张件年月天场所])"
_NOTHING_COUNTED = r"(?=$|[\s,。?!]|[钱元块的呢啊呀吗了才])"

# Every pattern whose words occur adds its kind; a question may ask for several things at once.
_KINDS: tuple[tuple[FactKind, str], ...] = (
    (FactKind.TELEPHONE, r"电话|热线(?:号|是|多少)|联系方式|号码是|怎么联系|打哪个"),
    (FactKind.MATERIAL, r"材料|证件|带什么|带啥|带哪些|准备什么|准备哪些|要交什么|手续要"),
    (
        # what one person gets or pays, not what was spent in all
        FactKind.AMOUNT,
        r"多少钱|几多钱|[交发给领补]几多|几块|几[十百千万亿]+(?:块|元)|几千(?![人家户个名亩次])|多少元|额度|(?:补|(?<!了)发|给|领|拿|贷|奖|罚|交|缴)多少"
        rf"{_NO_MONEY}|补几|(?:赔|赔偿|补偿)多少{_NO_MONEY}|(?:收|报|报销)多少{_NOTHING_COUNTED}|"
        r"(?:给|贷|补|领|发|奖|罚|报销)几(?:万|千|百|块|元|个?钱)|最[高多](?:能|可以?)?(?:给|贷|补|领|发|报销|奖)|"
        r"最高.{0,4}多少|标准是多少|利率|收费|多少补贴|"
        r"(?:一个?月|每月|每个月|一年|每年|一次|每次|一天|每天)(?:是|有|能)?多少(?!人)|"
        r"收入[^,。?,]{0,6}多少|多少[^,。?\s]{0,3}(?:资助|租金|房租|费|补偿|赔偿|津贴|工资|利息|押金)|(?:租金|房租|津贴|保费|押金|学费)(?:是|要)?多少|"
        r"几个月(?:的)?工资",
    ),
    (
        FactKind.SHARE,
        r"比例|比重|占比|[几多少]个点|几成|百分之|.率(?:是|要|达|有|定|多|几|呢|吗|$)|覆盖率|普及率|率.{0,6}多少",
    ),
    (
        FactKind.COUNT,
        r"多少|几多|多大|多高|多宽|多远|(?<!哪)几个(?!方面|月|星期|工作日|小时)|几[十百千万亿]+(?![块元])|几家|几项|几名|几人|几次|几场|几条|几户|几所|几届|有数吗|数量|人数|规模|几成|是几",
    ),
    (
        FactKind.DATE,
        r"什么时候|啥时候|何时|几月|哪天|哪年|多久|多长时间|几年|几个月|几天|多少天|多少个工作日|期限|时限|截止|到期",
    ),
    (
        FactKind.CONDITION,
        r"(?:什么|哪些|啥|哪种|哪几种)(?:情况|情形)|条件|资格|谁能|谁可以|哪些人|什么人|符合|够不够格|门槛|对象是|满足",
    ),
    (
        FactKind.PROCEDURE,
        r"(?:怎么|怎样|如何|咋)[^,。?,样]{0,3}(?:办|申|领|报|交|缴|考|查|转|补|换|登记|认定|参保|退)(?!法)|咋弄|怎么弄|"
        r"流程|程序(?:是|有)|步骤|手续|哪?几步|分几步",
    ),
    (
        FactKind.PLACE,
        r"去哪|到哪|哪里|哪儿|上哪|在哪|什么地方|啥地方|找哪|地址|哪个(?:地方|地点|位置|场馆|馆|网点|窗口|大厅)",
    ),
    (
        # where a thing is built or takes place, not where one turns to
        FactKind.SITE,
        r"(?<!网)地址(?:在哪|是|多少|[\s?]|$)|哪个(?:地点|位置|场馆|馆|网点)|具体位置|哪条[路街]|[建设办开]在(?:哪|什么地方|啥地方)|"
        r"在(?:哪里?|哪儿|哪个地方|什么地方|啥地方)(?:建|盖|设|举办|举行|召开|开[赛会幕])",
    ),
    (FactKind.RESPONSIBLE, r"谁负责|哪个部门|什么部门|谁管|归谁|找谁|谁来|牵头|哪个单位"),
    (
        FactKind.LIST,
        r"哪些|哪几|有什么|有啥|都有谁|包括什么|分别是|哪.{1,2}(?:样|类|种|大|个方面)|列出|列一?下|列个|列举|罗列|逐条|清单|是哪",
    ),
    (
        FactKind.COMPARISON,
        r"哪边|哪个(?:更|高|低|多|少|大|小)|对比|比比|比前|比以前|比过去|比较|相比|差多少|谁高|谁低|高还是|两地|两边|各(?:是|要|有|定|做)",
    ),
    (
        FactKind.YES_NO,
        r"吗|有没有|是不是|能不能|会不会|可不可以|要不要|给不给|管不管|不$|没$|是否|能否|不[?？]|没[?？]",
    ),
    (
        # of what a plan sets, not of what befell the asker: 为什么公司不给我交社保 complains
        FactKind.REASON,
        r"^(?!.*(?:[我咱俺]|老板|公司|单位|厂[里家子])).*(?:为什么|为啥|为何|什么原因|啥原因|怎么[^,。?!]{0,8}(?:反而|反倒)|咋[^,。?!]{0,8}(?:反而|反倒))",
    ),
    (
        FactKind.CLAUSE,
        r"第几条|哪一条|哪条|哪一章|哪章|哪一节|哪节|讲什么|讲了什么|说的啥|说什么|写了什么|写了啥|原文|出处|出自|写在",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.BASELINE, re.compile(r"基准|基数|起点|原来是|预计完成值")),
    (
        Role.TARGET,
        re.compile(
            r"目标|要到|要达|达到多少|要求|计划(?:要|在|到|建|培|新|完)|打算|定到|定的?(?:是|了)?多少|定得|压到|控制在|要培训|要建|要做到|指标要|预期|任务"
        ),
    ),
    (
        Role.ACTUAL,
        re.compile(
            r"实际|完成(?:了|得|情况|多少)|做到(?:了|多少)|做了|达成|实绩|现状|眼下|目前|已经|现有|管住|干得|签得"
        ),
    ),
)

# The two kinds of indicator a plan has; asking for those that are not of one kind asks for the other
_ATTRIBUTES = {"约束性": "预期性", "预期性": "约束性"}
_ATTRIBUTE = re.compile(r"(不是|非|不属于|没有?)?(约束性|预期性)(?:的)?(?:指标)?")
_WHICH = re.compile(r"哪些|哪几|几个|几项|都有|有什么|列")

# 网址是多少, 电话多少 ask for no quantity
_NO_QUANTITY = re.compile(
    r"(?:电话|热线|号码|网址|网站|链接|路径|[账帐]号|邮箱|邮编|编号|文号|代码)(?:各|分别)?[是为]?(?:多少|几)"
)

# 几 that asks for no number: 想招几个技术员, 我有几个同事, 这几年, 找了几个月工作没找到
_INDEFINITE = re.compile(
    r"(?:想要?|打算|准备|需要)(?:再|多)?[招找请雇问带买]几个?|(?:[我咱俺]们?|家里|公司|厂里|店里)[^,。?!\s]{0,2}有几个?|[这那好上]几个?|"
    r"了几个?(?:[月天年]|星期|礼拜)(?=[^\s,。?!了])|几个?(?:[月天年]|星期|礼拜)(?:没|不|都没)|几[个家次趟][^,。?!\s]{0,4}都(?![是有])"
)

# Kinds whose answer is a number or a value of an indicator
NUMERIC = frozenset({FactKind.AMOUNT, FactKind.COUNT, FactKind.SHARE})


def kinds_of(text: str) -> frozenset[FactKind]:
    """Return the kinds of fact a question asks for; ``OPEN`` alone when no pattern matches."""
    text = _INDEFINITE.sub(" ", text)
    found = frozenset(kind for kind, pattern in _COMPILED if pattern.search(text))
    if FactKind.TELEPHONE in found or _NO_QUANTITY.search(text):
        found -= {FactKind.COUNT}
    return found or frozenset({FactKind.OPEN})


def roles_of(text: str) -> frozenset[Role]:
    """Return the roles of the values a question asks for; empty when it does not say."""
    return frozenset(role for role, pattern in _ROLES if pattern.search(text))


def attribute_of(text: str) -> str:
    """Return the kind of indicator whose list a question asks for, 约束性 or 预期性; empty where it asks for none."""
    found = _ATTRIBUTE.search(text)
    if not found or not _WHICH.search(text):
        return ""
    return _ATTRIBUTES[found[2]] if found[1] else found[2]
