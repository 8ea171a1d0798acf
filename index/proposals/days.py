"""When a document was issued, from when it applies, and until when."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise, takewhile

from index.numerals import parse_chinese_numeral
from index.proposals.declared import Fact, declared_day
from index.proposals.types import Proposed
from index.proposals.words import DATE, NUMBER, lines_of, read_date, within
from index.readers.types import StoredText
from index.types import Span

_LINE_DATE = re.compile(rf"[(\uff08]?(?P<date>{DATE})[)\uff09]?(?:印发|发布|公布|颁布)?")
# A law's own history stands at its head: 1994年7月5日 第八届全国人民代表大会常务委员会第八次会议通过
_HISTORY = re.compile(rf"[(\uff08]?\s*(?:{DATE}).*(?:通过|公布|发布|修正|修订|批准)")
_BODY = re.compile(r"[。:\uff1a]$|^第[一1]章|^第一条|^一、")
_NUMBERED_DATE = re.compile(
    rf"[(\uff08]?(?:{NUMBER})\s+(?P<date>{DATE})[)\uff09]?(?:印发|发布|公布)?[)\uff09]?"
)
_DAY = re.compile(rf"(?P<date>{DATE})")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff\s\u3000、()\uff08\uff09]{3,60}(?:政府|办公厅|办公室|委员会|局|厅|部|院|中心|委|会|办|处|署|行|社)"
)
# 本行动计划, 本实施方案; not 本市人才引进办法, which may be another document
_SIGNED_LINE = re.compile(rf"[(\uff08]?(?P<organ>{_ORGAN.pattern})\s+(?P<day>{_LINE_DATE.pattern})")
_OWN = r"本(?![市省区县州盟旗级地院局])[\u4e00-\u9fff]{0,6}?(?:计划|纲要|要点|公约|法|条例|办法|规定|细则|通知|意见|方案|规划|公告|通告|决定|解释|标准|规则|指引|指南|制度|措施|预案|章程|文件)"
_IN_FORCE = r"(?:开始)?(?:施行|实施|执行|生效|实行)"
_EFFECTIVE = re.compile(
    rf"{_OWN}[^。\n]{{0,12}}?[自从]{{0,1}}(?P<date>{DATE})起(?:正式)?{_IN_FORCE}"
    rf"|(?:^[^\S\n]*|(?<=。)|现[^。\n]{{0,12}}(?:公布|发布|印发)[^。\n]{{0,8}}?)自(?P<alone>{DATE})起(?:正式)?{_IN_FORCE}(?=[。,;\s\uff0c\uff1b]|$)"
    rf"|(?:{_OWN}[^。\n]{{0,12}}?|^[^\S\n]*|(?<=。))自(?P<issue>印发|发布|公布|颁布|下发|发文)之日起(?:正式)?{_IN_FORCE}",
    re.MULTILINE,
)
_VALID = re.compile(
    rf"有效期(?:限)?(?:自(?:{DATE}|[^。\n至]{{2,8}}之日)起?)?[:\uff1a]?(?:为|调整为|调整至|延长至|延至|截至|截止(?:至|到)?|至|到)?\s*(?:(?P<date>{DATE})|(?P<years>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*年)"
)
_ABOUT_ITSELF = re.compile(rf"{_OWN}|施行|实施|印发之日|重新发布|重新印发")


def signatures(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield the lines of an organ's name with a line under it that is a date alone, then those with both on one line."""
    lines = list(lines_of(text, 0, len(text)))
    for organ, day in pairwise(lines):
        if _LINE_DATE.fullmatch(day.of(text)) and _ORGAN.fullmatch(organ.of(text)):
            yield organ, day
    for line in lines:
        if both := _SIGNED_LINE.fullmatch(line.of(text)):
            yield within(line, both, "organ"), within(line, both, "day")


