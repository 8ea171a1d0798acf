"""The manifest with entries added, changed or taken out; comments, order and everything else stay as they are."""

from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml.error import YAMLError

from index.errors import CorpusError
from index.manifest import MANIFEST
from index.yaml_edit import round_trip

Edit = Callable[[Any], None]  # changes the list of entries

_INDENTED = 2  # columns the dashes of a list are set in
_WIDTH = 120  # columns: a title is not broken over lines


def _read(path: Path) -> Any:
    try:
        return (
            round_trip(_INDENTED, _WIDTH).load(path.read_text(encoding="utf-8"))
            if path.exists()
            else {"documents": []}
        )
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise CorpusError(f"读不了文档清单 {path}:{str(error).splitlines()[0]};请先改正它") from None


def _place(entries: Any, document: str) -> int:
    for at, entry in enumerate(entries):
        if entry.get("id") == document:
            return at
    raise CorpusError(f"文档清单里没有 id 为 {document} 的文档;policybot docs list 列出全部")


def adding(entry: Mapping[str, Any]) -> Edit:
    """Return the edit that adds an entry at the end."""

    def edit(entries: Any) -> None:
        entries.append(dict(entry))

    return edit


def changing(document: str, changes: Mapping[str, Any]) -> Edit:
    """Return the edit that sets some keys of an entry; it raises CorpusError where there is none."""

    def edit(entries: Any) -> None:
        entries[_place(entries, document)].update(changes)

    return edit


def removing(document: str) -> Edit:
    """Return the edit that takes an entry out; it raises CorpusError where there is none."""

    def edit(entries: Any) -> None:
        del entries[_place(entries, document)]

    return edit


def edited(corpus_dir: Path, *edits: Edit) -> bytes:
    """Return the manifest after some edits; nothing is written.

    :raises CorpusError: the manifest cannot be read, or has no such entry
    """
    content = _read(corpus_dir / MANIFEST)
    if content.get("documents") is None:
        content["documents"] = []
    for edit in edits:
        edit(content["documents"])
    text = StringIO()
    round_trip(_INDENTED, _WIDTH).dump(content, text)
    return text.getvalue().encode()
