"""Answer → plain text: the ``answer`` of the command line, and what a channel falls back on."""

from bot.render.parts import (
    SUGGESTIONS_TITLE,
    VALUES_TITLE,
    further_values,
    grouped_statements,
    source_titles,
    statement_line,
    unused_sources,
)
from retrieval.answer import quoted
from retrieval.types import Answer


def _point(answer: Answer) -> list[str]:
    """The statements, the first of each region after its name where there are several."""
    lines: list[str] = []
    for region, statements in grouped_statements(answer):
        first, *rest = map(statement_line, statements)
        lines += [f"{region}:{first}" if region else first, *rest]
    return lines


def _sources(answer: Answer) -> list[str]:
    unused = set(unused_sources(answer))
    numbered = enumerate(zip(source_titles(answer), answer.citations, strict=True), start=1)
    return [
        f"[{number}]{title}" + (f":{quoted(citation.quote)}" if number in unused else "")
        for number, (title, citation) in numbered
    ]


def _listed(title: str, lines: tuple[str, ...]) -> list[str]:
    return [title, *(f"· {line}" for line in lines)] if lines else []


def plain(answer: Answer) -> str:
    """Render an answer as plain text, parts separated by a blank line."""
    blocks = [
        _point(answer),
        list(answer.notes),
        _sources(answer),
        _listed(VALUES_TITLE, further_values(answer)),
        _listed(SUGGESTIONS_TITLE, answer.suggestions),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)
