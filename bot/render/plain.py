"""Answer → plain text: the ``answer`` of the command line, and what a channel falls back on."""

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


def _point(answer: Answer) -> list[str]:
    """The statements, the first of each region after its name; values of several regions as a table."""
    side_by_side = comparison(answer)
    told = value_statements(answer) if side_by_side else {}
    lines = [side_by_side.title, text_table(side_by_side)] if side_by_side else []
    for region, statements in grouped_statements(answer):
        left = [statement_line(s) for s in statements if s not in told and not (told and s.text == NO_VALUE)]
        if left:
            first, *rest = left
            lines += [f"{region}:{first}" if region else first, *rest]
    return lines


def _sources(answer: Answer) -> list[str]:
    return [
        f"{label}{title}" + (f":{quoted(answer.citations[shown - 1].quote)}" if shown else "")
        for label, title, shown in source_groups(answer)
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
