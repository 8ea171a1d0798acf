"""What a question takes for granted: a number for a measure, a numbered name. Both are held against the documents."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from index.generation import Generation
from index.indicators.units import UNIT, is_time
from index.numerals import NUMERAL_CHARS
from index.types import Indicator, Passage, Span
from retrieval.arithmetic import PERCENT, Quantity, quantity, quantity_of, same_kind
from retrieval.comparison import alike
from retrieval.mentions import MANY, documents_with, stands
from retrieval.periods import without_periods
from retrieval.phrases import row_at
from retrieval.types import Question
from retrieval.values import Match

# Words with which people put something they believe, to have it confirmed or explained
_BELIEVED = re.compile(
    r"对吧|对吗|对不对|对么|是不是|是吧|没错吧|不是.{0,20}[吗么嘛]|听说|据说|说是|有人说|网上说|真的|确定|为什么|为啥|为何"
    r"|怎么(?:才|这么|只|就)|才\s?[\d一二两三四五六七八九十]|只有|就是|应该是|记得|以为|是否|还是|(?:吗|吧)[??。!!\s]*$"
)
# Words that make a number the asker's own: 我欠薪2万块, 家里3口人
_OWN = re.compile(r"(?:我(?!们|听|记得|看|以为|想)|咱(?!们)|俺|本人|家里|老公|老婆)")
_HEARSAY = re.compile(r"听说|记得|看到|以为|听人说|想确认")
_COUNTS = "个家户名所项座场"  # after one of these even a single Chinese numeral counts: 三个平台
_NUMBER = re.compile(
    rf"(?:(?P<share>百分之)(?P<of_hundred>[{NUMERAL_CHARS}]+|\d+(?:\.\d+)?)"
    rf"|(?<![\d.第])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d.]*[年月日号点岁])"
    rf"|(?<![第{NUMERAL_CHARS}])(?P<chinese>[{NUMERAL_CHARS}]{{2,}}|[一二两三四五六七八九](?=成)|[二两三四五六七八九十](?=[{_COUNTS}])))"
)
_CHANGED_BY = re.compile(
    rf"(?:提高|提升|增加|增长|上升|下降|降低|减少|多|少|高|低|涨|降)(?:了|出)?\s?[\d{NUMERAL_CHARS}]"
)
_EITHER = re.compile(r"还是")
_TENTHS = "成"
_POINTS = re.compile(r"个百分点|百分点|个点")
_MONEY = re.compile(r"[万亿]?块钱?")
_TAG = re.compile(r"对[吧吗么不]")  # 对 also counts pairs
_BARE_SCALE = re.compile(r"[万亿]")
_SHORTEST_NAME = 3  # characters after the numeral that make it a name: 第三[代社保卡]
_LONGEST_NAME = 6
_NUMBERED = re.compile(
    rf"(?P<plus>\d(?:\+[\dNn])+)|(?P<head>第?)(?P<number>[{NUMERAL_CHARS}]+|\d+)(?P<tail>[一-龥]{{1,{_LONGEST_NAME}}})"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a question takes for the value of a measure: as said, and as a quantity; ``unit`` may be empty."""

    said: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the documents say to a claim: the row that confirms it or holds instead, and whether it holds.

    ``meant`` is the row of another role or period that states a claimed number which does not hold.
    """

    claim: Claim
    row: Indicator
    holds: bool
    meant: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A numbered name of the question that no document holds, and the like name that stands in one."""

    said: str
    printed: str
    passage: Passage


def _unit_at(text: str, at: int) -> str:
    """The unit that stands at a place of a question: a printed one, or people's own."""
    for pattern in (_POINTS, _MONEY):
        if found := pattern.match(text, at):
            return PERCENT if pattern is _POINTS else found[0].rstrip("钱")
    if text.startswith(_TENTHS, at):
        return _TENTHS
    if _TAG.match(text, at):
        return ""
    found = UNIT.match(text, at) or _BARE_SCALE.match(text, at)
    return found[0] if found else ""


def _claim_at(match: re.Match[str], text: str) -> Claim | None:
    if match["share"]:
        read = quantity(match["of_hundred"], PERCENT)
        return Claim(match[0], read) if read else None
    number = match["digits"] or match["chinese"]
    unit = _unit_at(text, match.end())
    said = number + (unit if unit != PERCENT else text[match.end() :][: len("%")].replace("个", "个点"))
    if unit and is_time(unit):
        return None
    if match["chinese"] and not unit and not any(scale in number for scale in "百千万亿"):
        return None
    if unit == _TENTHS:
        read = quantity(number, PERCENT)
        return Claim(said, Quantity(read.amount * 10, PERCENT)) if read else None
    read = quantity(number, unit)
    return Claim(said, read) if read else None


