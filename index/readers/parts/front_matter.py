"""What a Markdown file says of itself before its text."""

import re

from index.readers.parts.words import tidy

_FENCED = re.compile(r"\A\ufeff?---[^\S\n]*\n(.*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# The head that r.jina.ai, a common page-to-Markdown service, writes.
_SERVICE = re.compile(
    r"\ATitle: (?P<title>[^\n]*)\n(?:\s*(?:URL Source|Published Time|Warning): [^\n]*\n)+\s*Markdown Content:\n"
)
_PAIR = re.compile(r"^([^\s:#-][^:\n]{0,40}):[^\S\n]+(\S[^\n]*)$", re.MULTILINE)


def _from_title(title: str, body: str) -> str:
    """Begin at the heading that repeats the title: the page's menus stand before it."""
    words = title.split(" - ", maxsplit=1)[0].strip()
    heading = re.search(rf"^#{{1,6}} {re.escape(words)}[^\S\n]*$", body, re.MULTILINE) if words else None
    return body[heading.start() :] if heading else body


def split_front_matter(source: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return the single-line ``key: value`` pairs of the front matter, and the text behind it."""
    fenced = _FENCED.match(source)
    if fenced:
        pairs = [(key.strip(), tidy(value.strip("'\""))) for key, value in _PAIR.findall(fenced[1])]
        return tuple((key, value) for key, value in pairs if value), source[fenced.end() :]
    service = _SERVICE.match(source)
    if service:
        title = tidy(service["title"])
        return (("title", title),), _from_title(title, source[service.end() :])
    return (), source
