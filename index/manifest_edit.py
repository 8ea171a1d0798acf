"""The manifest with one entry added, changed or taken out; comments, order and everything else stay as they are."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from index.errors import CorpusError
from index.manifest import MANIFEST

_WIDTH = 120  # columns: a title is not broken over lines


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(corpus_dir: Path) -> Any:
    path = corpus_dir / MANIFEST
    try:
        return _yaml().load(path.read_text(encoding="utf-8")) if path.exists() else {"documents": []}
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise CorpusError(f"读不了文档清单 {path}:{str(error).splitlines()[0]};请先改正它") from None


def _written(content: Any) -> bytes:
    text = StringIO()
    _yaml().dump(content, text)
    return text.getvalue().encode()


def _entries(content: Any) -> Any:
    if content.get("documents") is None:
        content["documents"] = []
    return content["documents"]


def _place(entries: Any, document: str, corpus_dir: Path) -> int:
    for at, entry in enumerate(entries):
        if entry.get("id") == document:
            return at
    raise CorpusError(f"{corpus_dir / MANIFEST} 里没有 id 为 {document} 的文档;policybot docs list 列出全部")


def with_entry(corpus_dir: Path, entry: Mapping[str, Any]) -> bytes:
    """Return the manifest with an entry added at its end.

    :raises CorpusError: the manifest cannot be read
    """
    content = _read(corpus_dir)
    _entries(content).append(dict(entry))
    return _written(content)


def with_changes(corpus_dir: Path, document: str, changes: Mapping[str, Any]) -> bytes:
    """Return the manifest with some keys of one entry set.

    :raises CorpusError: the manifest cannot be read, or has no such entry
    """
    content = _read(corpus_dir)
    entries = _entries(content)
    entries[_place(entries, document, corpus_dir)].update(changes)
    return _written(content)


def without(corpus_dir: Path, document: str) -> bytes:
    """Return the manifest without one entry.

    :raises CorpusError: the manifest cannot be read, or has no such entry
    """
    content = _read(corpus_dir)
    entries = _entries(content)
    del entries[_place(entries, document, corpus_dir)]
    return _written(content)
