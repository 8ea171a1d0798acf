"""Answer → the markdown WeCom shows, of at most 20,480 bytes."""

import re

from bot.channels.reader_link import Link
from bot.render.comparison import comparison
from bot.render.parts import (
    SUGGESTIONS_TITLE,
    VALUES_TITLE,
    further_values,
    grouped_statements,
    source_titles,
    statement_line,
    unused_sources,
)
from retrieval.types import Answer

LIMIT = 20_480  # bytes of UTF-8 in one message; developer.work.weixin.qq.com, path/101031
_MORE = "\n\n…（太长，后面的没有显示；请问得更具体些）"
# what markdown would take for its own; documents and questions are words
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def escaped(text: str) -> str:
    """Keep words from being read as markdown, and each on its own line."""
    return _SPECIAL.sub(r"\\\1", text)


def cut(text: str, limit: int = LIMIT) -> str:
    """Return ``text``, cut at a line's end to at most ``limit`` bytes; what was cut ends by saying so."""
    whole = text.encode("utf-8", "replace")
    if len(whole) <= limit:
        return whole.decode()
    kept = whole[: limit - len(_MORE.encode())].decode(errors="ignore")
    lines = kept.rpartition("\n")[0]
    return (lines or kept).rstrip("\\") + _MORE


def _point(answer: Answer) -> list[str]:
    lines = []
    for region, statements in grouped_statements(answer):
        lines += [f"**{escaped(region)}**"] if region else []
        lines += [escaped(statement_line(line)) for line in statements]
    side_by_side = comparison(answer)
    return [f"**{escaped(side_by_side.title)}**", *lines] if side_by_side else lines


def _sources(answer: Answer, link: Link | None) -> list[str]:
    unused, lines = set(unused_sources(answer)), []
    for number, (title, source) in enumerate(zip(source_titles(answer), answer.citations, strict=False), 1):
        where = f"[原文]({link(source)})" if link else ""
        lines.append(f"\\[{number}\\] {escaped(title)} {where}".rstrip())
        if number in unused:
            lines += [f"> {escaped(line)}" for line in source.quote.split("\n") if line.strip()]
    return lines


def markdown(answer: Answer, link: Link | None = None) -> str:
    """Render an answer: the point, the notes, the sources with a link each, further values, what else to ask.

    :param link: makes the address of a citation in the reader; None where the reader has no public address
    """
    values, asks = further_values(answer), answer.suggestions
    blocks = [
        _point(answer),
        [escaped(note) for note in answer.notes],
        _sources(answer, link),
        [f"**{VALUES_TITLE}**", *(f"- {escaped(line)}" for line in values)] if values else [],
        [f"**{SUGGESTIONS_TITLE}**", *(f"- {escaped(line)}" for line in asks)] if asks else [],
    ]
    return cut("\n\n".join("\n".join(block) for block in blocks if block))
