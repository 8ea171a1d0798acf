"""Answer → one WeChat text of at most 2,048 bytes."""

from bot.channels.reader_link import Link
from bot.channels.wechat.texts import FULL_TEXT, MORE
from bot.render.parts import source_groups, statement_line
from bot.render.plain import plain
from retrieval.types import Answer

LIMIT = 2048  # bytes of UTF-8 in one text; measured by others, WeChat documents no figure


def cut(text: str, limit: int = LIMIT) -> str:
    """Return ``text``, cut between characters to at most ``limit`` bytes; what was cut ends by saying so."""
    whole = text.encode("utf-8", "replace")
    if len(whole) <= limit:
        return whole.decode()
    mark = MORE.encode()
    room = max(limit - len(mark), 0)
    return whole[:room].decode(errors="ignore").rstrip() + mark[:limit].decode(errors="ignore")


def _short(answer: Answer) -> str:
    """Word the point, the notes and the titles of the sources, without the quoted words."""
    titles = [label + title for label, title, _ in source_groups(answer)]
    blocks = [[statement_line(line) for line in answer.statements], list(answer.notes), titles]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def words_of(answer: Answer, link: Link | None = None) -> str:
    """Render an answer for WeChat: whole where it fits, else without quotations, with a link to the first source.

    :param link: makes the address of a citation in the reader; None where the reader has no public address
    """
    first = next(iter(answer.citations), None)
    tail = f"\n\n{FULL_TEXT}{link(first)}" if link and first else ""
    room = LIMIT - len(tail.encode())
    if room <= len(MORE.encode()):
        tail, room = "", LIMIT
    whole = plain(answer)
    fits = len(whole.encode("utf-8", "replace")) <= room
    return cut(whole if fits else _short(answer), room) + tail
