"""Answer → plain text: the ``answer`` of the command line, and what a channel falls back on."""

from bot.render.parts import regions_of, source_title, unused_sources, value_line
from retrieval.answer import quoted
from retrieval.types import Answer, Statement


def _statement(statement: Statement) -> str:
    return statement.text + (f"[{statement.source}]" if statement.source else "")


def _point(answer: Answer) -> list[str]:
    """The statements, under their regions where there are several."""
    regions = regions_of(answer)
    if not regions:
        return [_statement(s) for s in answer.statements]
    lines: list[str] = []
    for region in regions:
        own = [_statement(s) for s in answer.statements if s.region == region]
        lines += [f"{region}:" + own[0], *own[1:]]
    return lines + [_statement(s) for s in answer.statements if not s.region]


def _sources(answer: Answer) -> list[str]:
    """One line a source; title and validity of a document once, its further places as 同上."""
    unused = set(unused_sources(answer))
    lines, last = [], ""
    for number, citation in enumerate(answer.citations, start=1):
        title = f"同上,{citation.address}" if citation.document == last else source_title(citation)
        words = f":{quoted(citation.quote)}" if number in unused else ""
        lines.append(f"[{number}]{title}{words}")
        last = citation.document
    return lines


def _further_values(answer: Answer) -> list[str]:
    """The values that the statements do not state already."""
    said = {statement.text for statement in answer.statements}
    return [f"· {v.region} {value_line(v)}" for v in answer.indicators if value_line(v) not in said]


def plain(answer: Answer) -> str:
    """Render an answer as plain text, parts separated by a blank line."""
    values = _further_values(answer)
    blocks = [
        _point(answer),
        list(answer.notes),
        _sources(answer),
        ["相关指标:", *values] if values else [],
        ["还可以问:", *(f"· {question}" for question in answer.suggestions)] if answer.suggestions else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)
