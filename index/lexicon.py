"""The thesaurus between how people speak and how documents are written: ``docs_corpus/lexicon.yaml``.

PyYAML's C parser reads it: the file is opened on every cold start.
"""

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from index.errors import CorpusError
from index.types import Span

# A phrase of one character stands inside countless other words.
MIN_PHRASE_CHARS = 2

_FILE_KEYS = ("entries", "guards", "words")
_ENTRY_KEYS = ("say", "official")


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


def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def fold(text: str) -> str:
    """Return ``text`` in half width and lower case, character for character, so that offsets hold."""
    if unicodedata.is_normalized("NFKC", text) and text.lower() == text:
        return text
    return "".join(map(_fold_char, text))


def bare(text: str) -> str:
    """Return the letters, digits and characters of ``text`` in half width and lower case: what two wordings share."""
    return "".join(filter(str.isalnum, fold(text)))


def _cuts_run(text: str, edge: int) -> bool:
    return 0 < edge < len(text) and all(c.isascii() and c.isalnum() for c in text[edge - 1 : edge + 1])


def _officials(entries: Iterable[Entry], guards: Iterable[str]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for phrase in map(fold, entry.say):
            merged[phrase] = tuple(dict.fromkeys(merged.get(phrase, ()) + entry.official))
    for guard in map(fold, guards):
        merged.setdefault(guard, ())
    return merged


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        groups[phrase[:MIN_PHRASE_CHARS]].add(len(phrase))
    return {start: tuple(sorted(group, reverse=True)) for start, group in groups.items()}


def _digest(entries: Iterable[Entry], words: Iterable[str], guards: Iterable[str]) -> str:
    content = [[(entry.say, entry.official) for entry in entries], list(words), list(guards)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries, words for the tokenizer, and guards.

    ``guards`` are ordinary words that hold an everyday phrase by accident (缩短工期 holds 短工). A text is
    read past them, and likewise past every official term and user word: it needs no expansion there.
    ``digest`` is the SHA-256 of the content; comments and layout do not change it.
    """

    entries: tuple[Entry, ...] = ()
    user_words: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    digest: str = field(init=False)
    _officials: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _lengths: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Derive the digest and the two look-up tables."""
        terms = {term for entry in self.entries for term in entry.official}
        officials = _officials(self.entries, terms.union(self.user_words, self.guards))
        object.__setattr__(self, "digest", _digest(self.entries, self.user_words, self.guards))
        object.__setattr__(self, "_officials", officials)
        object.__setattr__(self, "_lengths", _lengths(officials))

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
        for length in self._lengths.get(folded[at : at + MIN_PHRASE_CHARS], ()):
            phrase = folded[at : at + length]
            if phrase in self._officials and not (_cuts_run(folded, at) or _cuts_run(folded, at + length)):
                return phrase
        return ""


def _fault(path: Path, line: int, problem: str, remedy: str) -> CorpusError:
    return CorpusError(f"词库 {path} 第 {line + 1} 行:{problem}。{remedy}")


def _node_fault(path: Path, node: yaml.Node, problem: str, remedy: str) -> CorpusError:
    value = repr(node.value) if isinstance(node, yaml.ScalarNode) else "列表或键值"
    return _fault(path, node.start_mark.line, f"{problem},读到 {value}", remedy)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n")
        problem = f"不是 UTF-8 编码,读到字节 0x{error.object[error.start]:02x}"
        raise _fault(path, line, problem, "请另存为 UTF-8") from error
    except OSError as error:
        remedy = "请检查它是不是文件、有没有读权限"
        raise CorpusError(f"词库 {path} 读不出来:{error.strerror}。{remedy}") from error


def _compose(path: Path) -> yaml.Node | None:
    text = _read(path)
    # The base loader leaves 996 and 007 the words they are. A PyYAML without libyaml has only the slow one.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        value = next(iter(text.splitlines()[line:]), "文件末尾")
        problem = f"不是合法的 YAML({error.problem}),读到 {value!r}"
        raise _fault(path, line, problem, "请对照别处的写法改正括号、冒号和缩进") from error
    except yaml.reader.ReaderError as error:
        char = chr(error.character) if isinstance(error.character, int) else error.character
        problem = f"有不允许的控制字符 U+{ord(char):04X}"
        raise _fault(path, text.partition(char)[0].count("\n"), problem, "请删掉它") from error


def _mapping(path: Path, node: yaml.Node, keys: tuple[str, ...]) -> dict[str, yaml.Node]:
    remedy = f"可用的键:{'、'.join(keys)},各写一次"
    if not isinstance(node, yaml.MappingNode):
        raise _node_fault(path, node, "应当是“键: 值”", remedy)
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value not in keys:
            raise _node_fault(path, key, "不认识的键", remedy)
        if key.value in found:
            raise _node_fault(path, key, "键写了两次", remedy)
        found[key.value] = value
    return found


def _items(path: Path, node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _node_fault(path, node, "应当是不空的列表", "请写成 [词, 词] 或每行一个“- ”")
    return list(node.value)


def _phrases(path: Path, node: yaml.Node) -> tuple[str, ...]:
    for item in _items(path, node):
        if not isinstance(item, yaml.ScalarNode):
            raise _node_fault(path, item, "应当是词", "一个词占一项,不要再套方括号")
        if len(item.value.strip()) < MIN_PHRASE_CHARS:
            raise _node_fault(path, item, "词太短", f"至少 {MIN_PHRASE_CHARS} 个字,请写完整或删掉")
    return tuple(item.value.strip() for item in node.value)


def _entry(path: Path, node: yaml.Node) -> Entry:
    parts = _mapping(path, node, _ENTRY_KEYS)
    for key in _ENTRY_KEYS:
        if key not in parts:
            raise _node_fault(path, node, f"这一条缺少 {key}", "每条都要有 say 和 official")
    entry = Entry(_phrases(path, parts["say"]), _phrases(path, parts["official"]))
    for item in parts["say"].value:
        if item.value.strip() in entry.official:
            raise _node_fault(path, item, "同一个词既在 say 又在 official 里", "请从其中一边删掉")
    return entry


def load(path: Path) -> Lexicon:
    """Read the thesaurus at ``path``; a missing or empty file is an empty one.

    Raises CorpusError with the line, the value and what to change when the file is not UTF-8, not YAML, or
    not shaped as ``entries`` (each ``say`` and ``official``), ``guards`` and ``words``.
    """
    node = _compose(path) if path.exists() else None
    if node is None:
        return Lexicon()
    parts = _mapping(path, node, _FILE_KEYS)
    entries = _items(path, parts["entries"]) if "entries" in parts else []
    words, guards = (_phrases(path, parts[key]) if key in parts else () for key in ("words", "guards"))
    return Lexicon(tuple(_entry(path, entry) for entry in entries), words, guards)
