"""A list in a YAML file of ``docs_corpus/``, changed; comments, order and everything else stay as they are."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from index.errors import CorpusError

WIDTH = 4096  # columns: no line is broken that was not


def round_trip(indented: int, width: int = WIDTH) -> YAML:
    """Return what reads and writes YAML with its comments, order and quotation marks.

    :param indented: columns the dashes of a list are set in from its key
    :param width: columns past which a line is broken
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = width
    yaml.indent(mapping=2, sequence=2 + indented, offset=indented)
    return yaml


def _indented(text: str) -> int:
    """How far the file sets the dashes of a list in from its key."""
    # an entry's own key stands two columns to the right of the entry's dash
    found = re.search(r"^( *)(- )?[^\s#-][^\n#]*:[ ]*\n( *)- ", text, re.MULTILINE)
    if not found:
        return 0
    return max(len(found[3]) - len(found[1]) - len(found[2] or ""), 0)


def edited_list(path: Path, header: str, edit: Callable[[Any], None]) -> bytes:
    """Return a file that is one list after an edit of it; nothing is written.

    :param header: comment lines a new file begins with
    :raises CorpusError: the file cannot be read, or is not a list
    """
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        content = round_trip(0).load(text)
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise CorpusError(f"读不了 {path}:{str(error).splitlines()[0]};请先改正它") from None
    new = content is None
    if new:
        content = []
    if not isinstance(content, list):
        raise CorpusError(f"{path} 的最外层应是列表,现在是 {type(content).__name__};请先改正它")
    edit(content)
    written = StringIO()
    round_trip(_indented(text)).dump(content, written)
    before = text or header
    return ((before if before.endswith("\n") else f"{before}\n") * new + written.getvalue()).encode()
