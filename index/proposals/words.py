"""The forms in which a document says what it is: dates, numbers, kinds of titles, places."""

import re
from collections.abc import Iterator
from datetime import date

from index.numerals import parse_chinese_numeral
from index.places import NATION, places
from index.types import Period, Span

_GAP = r"[^\S\n]*"
_DIGIT = r"[0-9\uff10-\uff19]"
_HAN_YEAR = r"[一二三四五六七八九〇○零Ο0]{4}"
_SMALL = rf"(?:{_DIGIT}{{1,2}}|[一二三四五六七八九十]{{1,3}})"
DATE = (
    rf"(?:{_DIGIT}{{4}}|{_HAN_YEAR}){_GAP}年{_GAP}{_SMALL}{_GAP}月{_GAP}{_SMALL}{_GAP}日"
    rf"|{_DIGIT}{{4}}[-/.]{_DIGIT}{{1,2}}[-/.]{_DIGIT}{{1,2}}"
)
_YEAR_DIGITS = str.maketrans("一二三四五六七八九〇○零Ο", "1234567890000")
_PARTS = re.compile(r"年|月|日|[-/.]")

# 穗府办规〔2024〕13号, 劳社部发[2008]3号, 国务院令第535号, 中华人民共和国主席令第二十八号, 2024年第5号
_OPEN, _CLOSE = r"[〔\[(\uff08【﹝]", r"[〕\])\uff09】﹞]"
NUMBER = (
    rf"[\u4e00-\u9fffA-Z]{{1,16}}{_GAP}{_OPEN}{_GAP}(?:19|20)\d{{2}}{_GAP}{_CLOSE}{_GAP}第?{_GAP}\d{{1,4}}{_GAP}号"
    rf"|[\u4e00-\u9fff]{{2,20}}令{_GAP}(?:{_OPEN}\d{{4}}{_CLOSE})?{_GAP}第?{_GAP}(?:\d{{1,4}}|[一二三四五六七八九十百〇零]{{1,6}}){_GAP}号"
    rf"|[\u4e00-\u9fff]{{2,20}}公告{_GAP}(?:19|20)\d{{2}}年第\d{{1,4}}号"
)
TITLE_END = re.compile(
    r"(?:规划|纲要|计划|方案|意见|办法|条例|细则|规定|规则|规程|规范|标准|通知|通报|通告|公告|决定|决议|批复|答复|函|令|"
    r"指南|指引|措施|章程|解释|预案|公报|报告|要点|清单|目录|制度|准则|[^方办做手看书]法)(?:[(\uff08][^)\uff09]{1,20}[)\uff09])?$"
)
_ERA = re.compile(r"[“\"]?(十[一二三四五六七八九]?|[六七八九]|二十)五[”\"]?(?:时期|期间)?(?=[^年月日%]|$)")
_YEARS = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–―~～至]{1,2}\s*((?:19|20)\d{2})")
# 规划期限为2021—2025年, 本规划实施期为2026年至2030年
_STATED = re.compile(
    r"(?:规划|计划|方案|纲要|实施)[^。,\n\uff0c]{0,4}?(?:期限|时限|年限|时间|期)(?:为|是|[:\uff1a])?\s*(?=(?:19|20)\d{2}\s*年?\s*[-—–―~～至]{1,2}\s*(?:19|20)\d{2})"
)
_NATION = re.compile(
    r"中华人民共和国|国务院|全国人民代表大会|最高人民(?:法院|检察院)|国家[\u4e00-\u9fff]{2,10}(?:局|委|部)"
)
# At the head of a name, or where a place that is known begins, and no longer than places are.
_PROVINCE = r"[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,6}自治区"
_CITY = r"[\u4e00-\u9fff]{2,5}?(?<!城)市(?!场)|[\u4e00-\u9fff]{2,12}?自治州|[\u4e00-\u9fff]{2,5}?(?:地区|盟)"
_COUNTY = (
    r"[\u4e00-\u9fff]{1,5}?(?<![社小园校城发地牧])区|[\u4e00-\u9fff]{1,12}?自治县|[\u4e00-\u9fff]{1,4}?(?:县|旗)"
    r"|[\u4e00-\u9fff]{2,4}?(?<!城)市(?!场)"
)
_REGION = re.compile(rf"(?P<province>{_PROVINCE})?(?P<city>{_CITY})?(?P<county>{_COUNTY})?")
# (转载), 2026年: what may stand before the name of the place
_BEFORE = re.compile(r"(?:[(\uff08\[【][^)\uff09\]】]{1,10}[)\uff09\]】]|(?:19|20)\d{2}年度?|\s)+")
_KINDS = ("市", "省", "自治区", "区", "县", "")  # of a place that is called by its bare name, likeliest first


