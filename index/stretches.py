"""Which stretches of a text are a clause's own: before, between and behind the clauses below it."""

from collections.abc import Iterator, Sequence

from index.types import Clause, Span


def stretches(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Span]]:
    """Yield every stretch of text with the innermost clause it belongs to, in order."""
    open_clauses: list[Clause] = []
    at = 0
    for clause in clauses:
        while open_clauses and open_clauses[-1].span.end <= clause.span.start:
            closed = open_clauses.pop()
            yield closed, Span(at, closed.span.end)
            at = max(at, closed.span.end)
        if open_clauses:
            yield open_clauses[-1], Span(at, clause.span.start)
        at = max(at, clause.span.start)
        open_clauses.append(clause)
    for clause in reversed(open_clauses):
        yield clause, Span(at, max(at, clause.span.end))
        at = max(at, clause.span.end)
