"""A text → the same without personal data. Every word that is stored or logged goes through here first."""

from collections.abc import Iterable, Iterator

from bot.privacy.folding import digits_of, narrow
from bot.privacy.numbers import find_numbers
from bot.privacy.places import find_places
from bot.privacy.types import Found, Masked
from index.types import Span

# Characters of a text that are kept: far more than a question has. What comes after is dropped, since only what was
# looked through may be stored, and a hostile text must not hold a processor.
KEPT_CHARS = 2000
_BEYOND = 100  # looked through as well, for what begins before the end and goes on behind it


def _merged(found: Iterable[Found]) -> Iterator[Found]:
    """Join what overlaps: the kind is that of the first, the longest where several begin together."""
    current: Found | None = None
    for one in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if current and one.span.start < current.span.end:
            end = max(current.span.end, one.span.end)
            current = Found(current.kind, Span(current.span.start, end))
            continue
        if current:
            yield current
        current = one
    if current:
        yield current


def find(text: str) -> tuple[Found, ...]:
    """Find the personal data of a text, in order and without overlap; offsets count its characters."""
    narrowed = narrow(text)
    return tuple(_merged((*find_numbers(narrowed, digits_of(narrowed)), *find_places(narrowed))))


def mask(text: str) -> Masked:
    """Put the name of its kind, such as ``[手机号]``, in the place of all personal data.

    Identity cards (18 and 15 digits), bank cards, mobile and landline numbers, credit codes, numbers named as a
    social security or passport number, e-mail, addresses with a house number, number plates; in full width, with
    blanks or hyphens between the digits, or in Chinese digits. Document numbers, years, amounts and public short
    codes (12333) stay. Where it is uncertain more is masked, not less. Names of people are not recognised.
    No more than :data:`KEPT_CHARS` characters are kept.
    """
    found = tuple(one for one in find(text[: KEPT_CHARS + _BEYOND]) if one.span.start < KEPT_CHARS)
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.span.start], f"[{one.kind.value}]"]
        at = one.span.end
    return Masked("".join([*parts, text[at:KEPT_CHARS]]), tuple(dict.fromkeys(one.kind for one in found)))
