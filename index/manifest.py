"""docs_corpus/manifest.yaml → the documents, every entry checked against its file."""

import re
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from index.errors import CorpusError
from index.types import Document, Period

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


_PROBLEMS = {
    "missing": "缺少这一项",
    "string_type": "应是文字,数字要加引号",
    "tuple_type": "应是列表,例如 [青浦, 青浦区]",
    "model_type": "应是一组“键: 值”",
}


def _line_of(path: Path, keys: Sequence[str | int]) -> int:
    """Find the line (from 1) on which a key path stands, or the nearest one above it that does."""
    node = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    line = 1
    for key in keys:
        try:
            position = node.lc.item(key) if isinstance(key, int) else node.lc.key(key)
            line, node = position[0] + 1, node[key]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line


def _fail(path: Path, keys: Sequence[str | int], problem: str) -> CorpusError:
    return CorpusError(f"{path} 第 {_line_of(path, keys)} 行:{problem}")


def _explain(path: Path, keys: tuple[str | int, ...], error: ValidationError) -> CorpusError:
    problem = error.errors()[0]
    inside = problem["loc"]
    name = ".".join(map(str, inside)) or "这一条"
    if problem["type"] == "extra_forbidden":
        return _fail(path, (*keys, *inside), f"不认识的键 {name};可用的键:{'、'.join(_Entry.model_fields)}")
    reason = _PROBLEMS.get(problem["type"]) or str(problem.get("ctx", {}).get("error", problem["msg"]))
    value = "" if problem["type"] == "missing" else f" = {problem['input']!r}"
    return _fail(path, (*keys, *inside), f"{name}{value}:{reason};请改正后重试")


def _read_yaml(path: Path) -> list[Any]:
    try:
        # the quick loader: line numbers are only needed, and only then computed, for an error
        raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CorpusError(f"找不到文档清单 {path}:请建立它,每份文档一条,格式见 README") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不了文档清单 {path}:{error};请存为 UTF-8 文本") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CorpusError(f"{path} 第 {line} 行不是合法的 YAML:{error.problem};请改正后重试") from None
    except YAMLError as error:
        raise CorpusError(f"{path} 不是合法的 YAML:{str(error).splitlines()[0]};请改正后重试") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("documents"), list):
        raise CorpusError(f"{path} 的最外层应是 documents: 和它下面的文档列表;请对照 README 改正")
    for key in raw.keys() - {"documents"}:
        raise _fail(path, (key,), f"不认识的键 {key};最外层只有 documents")
    return list(raw["documents"])


def _check_bytes(path: Path, keys: tuple[str | int, ...], entry: _Entry) -> None:
    file = path.parent / entry.file
    try:
        found = sha256(file.read_bytes()).hexdigest()
    except OSError:
        problem = f"{entry.id} 的文件 {file} 不存在或读不了;请放好文件,或删去这一条"
        raise _fail(path, (*keys, "file"), problem) from None
    if found != entry.sha256:
        problem = (
            f"{entry.id} 的 sha256 是 {entry.sha256},文件 {entry.file} 实际是 {found};"
            "若文件是有意更新的,把清单改成后者,否则恢复原文件"
        )
        raise _fail(path, (*keys, "sha256"), problem)


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
    )


def load(corpus_dir: Path) -> tuple[Document, ...]:
    """Read the manifest of ``corpus_dir``; the documents stand in its order.

    ``aliases`` of a document are the entry's ``aliases``, then its ``places``.

    :raises CorpusError: no manifest, broken YAML, an unknown key or unusable value, an id given twice, a file that
        is missing or has another digest: one line with file, line, value and what to do
    """
    path = corpus_dir / MANIFEST
    documents: dict[str, Document] = {}
    for at, raw in enumerate(_read_yaml(path)):
        keys = ("documents", at)
        try:
            entry = _Entry.model_validate(raw)
        except ValidationError as error:
            raise _explain(path, keys, error) from None
        if entry.id in documents:
            raise _fail(path, (*keys, "id"), f"id {entry.id} 出现了两次;请改成不同的 id")
        _check_bytes(path, keys, entry)
        documents[entry.id] = _document(entry)
    return tuple(documents.values())