def history(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield the lines at the head that say when the document was adopted and amended, before its first sentence."""
    before = takewhile(lambda line: not _BODY.search(line.of(text)), lines)
    return (line for line in before if _HISTORY.match(line.of(text)))


def _day(span: Span, match: re.Match[str], group: str = "date") -> Proposed[date] | None:
    value = read_date(match[group])
    return Proposed(value, within(span, match, group), match[0].strip()) if value else None


def _signed(text: str) -> Iterator[Proposed[date]]:
    for _, line in signatures(text):
        match = _LINE_DATE.fullmatch(line.of(text))
        if match and (day := _day(line, match)):
            yield day


def published_on(stored: StoredText, lines: Sequence[Span], block: Sequence[Fact]) -> Proposed[date] | None:
    """Read the day of writing: as the file declares it, else under the first signature, else the last at the head.

    A line at the head that is a date alone is the last resort.

    A file may hold a second document with a signature of its own, so what is declared goes first.
    """
    text = stored.text
    signed = list(_signed(text))
    dated = declared_day(stored, "dated", block)
    if dated:
        return next((day for day in signed if day.value == dated.value), dated)
    newest = max(_adopted(text, lines), key=lambda day: day.value, default=None)
    return (
        next(iter(signed), None) or declared_day(stored, "published", block) or newest or _alone(text, lines)
    )


def _alone(text: str, lines: Sequence[Span]) -> Proposed[date] | None:
    """Read the first line at the head that is a date alone, before the first sentence."""
    for line in takewhile(lambda line: not _BODY.search(line.of(text)), lines):
        match = _LINE_DATE.fullmatch(line.of(text)) or _NUMBERED_DATE.fullmatch(line.of(text))
        if match and (day := _day(line, match)):
            return day
    return None


def _adopted(text: str, lines: Sequence[Span]) -> list[Proposed[date]]:
    return [
        day
        for line in history(text, lines)
        for match in _DAY.finditer(line.of(text))
        if (day := _day(line, match))
    ]


def effective_from(
    stored: StoredText, published: Proposed[date] | None, lines: Sequence[Span], block: Sequence[Fact]
) -> Proposed[date] | None:
    """Read the day it takes effect; 自印发之日起 names one only where the text has one day of issue."""
    issues = {day.value for day in _adopted(stored.text, lines)}
    for match in _EFFECTIVE.finditer(stored.text):
        if group := next((name for name in ("date", "alone") if match[name]), None):
            return _day(Span(0, len(stored.text)), match, group)
        if published and len(issues) < 2:
            return Proposed(published.value, Span(*match.span()), match[0])
    return declared_day(stored, "effective", block)


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around two offsets."""
    begin = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
    stop = min((at for at in (text.find("。", end), text.find("\n", end)) if at >= 0), default=len(text))
    return text[begin:stop]


def term_of(
    stored: StoredText, block: Sequence[Fact] = ()
) -> tuple[Proposed[int] | None, Proposed[date] | None]:
    """Read the term the document sets itself; terms of cards, contracts and the like are passed over."""
    text = stored.text
    for match in _VALID.finditer(text):
        if not _ABOUT_ITSELF.search(_sentence(text, *match.span())):
            continue
        span = Span(*match.span())
        if match["years"]:
            return Proposed(parse_chinese_numeral(match["years"]), span, match[0]), None
        day = read_date(match["date"])
        return None, Proposed(day, span, match[0]) if day else None
    return None, declared_day(stored, "valid_until", block)


def last_day(effective: Proposed[date] | None, years: Proposed[int] | None) -> Proposed[date] | None:
    """Reckon the last day of a printed term: 自2024年4月1日起施行,有效期五年 runs up to and with 2029年3月31日."""
    if effective is None or years is None:
        return None
    begun, ends_in = effective.value, effective.value.year + years.value
    leap_day = (begun.month, begun.day) == (2, 29)
    ends = date(ends_in, 3, 1) if leap_day else begun.replace(year=ends_in)
    return Proposed(ends - timedelta(days=1), years.span, f"{years.source},自{begun.isoformat()}起算")
