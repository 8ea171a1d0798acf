"""Numbers that name a person: identity and bank cards, telephones, credit codes.

Patterns read narrowed text (``bot.privacy.folding``). Between two digits one or two separators may stand, as people
write them: 138 1234 5678, 4206-0619-…. What the number is, its check digit says where it has one: ISO 7064 MOD 11-2
(GB 11643, identity cards), MOD 31 (GB 32100, credit codes), Luhn (ISO/IEC 7812, bank cards).
"""

import re
from collections.abc import Callable, Iterator

from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from bot.privacy.folding import BLANK
from bot.privacy.types import Found, Kind
from index.types import Span

_GAP = rf"{BLANK}{{0,2}}"
_NOT_DIGIT = re.compile(r"[^0-9a-z]")

# No document states fifteen digits in a row: it is a card, an account, or one of them mistyped.
_LONG = re.compile(r"[0-9]{15,}x?")
_TELEPHONE_RUN = re.compile(r"(?:\+?86|0086)?(?<![0-9])[0-9]{11,14}(?![0-9])")
_MOBILE_INSIDE = re.compile(r"1[3-9][0-9]{9}")

_BIRTHDAY = r"(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID_18 = re.compile(rf"[1-9][0-9]{{5}}{_BIRTHDAY}[0-9]{{3}}[0-9x]")
_ID_15 = re.compile(r"[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
_CARD = re.compile(r"[3-69][0-9]{15,18}")  # first digits of the networks in use, 62 UnionPay among them
_AREA = r"(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = re.compile(
    rf"(?:(?:\+86|0086){_GAP}0?|(?<![0-9])\(?0){_AREA}\)?{_GAP}[2-8][0-9]{{2,3}}{_GAP}[0-9]{{4}}(?![0-9])"
    r"(?: ?(?:转|ext\.?|-) ?[0-9]{1,6}(?![0-9]))?"
)
_SAID = r"(?:号码|号)?(?:是|为)?[::= ]{0,2}"
_CALLED = re.compile(rf"(?:电话|手机|座机|联系方式|tel){_SAID}([2-9][0-9]{{2,3}}{_GAP}[0-9]{{4}})(?![0-9])")
_ID_NAMED = re.compile(rf"身份证(?:号码|号)?(?:是|为)?[::= ]{{0,2}}([0-9](?:{_GAP}[0-9x]){{13,18}})")
_NAMED = re.compile(
    r"(?:身份证|社保卡?|社会保障卡?|医保卡?|护照|通行证|银行卡|证件|军官证|残疾证|居住证)(?:编|账|帐|卡)?号码?(?:是|为)?[::= ]{0,2}"
    r"([a-z]{0,3}[0-9][0-9a-z]{4,})"
)


def _spaced(count: str) -> str:
    """A run of digits with separators between them."""
    return rf"[0-9](?:{_GAP}[0-9]){count}"


# Every start is tried, since a number may begin inside a longer run: (?=…) lets matches overlap.
_SPACED_18 = re.compile(rf"(?=({_spaced('{16}')}{_GAP}[0-9x]))")
_SPACED_15 = re.compile(rf"(?<![0-9])(?=({_spaced('{14}')})(?![0-9]))")
_SPACED_CARDS = tuple(
    re.compile(rf"(?<![0-9])(?=({_spaced(f'{{{n - 1}}}')})(?![0-9]))") for n in range(16, 20)
)
_SPACED_MOBILE = re.compile(rf"(?<![0-9])(?=((?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}[0-9]){{9}})(?![0-9]))")
_CODE = re.compile(rf"(?=([1-9a-gny]{_GAP}[0-9a-z](?:{_GAP}[0-9]){{6}}(?:{_GAP}[0-9a-hj-npqrtuwxy]){{10}}))")


def _is_id(digits: str) -> bool:
    return bool(_ID_18.fullmatch(digits)) and mod_11_2.is_valid(digits.upper())


def _is_card(digits: str) -> bool:
    return bool(_CARD.fullmatch(digits)) and luhn.is_valid(digits)


def _is_code(code: str) -> bool:
    return bool(uscc.is_valid(code.upper()))


def _checked(
    pattern: re.Pattern[str], text: str, kind: Kind, check: Callable[[str], object]
) -> Iterator[Found]:
    for match in pattern.finditer(text):
        if check(_NOT_DIGIT.sub("", match[1])):
            yield Found(kind, Span(*match.span(1)))


def _long_run(run: str) -> Kind:
    """Say what a tight run of fifteen digits or more is."""
    if (
        _ID_18.match(run)
        or _ID_15.fullmatch(run)
        or any(_is_id(run[at : at + 18]) for at in range(len(run) - 17))
    ):
        return Kind.ID_CARD
    windows = (run[at : at + size] for size in range(16, 20) for at in range(len(run) - size + 1))
    return Kind.BANK_CARD if any(map(_is_card, windows)) else Kind.NUMBER


_FEWEST = 5  # digits any of these has: most questions have fewer, and need no further look
_READ = 64  # digits of a run looked at to name it; longer ones are masked all the same


def _runs(digits: str) -> Iterator[Found]:
    for match in _LONG.finditer(digits):
        yield Found(_long_run(match[0][:_READ]), Span(*match.span()))
    for match in _TELEPHONE_RUN.finditer(digits):
        if _MOBILE_INSIDE.search(match[0]):
            yield Found(Kind.MOBILE, Span(*match.span()))


def find_numbers(narrowed: str, digits: str) -> Iterator[Found]:
    """Find personal numbers; the same one may be found twice.

    :param narrowed: the text in half width and lower case
    :param digits: the same with Chinese digits as ASCII ones
    """
    if sum(map(str.isdigit, digits)) < _FEWEST:
        return
    yield from _checked(_SPACED_18, digits, Kind.ID_CARD, _is_id)
    yield from _runs(digits)
    yield from _checked(_SPACED_15, digits, Kind.ID_CARD, _ID_15.fullmatch)
    yield from _checked(_CODE, narrowed, Kind.CREDIT_CODE, _is_code)
    for cards in _SPACED_CARDS:
        yield from _checked(cards, digits, Kind.BANK_CARD, _is_card)
    yield from (Found(Kind.MOBILE, Span(*match.span(1))) for match in _SPACED_MOBILE.finditer(digits))
    yield from (Found(Kind.LANDLINE, Span(*match.span())) for match in _LANDLINE.finditer(narrowed))
    for kind, pattern in ((Kind.LANDLINE, _CALLED), (Kind.ID_CARD, _ID_NAMED), (Kind.DOCUMENT, _NAMED)):
        yield from (Found(kind, Span(*match.span(1))) for match in pattern.finditer(narrowed))
