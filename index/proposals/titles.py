"""What a document is called: its printed title, and that of the plan which a notice prints and passes on."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.proposals.declared import Fact, declared, is_of_block
from index.proposals.types import Proposed
from index.proposals.words import DATE, NUMBER, TITLE_END, lines_of
from index.readers.types import StoredText
from index.types import Span

_TITLE_LINES = 5  # a title may be printed on so many
_MAX_TITLE = 120
_LEAST = 6  # characters of the title of what a notice passes on
_BEHIND = 400  # lines behind a notice in which what it passes on begins
_ORDER = 400  # characters of an order's own words
_FILE_NAME = "文件名"

# said by the page, not by the document
_PASSED_ON = re.compile(r"^[(\uff08\[【](?:转载|转发|图文|附件?)[)\uff09\]】]")
_LINE_NUMBER = re.compile(rf"[(\uff08]?(?:{NUMBER})(?:\s+(?:{DATE})(?:印发|发布|公布)?)?[)\uff09]?")
_LINE_DATE = re.compile(rf"[(\uff08]?(?:{DATE})[)\uff09]?(?:印发|发布|公布)?")
# The head of an official letter, where a page says it stands: 某市人民政府文件, 首页 > 政务公开
_LETTERHEAD = re.compile(r"[\u4e00-\u9fff\s]{2,40}文\s*件|.*[>\uff1e»].*|(?:首页|当前位置).*")
_ASIDE = re.compile(r"[(\uff08](?:此|本)[^()\uff08\uff09]*[)\uff09]|附\s*件?\s*\d{0,2}|主动公开|依申请公开")
_PROSE = re.compile(r"[。;:,\uff1b\uff1a\uff0c]")
_PAIRS = ("《》", "“”", "()", "\uff08\uff09", "〈〉")
# What may stand on a line of its own behind what reads like a whole title: 的通知, (2024—2026年)
_KIND = r"通知|公告|通告|决定|意见|函|批复|命令"
_GOES_ON = re.compile(
    rf"的?(?:{_KIND})|[(\uff08](?:19|20)\d\d[^()\uff08\uff09]{{0,12}}[)\uff09]|[(\uff08](?:试行|暂行|修订)[)\uff09]"
)
_YEARS = re.compile(r"[(\uff08](?:19|20)\d\d[^()\uff08\uff09]{0,12}[)\uff09]")
_ORDERS = re.compile(r"《(?P<named>[^《》\n]+)》[^。\n]{0,80}(?:公布|发布)")
_FORWARDS = re.compile(
    rf"(?:印发|转发|批转|发布|公布|下达)(?:[《〈](?P<named>.+)[》〉]|(?P<bare>[^《》]+?))(?:等[^《》]{{0,12}})?的?(?:{_KIND})(?:[(\uff08].*)?$"
)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _in_text(text: str, words: str, lines: Sequence[Span]) -> Span | None:
    """Find words that may be printed over several lines; blanks do not count."""
    wanted = _squeezed(words)
    for at, first in enumerate(lines):
        if not wanted.startswith(_squeezed(first.of(text))[:4]):
            continue
        for last in lines[at : at + _TITLE_LINES]:
            if _squeezed(text[first.start : last.end]) == wanted:
                return Span(first.start, last.end)
    return None


def joined(text: str, span: Span) -> str:
    """The words of a title on one line."""
    return "".join(line.strip() for line in span.of(text).split("\n"))


def _is_open(words: str) -> bool:
    """Whether a pair of marks is not closed yet."""
    return any(words.count(pair[0]) > words.count(pair[1]) for pair in _PAIRS)


def _is_apart(text: str, line: Span) -> bool:
    """Whether a line is no part of a title: a number, a date, a letterhead, a fact of the block above."""
    words = line.of(text).strip()
    return bool(
        _LINE_NUMBER.fullmatch(words)
        or _LINE_DATE.fullmatch(words)
        or _LETTERHEAD.fullmatch(words)
        or _ASIDE.fullmatch(words)
        or is_of_block(text, line)
    )


def _ends_title(text: str, words: str, following: Sequence[Span]) -> bool:
    if len(words) <= 4 or _is_open(words) or not TITLE_END.search(words):
        return False
    return not (following and _GOES_ON.fullmatch(_squeezed(following[0].of(text))))


def _is_title_of(printed: str, named: str) -> bool:
    """Whether printed words are the title that a notice names, but for the years and the place before it."""
    printed, named = (_YEARS.sub("", words).strip("《》") for words in (printed, named))
    longer, shorter = (printed, named) if len(printed) > len(named) else (named, printed)
    return len(shorter) >= _LEAST and longer.endswith(shorter) and len(longer) - len(shorter) <= _LEAST * 2


def _titles(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield every run of lines that reads like a title."""
    for at, first in enumerate(lines):
        for offset, last in enumerate(lines[at : at + _TITLE_LINES], at + 1):
            words = _squeezed(text[first.start : last.end])
            if len(words) > _MAX_TITLE or _PROSE.search(words) or _is_apart(text, last):
                break
            if _ends_title(text, words, lines[offset:]):
                yield Span(first.start, last.end)
                break


def title_of(stored: StoredText, path: Path, lines: Sequence[Span], block: Sequence[Fact]) -> Proposed[str]:
    """Read the title: as the file declares it, as the text prints it, else the file's name."""
    for fact in declared(stored, "title", block):
        value = _PASSED_ON.sub("", fact.value)
        below = [line for line in lines if fact.span is None or line.start > fact.span.end]
        span = _in_text(stored.text, value, below)
        if span is not None:
            return Proposed(value, span, span.of(stored.text))
        if TITLE_END.search(value):
            return Proposed(value, fact.span, fact.source)
    span = next(_titles(stored.text, lines), None)
    if span is None and stored.headings and lines and stored.headings[0].span.start <= lines[-1].end:
        span = stored.headings[0].span
    if span is not None:
        return Proposed(joined(stored.text, span), span, span.of(stored.text))
    return Proposed(path.stem, None, f"{_FILE_NAME}: {path.name}")


def _named(behind: str, notice: str) -> str:
    """Return what the title of a notice says it passes on; an order (令) says it in its first sentence."""
    if found := _FORWARDS.search(_squeezed(notice)):
        return _squeezed(found["named"] or found["bare"])
    ordered = _ORDERS.search(behind) if notice.endswith("令") else None
    return _squeezed(ordered["named"]) if ordered else ""


def passed_on(text: str, notice: Proposed[str]) -> Proposed[str] | None:
    """Read the title of what a notice passes on, where the text prints it behind the notice on lines of its own."""
    begin = notice.span.end if notice.span else 0
    named = _named(text[begin : begin + _ORDER], notice.value)
    if not named or not TITLE_END.search(_YEARS.sub("", named)):
        return None
    printed = [*_titles(text, list(lines_of(text, begin, len(text)))[:_BEHIND])]
    alike = [span for span in printed if _is_title_of(joined(text, span), named)]
    exact = [span for span in alike if _squeezed(_YEARS.sub("", joined(text, span))) == _YEARS.sub("", named)]
    span = next(iter([*exact, *alike]), None)
    return Proposed(joined(text, span), span, span.of(text)) if span else None
