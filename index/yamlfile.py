"""A YAML file, parsed once, that knows on which line each of its keys stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from reprlib import Repr

import yaml

from index.errors import CorpusError

_MOST_NODES = 2_000_000  # a manifest of 50,000 documents stays below; walking them takes a second
# What PyYAML raises beside its own errors. ValueError: a date such as 2021-13-45; LookupError, TypeError: a tag its value
# does not fit, such as !!int ""; RecursionError: an anchor inside itself
UNREADABLE = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_SHOWN = Repr()
_SHOWN.maxstring = _SHOWN.maxother = 200  # what a person can still read; a value may be a file long


@dataclass(frozen=True, slots=True)
class YamlFile:
    """``content`` is what the file says; ``root`` are its nodes, None where it says nothing."""

    path: Path
    root: yaml.Node | None
    content: object

    def line_of(self, keys: Sequence[str | int]) -> int:
        """Find the line (from 1) on which a key path stands, or the nearest one above it that does."""
        line, node = 1, self.root
        for key in keys:
            if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
                node = node.value[key]
                line = node.start_mark.line + 1
                continue
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            found = next(((name, value) for name, value in pairs if name.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        return line


def first_line(error: Exception) -> str:
    """Return the first line of what an error says; its kind where it says nothing."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def shown(value: object) -> str:
    """Return a value as a message shows it: as Python writes it, the middle left out where it is long."""
    return _SHOWN.repr(value)


def _check(path: Path, node: yaml.Node, left: Iterator[int]) -> None:
    """Refuse a key given twice, of which PyYAML would silently take the second, and what aliases blow up.

    :param left: gives out once for every node that may still come
    """
    if next(left, None) is None:
        raise CorpusError(f"{path} 展开引用(*)之后超过 {_MOST_NODES} 项;请去掉层层嵌套的引用")
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check(path, item, left)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise CorpusError(f"{path} 第 {line} 行:键应是一个词,不能是列表或一组键;请改正后重试")
            if key.value in seen:
                raise CorpusError(f"{path} 第 {line} 行:键 {key.value} 在同一条里出现了两次;请删去一个")
            seen.add(key.value)
            _check(path, value, left)


def _parse(path: Path, text: str) -> YamlFile:
    """Parse once: the nodes hold the line numbers, the content is made from them."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)  # the C parser where PyYAML has it
    try:
        root: yaml.Node | None = loader.get_single_node()
        if root is None:
            return YamlFile(path, None, None)
        _check(path, root, iter(range(_MOST_NODES)))
        return YamlFile(path, root, loader.construct_document(root))
    finally:
        loader.dispose()


def read_yaml(path: Path) -> YamlFile:
    """Read a YAML file of ``docs_corpus/``.

    :raises CorpusError: it cannot be read, is not YAML, or gives a key twice
    """
    try:
        return _parse(path, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不了 {path}:{error};请存为 UTF-8 文本") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CorpusError(f"{path} 第 {line} 行不是合法的 YAML:{error.problem};请改正后重试") from None
    except UNREADABLE as error:
        raise CorpusError(f"{path} 不是合法的 YAML:{first_line(error)};请改正后重试") from None
