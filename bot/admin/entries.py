"""A file and what an admin says of it → the manifest entry it gets, and what would forbid it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.admin.naming import document_id
from bot.errors import InputError
from index.manifest import check_entry, written_entry
from index.proposals import Proposal
from index.types import Document

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
_PROPOSED = ("title", "region", "issuer", "number", "published", "effective", "valid_until")
LABELS = {
    "id": "编号",
    "title": "标题",
    "region": "地区",
    "issuer": "发文机关",
    "number": "文号",
    "published": "发布日期",
    "effective": "施行日期",
    "valid_until": "有效期至",
    "period": "规划期",
}


def _said(proposal: Proposal) -> dict[str, tuple[Any, str]]:
    """What the document says of itself by key, with the words it was read from."""
    found = {key: getattr(proposal, key) for key in _PROPOSED}
    said: dict[str, tuple[Any, str]] = {key: (one.value, one.source) for key, one in found.items() if one}
    if proposal.period:
        period = proposal.period.value
        said["period"] = (f"{period.first}-{period.last}", proposal.period.source)
    return said


def _given(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value}


def entry_of(
    path: Path,
    content: bytes,
    proposal: Proposal,
    given: Mapping[str, Any],
    taken: Collection[str],
) -> tuple[Document, dict[str, str]]:
    """Return the document a new file becomes, and the words each proposed key was read from.

    :param given: keys the admin set; they stand before what the document says
    :param taken: ids that one made up here must differ from
    :raises InputError: the region is neither given nor said
    :raises CorpusError: a given value cannot be used
    """
    said, told = _said(proposal), _given(given)
    entry = {key: value for key, (value, _) in said.items()} | told
    if not entry.get("region"):
        raise InputError(
            f"从 {path.name} 里看不出是哪个地方的文件;请用 --region 说明,例如 --region 襄阳市,国家的文件写 全国"
        )
    entry.setdefault("id", document_id(path, entry["region"], entry["title"], taken))
    document = check_entry(entry | _file_of(entry["id"], path, content))
    return document, {key: source for key, (_, source) in said.items() if key not in told}


def _file_of(identifier: str, path: Path, content: bytes) -> dict[str, str]:
    digest = sha256(content).hexdigest()
    return {"file": f"{identifier}-{digest[:8]}{path.suffix.lower()}", "sha256": digest}


def next_version(path: Path, content: bytes, current: Document, given: Mapping[str, Any]) -> Document:
    """Return a document with another file; what the manifest says of it stays, but for what the admin says now.

    :raises CorpusError: a given value cannot be used
    """
    changes = {key: value for key, value in _given(given).items() if key != "id"}
    return check_entry(written_entry(current) | changes | _file_of(current.id, path, content))


def notes_on(
    document: Document, proposal: Proposal, given: Mapping[str, Any], others: Sequence[Document]
) -> Iterator[str]:
    """Say what an admin should look at: facts of the text that are others than those of the entry, a twin."""
    entry = {key: str(value) for key, value in written_entry(document).items()}
    told = _given(given)
    for key, (value, source) in _said(proposal).items():
        wrapped = key == "title" and document.title in str(value)  # 关于印发《…》的通知
        if (
            key not in told
            and str(value) != entry.get(key)
            and not wrapped
            and not source.startswith("文件名")
        ):
            written = entry.get(key)
            known = f"“{written}”" if written not in (None, "None") else "空着"
            yield f"文中的{LABELS[key]}是“{value}”,清单里是{known};要改就加 --{key.replace('_', '-')}"
    if proposal.valid_years and not document.valid_until:
        yield f"文中写有效期 {proposal.valid_years.value} 年,没有写到哪一天;用 --valid-until 写明"
    for other in others:
        if other.title == document.title and other.region == document.region and not other.superseded_by:
            yield f"已有同名的 {other.id},两份都会用来回答;若它已被取代,加 --supersedes {other.id}"


def refuse_repeats(document: Document, live: Sequence[Document], supersedes: str | None = None) -> None:
    """Refuse a document that is there already: its bytes, its id, or its number.

    :param live: the other documents
    :param supersedes: id of the document it takes the place of, which may have the same number
    :raises InputError: naming the one that is there, and the verb for it
    """
    for other in live:
        if other.sha256 == document.sha256:
            raise InputError(f"这份文件已经收录了:{other.id}《{other.title}》,内容一字不差;不用再添加")
        if other.id == document.id:
            raise InputError(f"id {other.id} 已经有了;换一个 --id,或用 docs replace {other.id} 更新它")
        if document.number and other.number == document.number and other.id != supersedes:
            raise InputError(
                f"文号 {other.number} 已经收录了:{other.id}《{other.title}》;"
                f"要更新它用 docs replace {other.id},要替代它加 --supersedes {other.id}"
            )
