"""docs_corpus/manifest.yaml → the documents, every entry checked against its file."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from index.errors import CorpusError
from index.types import Document, Period
from index.yamlfile import YamlFile, read_yaml, shown

MANIFEST = "manifest.yaml"

_ID = re.compile(r"[a-z0-9_-]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PERIOD = re.compile(r"(\d{4})\s*[-—–~至]\s*(\d{4})")


def _check_text(value: str) -> str:
    if not value.strip():
        raise ValueError("不能为空")
    return value.strip()


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("只能由小写字母、数字、_ 和 - 组成,例如 qingpu")
    return value


def _check_sha256(value: str) -> str:
    if not _SHA256.fullmatch(value):
        raise ValueError("应是 64 位十六进制数;用 sha256sum 文件名 算出")
    return value


def _check_file(value: str) -> str:
    if Path(value).is_absolute() or ".." in Path(value).parts:
        raise ValueError("应是清单所在目录里的文件名")
    return value


def _read_period(value: object) -> Period | None:
    if value is None:
        return None
    match = _PERIOD.fullmatch(str(value).strip())
    if not match or int(match[1]) > int(match[2]):
        raise ValueError('应写成 "2021-2025" 这样的起止年份')
    return Period(int(match[1]), int(match[2]))


def _read_date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("应写成 2021-12-30 这样的日期,不知道就写 null") from None


_Text = Annotated[str, AfterValidator(_check_text)]


class _Entry(BaseModel):
    """One entry as the file writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: Annotated[_Text, AfterValidator(_check_id)]
    title: _Text
    region: _Text
    file: Annotated[_Text, AfterValidator(_check_file)]
    sha256: Annotated[str, AfterValidator(_check_sha256)]
    aliases: tuple[_Text, ...] = ()
    places: tuple[_Text, ...] = ()
    issuer: _Text | None = None
    number: _Text | None = None
    published: Annotated[date | None, BeforeValidator(_read_date)] = None
    period: Annotated[Period | None, BeforeValidator(_read_period)] = None
    contacts: tuple[_Text, ...] = ()
    effective: Annotated[date | None, BeforeValidator(_read_date)] = None
    valid_until: Annotated[date | None, BeforeValidator(_read_date)] = None
    superseded_by: _Text | None = None


_PROBLEMS = {
    "missing": "缺少这一项",
    "string_type": "应是文字,数字要加引号",
    "tuple_type": "应是列表,例如 [青浦, 青浦区]",
    "model_type": "应是一组“键: 值”",
}


def _fail(manifest: YamlFile, keys: Sequence[str | int], problem: str) -> CorpusError:
    return CorpusError(f"{manifest.path} 第 {manifest.line_of(keys)} 行:{problem}")


def _reason(problem: ErrorDetails) -> str:
    return _PROBLEMS.get(problem["type"]) or str(problem.get("ctx", {}).get("error", problem["msg"]))


def _explain(manifest: YamlFile, keys: tuple[str | int, ...], error: ValidationError) -> CorpusError:
    problem = error.errors()[0]
    inside = problem["loc"]
    name = ".".join(map(str, inside)) or "这一条"
    if problem["type"] == "extra_forbidden":
        known = "、".join(_Entry.model_fields)
        return _fail(manifest, (*keys, *inside), f"不认识的键 {name};可用的键:{known}")
    reason = _reason(problem)
    value = "" if problem["type"] == "missing" else f" = {shown(problem['input'])}"
    return _fail(manifest, (*keys, *inside), f"{name}{value}:{reason};请改正后重试")


def _read_entries(path: Path) -> tuple[YamlFile, list[object]]:
    if not path.exists():
        raise CorpusError(f"找不到文档清单 {path}:请建立它,每份文档一条,格式见 README")
    manifest = read_yaml(path)
    content = manifest.content
    listed = content.get("documents") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(listed, list):
        raise CorpusError(f"{path} 的最外层应是 documents: 和它下面的文档列表;请对照 README 改正")
    for key in content.keys() - {"documents"}:
        raise _fail(manifest, (key,), f"不认识的键 {key};最外层只有 documents")
    return manifest, listed


def _check_bytes(manifest: YamlFile, keys: tuple[str | int, ...], entry: _Entry) -> None:
    file = manifest.path.parent / entry.file
    try:
        found = sha256(file.read_bytes()).hexdigest()
    except OSError:
        problem = f"{entry.id} 的文件 {file} 不存在或读不了;请放好文件,或删去这一条"
        raise _fail(manifest, (*keys, "file"), problem) from None
    if found != entry.sha256:
        problem = (
            f"{entry.id} 的 sha256 是 {entry.sha256},文件 {entry.file} 实际是 {found};"
            "若文件是有意更新的,把清单改成后者,否则恢复原文件"
        )
        raise _fail(manifest, (*keys, "sha256"), problem)


def check_entry(raw: Mapping[str, object]) -> Document:
    """Check an entry before it is written.

    :raises CorpusError: a value cannot be used, naming it
    """
    try:
        return _document(_Entry.model_validate(dict(raw)))
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(map(str, problem["loc"]))
        raise CorpusError(f"{name} = {shown(problem['input'])}:{_reason(problem)};请改正后重试") from None


def written_entry(document: Document) -> dict[str, object]:
    """Return a document as an entry of the manifest; what it does not say is left out, but for number and dates."""
    days = {name: getattr(document, name) for name in ("published", "effective", "valid_until")}
    always = {"issuer": document.issuer, "number": document.number, "published": days.pop("published")}
    period = f"{document.period.first}-{document.period.last}" if document.period else None
    rest = {"aliases": list(document.aliases), "contacts": list(document.contacts), **days}
    rest |= {"period": period, "superseded_by": document.superseded_by}
    entry: dict[str, object] = {"id": document.id, "title": document.title, "region": document.region}
    entry |= always | {name: value for name, value in rest.items() if value}
    return entry | {"file": document.file, "sha256": document.sha256}


def _document(entry: _Entry) -> Document:
    return Document(
        id=entry.id,
        title=entry.title,
        region=entry.region,
        # names before places: the order says how surely a name means this region
        aliases=tuple(dict.fromkeys(entry.aliases + entry.places)),
        issuer=entry.issuer,
        number=entry.number,
        published=entry.published,
        period=entry.period,
        file=entry.file,
        sha256=entry.sha256,
        contacts=entry.contacts,
        effective=entry.effective,
        valid_until=entry.valid_until,
        superseded_by=entry.superseded_by,
    )


def load(corpus_dir: Path) -> tuple[Document, ...]:
    """Read the manifest of ``corpus_dir``; the documents stand in its order.

    ``aliases`` of a document are the entry's ``aliases``, then its ``places``.

    :raises CorpusError: no manifest, broken YAML, an unknown key or unusable value, an id given twice, a file that
        is missing or has another digest: one line with file, line, value and what to do
    """
    manifest, entries = _read_entries(corpus_dir / MANIFEST)
    documents: dict[str, Document] = {}
    for at, raw in enumerate(entries):
        keys = ("documents", at)
        try:
            entry = _Entry.model_validate(raw)
        except ValidationError as error:
            raise _explain(manifest, keys, error) from None
        if entry.id in documents:
            raise _fail(manifest, (*keys, "id"), f"id {entry.id} 出现了两次;请改成不同的 id")
        _check_bytes(manifest, keys, entry)
        documents[entry.id] = _document(entry)
    return tuple(documents.values())
