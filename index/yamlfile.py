"""A YAML file, parsed once, that knows on which line each of its keys stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from index.errors import CorpusError


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


def _refuse_repeats(path: Path, node: yaml.Node) -> None:
    """Refuse a key given twice: PyYAML would silently take the second."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeats(path, item)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise CorpusError(
                    f"{path} 第 {key.start_mark.line + 1} 行:键 {key.value} 在同一条里出现了两次;请删去一个"
                )
            seen.add(key.value)
            _refuse_repeats(path, value)


def _parse(path: Path, text: str) -> YamlFile:
    """Parse once: the nodes hold the line numbers, the content is made from them."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)  # the C parser where PyYAML has it
    try:
        root: yaml.Node | None = loader.get_single_node()
        if root is None:
            return YamlFile(path, None, None)
        _refuse_repeats(path, root)
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
    # ValueError: a date such as 2021-13-45; RecursionError: an anchor inside itself
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CorpusError(f"{path} 不是合法的 YAML:{str(error).splitlines()[0]};请改正后重试") from None
