"""A file and what an admin says of it → the manifest entry it gets, and what would forbid it."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.errors import InputError
from index.proposals import Proposal
from index.types import Document

_NOT_ASCII = re.compile(r"[^a-z0-9]+")
_LETTER = re.compile(r"[a-z]")
# keys an admin may set, in the order of an entry
KEYS = (
    "id",
    "title",
    "region",
    "aliases",
    "issuer",
    "number",
    "published",
    "effective",
    "valid_until",
    "period",
    "contacts",
)


def slug(path: Path, digest: str, taken: Sequence[str]) -> str:
    """Propose an id: the letters and digits of the file's name, else of its digest; numbered where taken."""
    name = _NOT_ASCII.sub("-", path.stem.lower()).strip("-")
    base = name if _LETTER.search(name) else f"doc-{digest[:8]}"
    tries = [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))]
    return next(one for one in tries if one not in taken)


def _said(proposal: Proposal) -> dict[str, tuple[Any, str]]:
    """What the document says of itself by key, with the words it was read from."""
    read = {
        "title": proposal.title,
        "region": proposal.region,
        "issuer": proposal.issuer,
        "number": proposal.number,
        "published": proposal.published,
        "effective": proposal.effective,
        "valid_until": proposal.valid_until,
    }
    said: dict[str, tuple[Any, str]] = {
        key: (found.value, found.source) for key, found in read.items() if found
    }
    if proposal.period:
        period = proposal.period.value
        said["period"] = (f"{period.first}-{period.last}", proposal.period.source)
    return said


def entry_of(
    path: Path, content: bytes, proposal: Proposal, given: Mapping[str, Any], live: Sequence[Document]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the entry of a new document, and the words each proposed key was read from.

    :param given: keys the admin set; they stand before what the document says
    :raises InputError: the region is neither given nor said
    """
    digest = sha256(content).hexdigest()
    said = _said(proposal)
    entry = {key: said[key][0] for key in KEYS if key in said}
    entry |= {key: value for key, value in given.items() if value not in (None, "", ())}
    entry.setdefault("id", slug(path, digest, [document.id for document in live]))
    if not entry.get("region"):
        raise InputError(f"从 {path.name} 里看不出是哪个地方的文件;请用 --region 说明,例如 --region 襄阳市")
    entry = {key: entry[key] for key in KEYS if key in entry}
    entry["file"] = f"{entry['id']}-{digest[:8]}{path.suffix.lower()}"
    entry["sha256"] = digest
    return entry, {key: source for key, (_, source) in said.items() if key not in given or not given[key]}


def refuse_repeats(entry: Mapping[str, Any], live: Sequence[Document], supersedes: str | None) -> None:
    """Refuse a document that is there already: its bytes, its id, or its number.

    :param supersedes: id of the document it takes the place of, which may have the same number
    :raises InputError: naming the one that is there, and the verb for it
    """
    for document in live:
        if document.sha256 == entry["sha256"]:
            raise InputError(f"这份文件已经收录了:{document.id}《{document.title}》,内容一字不差;不用再添加")
        if document.id == entry["id"]:
            raise InputError(f"id {document.id} 已经有了;换一个 --id,或用 docs replace {document.id} 更新它")
        same = entry.get("number") and document.number == entry["number"]
        if same and document.id != supersedes:
            raise InputError(
                f"文号 {document.number} 已经收录了:{document.id}《{document.title}》;"
                f"要更新它用 docs replace {document.id},要替代它加 --supersedes {document.id}"
            )
