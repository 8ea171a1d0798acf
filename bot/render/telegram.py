"""Answer → Telegram messages: HTML with every word escaped, cut at clause borders, each valid by itself.

An answer becomes a row of atoms: clauses that are never cut again. A message takes as many as fit, and ends at
the best border in its second half, so that a tag is always opened and closed within one message.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

from bot.render.comparison import comparison, text_table, value_statements
from bot.render.parts import (
    SUGGESTIONS_TITLE,
    VALUES_TITLE,
    further_values,
    grouped_statements,
    source_groups,
    statement_line,
)
from retrieval.answer import quoted
from retrieval.types import Answer
from retrieval.wording import NO_VALUE

# Telegram counts UTF-16 units after reading the tags; counting them with the tags stays below on any reading.
LIMIT = 4096
# A clause without any punctuation is cut here: far below half a message even when every character is escaped.
_ATOM_CHARS = 200
_BLOCK, _LINE, _SENTENCE, _ITEM, _CLAUSE, _NONE = 5, 4, 3, 2, 1, 0  # how good a border is
_SENTENCE_ENDS = "。!?…\uff01\uff1f"
_ITEM_ENDS = ";\uff1b"
_CLAUSE_ENDS = ",、:\uff0c\uff1a "
_BORDERS = (("\n", _LINE), (_SENTENCE_ENDS, _SENTENCE), (_ITEM_ENDS, _ITEM), (_CLAUSE_ENDS, _CLAUSE))
_NO_END = "\0"  # stands for the last character of what is all closing marks
_CLOSERS = "”’」』)】》\uff09"
_ATOM = re.compile(
    rf"[^{_SENTENCE_ENDS}{_ITEM_ENDS}{_CLAUSE_ENDS}\n]{{0,{_ATOM_CHARS - 1}}}.[{re.escape(_CLOSERS)}]{{0,9}}",
    re.DOTALL,
)
BOLD, QUOTE, TABLE, CODE, PLAIN = "b", "blockquote expandable", "pre", "code", ""


Run = tuple[str, str]  # words, and the tag they stand in ("" for none)


@dataclass(frozen=True, slots=True)
class _Atom:
    """Words that stay together, the tag they stand in ("" for none), and how good the border after them is."""

    text: str
    tag: str
    border: int


def _border(text: str) -> int:
    last = text.rstrip(_CLOSERS)[-1:] or _NO_END
    return next((border for ends, border in _BORDERS if last in ends), _NONE)


def _atoms(text: str, tag: str = "") -> list[_Atom]:
    """Cut a text into atoms; together they are the text."""
    return [_Atom(part, tag, _border(part)) for part in _ATOM.findall(text)]


def _joined(pieces: Iterable[list[_Atom]], separator: _Atom) -> list[_Atom]:
    """Put the separator between the pieces that hold any atoms."""
    joined: list[_Atom] = []
    for piece in pieces:
        joined += [separator] * bool(joined and piece) + piece
    return joined


def _lines(pieces: Iterable[list[_Atom]]) -> list[_Atom]:
    return _joined(pieces, _Atom("\n", "", _LINE))


def _blocks(pieces: Iterable[list[_Atom]]) -> list[_Atom]:
    return _joined(pieces, _Atom("\n\n", "", _BLOCK))


def _point(answer: Answer) -> list[_Atom]:
    """The statements under their regions; values of several regions as a table of fixed width."""
    side_by_side = comparison(answer)
    told = value_statements(answer) if side_by_side else {}
    lines: list[list[_Atom]] = []
    if side_by_side:
        lines += [_atoms(side_by_side.title, BOLD), _atoms(text_table(side_by_side), TABLE)]
    for region, statements in grouped_statements(answer):
        left = [s for s in statements if s not in told and not (told and s.text == NO_VALUE)]
        own = [_atoms(statement_line(statement)) for statement in left]
        head = _atoms(f"{region}:", BOLD) if region and own else []
        lines += [head + own[0], *own[1:]] if own else []
    return _lines(lines)


def _sources(answer: Answer) -> list[_Atom]:
    lines: list[list[_Atom]] = []
    for label, title, shown in source_groups(answer):
        lines.append(_atoms(f"{label}{title}"))
        if shown:
            lines.append(_atoms(quoted(answer.citations[shown - 1].quote), QUOTE))
    return _lines(lines)


def _titled(title: str, lines: Iterable[str]) -> list[_Atom]:
    listed = [_atoms(f"· {line}") for line in lines]
    return _lines([_atoms(title, BOLD), *listed]) if listed else []


def _answer_atoms(answer: Answer) -> list[_Atom]:
    return _blocks(
        [
            _point(answer),
            _lines(_atoms(note) for note in answer.notes),
            _sources(answer),
            _titled(VALUES_TITLE, further_values(answer)),
            _titled(SUGGESTIONS_TITLE, answer.suggestions),
        ]
    )


def _cost(atom: _Atom, before: str) -> int:
    """Count the UTF-16 units an atom adds after one in the tag ``before``."""
    tags = len(f"<{atom.tag}></{atom.tag}>") if atom.tag and atom.tag != before else 0
    return len(escape(atom.text, quote=False).encode("utf-16-le")) // 2 + tags


def _fitting(atoms: list[_Atom], limit: int) -> int:
    """Count how many of the first atoms fit one message; at least one."""
    room, before = limit, ""
    for count, atom in enumerate(atoms):
        room -= _cost(atom, before)
        if room < 0:
            return count
        before = atom.tag
    return len(atoms)


def _cut(atoms: list[_Atom], limit: int) -> int:
    """Choose how many atoms the next message takes: the best border in its second half, the last of equals."""
    fitting = _fitting(atoms, limit)
    if fitting == len(atoms):
        return fitting
    return max(range(fitting // 2 + 1, fitting + 1), key=lambda count: (atoms[count - 1].border, count))


def _packed(atoms: list[_Atom], limit: int = LIMIT) -> Iterator[list[_Atom]]:
    """Share the atoms out to messages; what would be blank is left out, since Telegram refuses it."""
    while atoms:
        count = _cut(atoms, limit)
        if any(atom.text.strip() for atom in atoms[:count]):
            yield atoms[:count]
        atoms = atoms[count:]


def _html(atoms: list[_Atom]) -> str:
    runs = []
    for tag, group in groupby(atoms, key=lambda atom: atom.tag):
        words = escape("".join(atom.text for atom in group), quote=False)
        runs.append(f"<{tag}>{words}</{tag.partition(' ')[0]}>" if tag else words)
    return "".join(runs).strip()


def messages(answer: Answer) -> list[str]:
    """Render an answer as Telegram HTML: the point, notes, numbered sources, values, what to ask next.

    Each message is valid HTML of at most ``LIMIT`` UTF-16 units, tags included; their visible words, one after
    the other, are those of the answer. The words of a source stand in a folded quotation unless the point already
    shows them.
    """
    return [_html(atoms) for atoms in _packed(_answer_atoms(answer))]


def pages(runs: Iterable[Run], limit: int = LIMIT) -> list[str]:
    """Render runs of words as Telegram HTML, each message valid by itself and within ``limit`` UTF-16 units."""
    return [_html(atoms) for atoms in _packed([atom for run in runs for atom in _atoms(*run)], limit)]


def visible(html: str) -> str:
    """Return the words of a message made by ``messages``, without tags: what is sent when markup is refused."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def split(text: str) -> list[str]:
    """Cut plain text into messages of at most ``LIMIT`` UTF-16 units, at clause borders where there are any."""
    return ["".join(atom.text for atom in atoms).strip() for atoms in _packed(_atoms(text))]
