"""The thesaurus between how people speak and how documents are written: ``docs_corpus/lexicon.yaml``.

PyYAML's C parser reads it, not ruamel.yaml: the file is opened on every cold start, and its thousands of
scalars take 10 ms that way against 400 ms in pure Python.
"""

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from index.errors import CorpusError
from index.types import Span

# A phrase of one character stands inside countless other words.
MIN_PHRASE_CHARS = 2

_STR_TAG = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Entry:
    """Everyday phrases that mean one thing, and what documents call that thing, the closest term first."""

    say: tuple[str, ...]
    official: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """An everyday phrase found in a text: the characters as written, where they stand, the official terms."""

    said: str
    span: Span
    official: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries, words for the tokenizer, and guards.

    ``guards`` are ordinary words that hold an everyday phrase by accident (缩短工期 holds 短工): a text is
    read past them. ``digest`` is the SHA-256 of the content; comments and layout do not change it.
    """

    entries: tuple[Entry, ...] = ()
    user_words: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    digest: str = field(init=False)
    _officials: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _by_first: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Derive the digest and the two look-up tables."""
        officials = _merge(self.entries, self.guards)
        object.__setattr__(self, "digest", _digest(self.entries, self.user_words, self.guards))
        object.__setattr__(self, "_officials", officials)
        object.__setattr__(self, "_by_first", _by_first(officials))

    def expand(self, text: str) -> tuple[Expansion, ...]:
        """Find the everyday phrases of ``text``, in order and without overlap.

        At each position the longest phrase wins. Width and case are ignored; an edge never cuts a run of
        ASCII letters or digits (996 is not found in 1996). Spans count characters of ``text`` as given.
        """
        folded = fold(text)
        found: list[Expansion] = []
        at = 0
        while at < len(folded):
            phrase = self._longest(folded, at)
            official = self._officials.get(phrase, ())
            if official:
                span = Span(at, at + len(phrase))
                found.append(Expansion(span.of(text), span, official))
            at += len(phrase) or 1
        return tuple(found)

    def _longest(self, folded: str, at: int) -> str:
        for phrase in self._by_first.get(folded[at], ()):
            if folded.startswith(phrase, at) and not (
                _cuts_run(folded, at) or _cuts_run(folded, at + len(phrase))
            ):
                return phrase
        return ""


def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def fold(text: str) -> str:
    """Return ``text`` in half width and lower case, character for character, so that offsets hold."""
    return "".join(map(_fold_char, text))


def _cuts_run(text: str, edge: int) -> bool:
    return 0 < edge < len(text) and all(c.isascii() and c.isalnum() for c in text[edge - 1 : edge + 1])


def _merge(entries: Iterable[Entry], guards: Iterable[str]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for phrase in map(fold, entry.say):
            merged[phrase] = tuple(dict.fromkeys(merged.get(phrase, ()) + entry.official))
    for guard in map(fold, guards):
        merged.setdefault(guard, ())
    return merged


def _by_first(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in sorted(phrases, key=len, reverse=True):
        groups[phrase[0]].append(phrase)
    return {first: tuple(group) for first, group in groups.items()}


def _digest(entries: Iterable[Entry], words: Iterable[str], guards: Iterable[str]) -> str:
    content = [[(entry.say, entry.official) for entry in entries], list(words), list(guards)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _fault(path: Path, line: int, problem: str, remedy: str) -> CorpusError:
    return CorpusError(f"词库 {path} 第 {line + 1} 行:{problem}。{remedy}")


def _node_fault(path: Path, node: yaml.Node, problem: str, remedy: str) -> CorpusError:
    return _fault(path, node.start_mark.line, problem, remedy)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n")
        value = f"0x{error.object[error.start]:02x}"
        raise _fault(path, line, f"不是 UTF-8 编码,读到字节 {value}", "请另存为 UTF-8") from error
    except OSError as error:
        raise CorpusError(f"词库 {path} 读不出来:{error.strerror}。请检查它是不是文件、有没有读权限") from error


def _compose(path: Path) -> yaml.Node | None:
    # A PyYAML built without libyaml has no C loader; the slow one reads the same.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.compose(_read(path), Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise _fault(path, line, f"不是合法的 YAML:{error.problem}", "请对照上下几行的写法改正") from error
    except yaml.reader.ReaderError as error:
        value = f"U+{ord(error.character):04X}" if isinstance(error.character, str) else str(error.character)
        raise CorpusError(f"词库 {path} 位置 {error.position}:有不允许的字符 {value}。请删掉它") from error


def _mapping(path: Path, node: yaml.Node, keys: Collection[str]) -> dict[str, yaml.Node]:
    allowed = "、".join(keys)
    if not isinstance(node, yaml.MappingNode):
        raise _node_fault(path, node, f"应当是“键: 值”,读到 {node.value!r}", f"可用的键:{allowed}")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value not in keys:
            raise _node_fault(path, key, f"不认识的键 {key.value!r}", f"可用的键:{allowed}")
        if key.value in found:
            raise _node_fault(path, key, f"键 {key.value!r} 写了两次", "请合并成一处")
        found[key.value] = value
    return found


def _items(path: Path, node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _node_fault(path, node, f"应当是不空的列表,读到 {node.value!r}", "请写成 [词, 词] 或每行一个“- 词”")
    return list(node.value)


def _phrases(path: Path, node: yaml.Node) -> tuple[str, ...]:
    for item in _items(path, node):
        if not isinstance(item, yaml.ScalarNode) or item.tag != _STR_TAG:
            raise _node_fault(path, item, f"应当是词,读到 {item.value!r}", "数字和特殊的词请加引号")
        if len(item.value.strip()) < MIN_PHRASE_CHARS:
            raise _node_fault(path, item, f"词太短:{item.value!r}", f"至少 {MIN_PHRASE_CHARS} 个字")
    return tuple(item.value.strip() for item in node.value)


def _entry(path: Path, node: yaml.Node) -> Entry:
    parts = _mapping(path, node, ("say", "official"))
    for key in ("say", "official"):
        if key not in parts:
            raise _node_fault(path, node, f"这一条缺少 {key}", "每条都要有 say 和 official")
    entry = Entry(_phrases(path, parts["say"]), _phrases(path, parts["official"]))
    for phrase in entry.say:
        if phrase in entry.official:
            raise _node_fault(path, node, f"{phrase!r} 同时在 say 和 official 里", "请从其中一边删掉")
    return entry


def load(path: Path) -> Lexicon:
    """Read the thesaurus at ``path``; a missing or empty file is an empty one.

    Raises CorpusError with the line, the value and what to change when the file is not UTF-8, not YAML, or
    not shaped as ``entries`` (each ``say`` and ``official``), ``guards`` and ``words``.
    """
    node = _compose(path) if path.exists() else None
    if node is None:
        return Lexicon()
    parts = _mapping(path, node, ("entries", "guards", "words"))
    entries = _items(path, parts["entries"]) if "entries" in parts else []
    words, guards = (_phrases(path, parts[key]) if key in parts else () for key in ("words", "guards"))
    return Lexicon(tuple(_entry(path, entry) for entry in entries), words, guards)