def claims(question: Question) -> tuple[Claim, ...]:
    """List the numbers a question takes for granted; none where it only asks, or speaks of the asker's own affairs."""
    text = normalize("NFKC", question.text)
    if not _BELIEVED.search(text) or (_OWN.search(text) and not _HEARSAY.search(text)):
        return ()
    text = without_periods(text)
    found = (_claim_at(match, text) for match in _NUMBER.finditer(text))
    return tuple(claim for claim in found if claim)


def claims_change(question: Question) -> bool:
    """Whether the number taken for granted is that of a change (提高了4个百分点) rather than of a value."""
    return bool(_CHANGED_BY.search(normalize("NFKC", question.text)))


def without_claims(question: Question) -> Question:
    """The question without the numbers it takes for granted: no document holds a wrong one."""
    core = question.core
    for claim in claims(question):
        core = core.replace(claim.said, " ")
    return replace(question, core=core.strip() or question.core)


def _fits(claim: Claim, row: Indicator) -> bool:
    read = quantity_of(row)
    return not claim.quantity.unit or read is None or same_kind(claim.quantity.unit, read.unit)


def _states(claim: Claim, row: Indicator) -> bool:
    read = quantity_of(row)
    if read is None:
        return False
    printed = quantity(row.value, "")
    bare = not claim.quantity.unit and printed is not None and printed.amount == claim.quantity.amount
    return bare or (_fits(claim, row) and read.amount == claim.quantity.amount)


def _meant(claim: Claim, row: Indicator, matches: Sequence[Match]) -> Indicator | None:
    """The row that a wrong number was probably taken from: a like measure, or another role or period of this one."""
    near = (m.row for m in matches if m.row.document == row.document and alike(m.row, row))
    return next((other for other in near if other != row and _states(claim, other)), None)


def judge(question: Question, stated: Sequence[Indicator], matches: Sequence[Match]) -> tuple[Verdict, ...]:
    """Hold each claim of a question against the values an answer states.

    :param stated: the values of the measure asked for, best first; without any nothing is judged
    :param matches: all rows of the region, best first
    """
    verdicts: list[Verdict] = []
    for claim in claims(question):
        fitting = [row for row in stated if _fits(claim, row)]
        confirming = next((row for row in fitting if _states(claim, row)), None)
        if confirming:
            verdicts.append(Verdict(claim, confirming, holds=True))
        elif fitting:
            verdicts.append(Verdict(claim, fitting[0], False, _meant(claim, fitting[0], matches)))
    # of 90%还是95% the right one says enough
    either = [verdict for verdict in verdicts if verdict.holds] if _EITHER.search(question.text) else []
    return tuple(either or verdicts)


def _variants(match: re.Match[str]) -> Iterator[tuple[str, str, str]]:
    """The name as said, a pattern of the like names, and the words all of them hold, the longest first."""
    if match["plus"]:
        yield match["plus"], r"\d(?:\+[\dNn])+", ""
        return
    tail, any_number = match["tail"], rf"(?:[{NUMERAL_CHARS}]+|\d+)"
    for length in range(len(tail), _SHORTEST_NAME - 1, -1):
        words = tail[:length]
        pattern = match["head"] + any_number + re.escape(words)
        yield match["head"] + match["number"] + words, pattern, words
    quoted = match["head"] + match["number"] + tail[0]
    yield quoted, rf"(?<=“){match['head']}{any_number}{re.escape(tail[0])}(?=”)", ""


def misnamed(
    question: Question, store: Generation, documents: Sequence[str], cited: Collection[str]
) -> Misnamed | None:
    """Find a numbered name (第四代社保卡, 五度) that the documents asked only hold with another number.

    :param cited: the documents an answer quotes; of very many a name with no word of its own is looked for in these
    """
    asked = frozenset(documents)
    near = set(cited if len(documents) > MANY else documents)
    text = without_periods(normalize("NFKC", question.text))
    for match in _NUMBERED.finditer(text):
        if not match["plus"] and not match["head"] and UNIT.match(text, match.end("number")):
            continue  # a quantity is no name
        for said, pattern, words in _variants(match):
            if stands(said, store, asked):
                break
            alike = set(documents_with(words, store)) if words else near
            for document in (each for each in documents if each in alike):
                if found := re.search(pattern, store.texts[document]):
                    row = row_at(store, document, Span(*found.span()))
                    return Misnamed(said, found[0], store.passages[row])
    return None
