"""Finding a document or a clause by what a person types."""

from bot.errors import InputError
from index import address, paragraphs
from index.generation import Generation
from index.types import Clause, Document

_SHOWN = 8  # clause addresses offered after a miss


def find_document(store: Generation, name: str) -> Document:
    """Find a document by id, title, region or another name of its region.

    :raises InputError: none or several match, with what there is
    """
    exact = store.documents.get(name)
    if exact:
        return exact
    found = [d for d in store.documents.values() if name in (d.region, *d.aliases) or name == d.title]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"“{name}”有 {len(found)} 份文件:{'、'.join(d.id for d in found)};请用其中一个 ID")
    known = "、".join(f"{d.id}({d.region})" for d in store.documents.values())
    raise InputError(f"没有收录“{name}”;现有文件:{known or '无'}")


def find_clause(store: Generation, document: Document, wanted: str) -> Clause:
    """Find the clause at an address.

    :raises InputError: no clause has it, with the top of the outline
    """
    clauses = store.clauses[document.id]
    found = paragraphs.find(clauses, wanted, store.texts[document.id])
    if found:
        return found[0]
    top = [f"{address.display(c.path)} {c.heading}".strip() for c in clauses if c.depth == 1][:_SHOWN]
    raise InputError(f"{document.id} 里没有“{wanted}”这一条;一级标题有:{'、'.join(top) or '无'}")
