"""A clause as plain text, ready to copy."""

from datetime import date

from index import address
from index.generation import Generation
from index.types import Clause, Document
from retrieval.wording import validity


def clause_head(document: Document, path: str, today: date) -> str:
    """Word where a clause stands: 《title》address(number;validity)."""
    facts = ";".join(fact for fact in (document.number, validity(document, today)) if fact)
    return f"《{document.title}》{address.display(path)}" + (f"({facts})" if facts else "")


def clause_words(store: Generation, document: Document, clause: Clause, today: date) -> str:
    """Return where a clause stands, an empty line, and all its words."""
    return (
        f"{clause_head(document, clause.path, today)}\n\n{clause.span.of(store.texts[document.id]).strip()}"
    )
