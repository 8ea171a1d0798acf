"""The thesaurus with an entry more, less or changed. The rest of the file stays byte for byte: its long lists are laid out by hand."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from index.errors import CorpusError

_START = "entries:\n"


def _last_line(node: yaml.Node) -> int:
    """The line (from 0) on which the words of a node end; a block's own end mark lies behind comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    return node.end_mark.line


def _flow(words: Sequence[str]) -> str:
    return yaml.safe_dump(
        list(words), allow_unicode=True, default_flow_style=True, width=float("inf")
    ).strip()


def _lines(column: int, say: Sequence[str], official: Sequence[str]) -> list[str]:
    blank = " " * column
    return [f"{blank}- say: {_flow(say)}\n", f"{blank}  official: {_flow(official)}\n"]


def _entries(path: Path, text: str) -> yaml.SequenceNode | None:
    """The list of entries; None where there is none."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise CorpusError(f"读不了词库 {path}:{str(error).splitlines()[0]};请先改正它") from None
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    entries = next((value for key, value in pairs if key.value == "entries"), None)
    if entries is None:
        return None
    if not isinstance(entries, yaml.SequenceNode) or entries.flow_style or not entries.value:
        raise CorpusError(f"词库 {path} 的 entries 应当每条一行“- say: …”;请先改成这样")
    return entries


def _read(path: Path) -> tuple[str, list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不了词库 {path}:{error};请先改正它") from None
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return text, lines


def with_entry(path: Path, say: Sequence[str], official: Sequence[str]) -> bytes:
    """Return the thesaurus with one more entry at the end of its entries; nothing is written.

    :raises CorpusError: the file cannot be read, or its entries are not a block list
    """
    text, lines = _read(path)
    entries = _entries(path, text)
    if entries is None:
        return "".join([*lines, _START, *_lines(2, say, official)]).encode()
    at, column = _last_line(entries) + 1, entries.start_mark.column
    return "".join([*lines[:at], *_lines(column, say, official), *lines[at:]]).encode()


def with_entry_changed(path: Path, number: int, say: Sequence[str], official: Sequence[str]) -> bytes:
    """Return the thesaurus with one entry written anew, or without it where ``say`` is empty; nothing is written.

    :param number: of the entry, from 0
    :raises CorpusError: the file cannot be read, has no such entry, or would be left without any
    """
    text, lines = _read(path)
    entries = _entries(path, text)
    if entries is None or not 0 <= number < len(entries.value):
        raise CorpusError(f"词库 {path} 没有第 {number + 1} 条;请刷新后重试")
    if not say and len(entries.value) == 1:
        raise CorpusError(f"词库 {path} 只剩这一条,不能删;请先加别的")
    entry = entries.value[number]
    written = _lines(entries.start_mark.column, say, official) if say else []
    return "".join([*lines[: entry.start_mark.line], *written, *lines[_last_line(entry) + 1 :]]).encode()