def _number(words: str) -> int:
    return parse_chinese_numeral("".join(words.split()))


def read_date(words: str) -> date | None:
    """Read a printed date, in either kind of digits; ``None`` where there is no such day."""
    parts = [part for part in _PARTS.split("".join(words.split())) if part]
    try:
        year = int(parts[0].translate(_YEAR_DIGITS))
        return date(year, _number(parts[1]), _number(parts[2]))
    except (ValueError, IndexError):
        return None


def read_period(words: str) -> tuple[Period, Span] | None:
    """Read the years that a title names: 2021—2025年, or the five-year plan (十四五 is 2021 to 2025)."""
    if years := _YEARS.search(words):
        first, last = int(years[1]), int(years[2])
        return (Period(first, last), Span(*years.span())) if first <= last else None
    if era := _ERA.search(words):
        first = 1981 + 5 * (parse_chinese_numeral(era[1]) - 6)  # 六五 were 1981 to 1985
        return Period(first, first + 4), Span(*era.span())
    return None


def read_stated_period(text: str) -> tuple[Period, Span] | None:
    """Read the years that a plan says of itself it is for."""
    for stated in _STATED.finditer(text):
        years = _YEARS.match(text, stated.end())
        if years and int(years[1]) <= int(years[2]):
            return Period(int(years[1]), int(years[2])), Span(*years.span())
    return None


def read_region(words: str) -> tuple[str, Span] | None:
    """Read the innermost place that a title or issuer opens with; 全国 for what the state's own organs issue."""
    before = _BEFORE.match(words)
    start = before.end() if before else 0
    if nation := _NATION.match(words, start):
        return NATION, Span(*nation.span())
    return _place_at(words, start)


def _place_at(words: str, start: int) -> tuple[str, Span] | None:
    """Read the innermost place of a name that begins at an offset."""
    match = _REGION.match(words, start)
    named = [] if match is None else [name for name in ("county", "city", "province") if match[name]]
    if match is None or not named:
        return None
    return match[named[0]], Span(*match.span(named[0]))


def known_place(words: str, text: str) -> tuple[str, Span] | None:
    """Read the first place inside a title that is known by its name, as the text prints it in full.

    怎么申领广州市社会保障卡 and 广州异地就医备案 are both of 广州市.
    """
    found = [(at, -len(name), name) for name in places() if (at := words.find(name)) >= 0]
    if not found:
        return None
    at, _, name = min(found)
    if inner := _place_at(words, at):
        return inner
    full = next(name + kind for kind in _KINDS if name + kind in text or not kind)
    return full, Span(at, at + len(name))


def within(span: Span, match: re.Match[str], group: str) -> Span:
    """Return where a group of a match stands in the text, ``span`` being where the matched words begin."""
    return Span(span.start + match.start(group), span.start + match.end(group))


def lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the lines between two offsets that are not blank, without the blanks around them."""
    for match in re.compile(r"[^\n]+").finditer(text, start, end):
        words = match[0]
        left = match.start() + len(words) - len(words.lstrip())
        if words.strip():
            yield Span(left, match.start() + len(words.rstrip()))
