"""``docs_corpus/indicators.yaml`` with one correction more or less; comments and order stay as they are."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml.error import YAMLError

from index.errors import CorpusError
from index.overrides import OVERRIDES, Override
from index.types import Clause, Indicator, Span
from index.yaml_edit import round_trip

_HEADER = "# 对读出的指标值的更正。格式见 docs/indicators.md。\n"
_INDENTED = 2  # columns the dashes of a list are set in


def _content(corpus_dir: Path) -> Any:
    path = corpus_dir / OVERRIDES
    try:
        content = round_trip(_INDENTED).load(path.read_text(encoding="utf-8-sig")) if path.is_file() else None
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise CorpusError(f"读不了 {path}:{str(error).splitlines()[0]};请先改正它") from None
    if content is None:
        content = round_trip(_INDENTED).load(f"{_HEADER}corrections: []\n")
    if not isinstance(content, dict) or not isinstance(content.get("corrections"), list):
        raise CorpusError(f"{path} 的最外层应只有 corrections: 和它下面的列表;请先改正它")
    if not content["corrections"]:
        content["corrections"] = round_trip(_INDENTED).load("- x")[:0]  # a block list, not one in brackets
    return content


def _written(content: Any) -> bytes:
    text = StringIO()
    round_trip(_INDENTED).dump(content, text)
    return text.getvalue().encode()


def with_override(corpus_dir: Path, entry: Mapping[str, Any]) -> bytes:
    """Return the file with one more entry; nothing is written.

    :param entry: as the file has it
    :raises CorpusError: the file cannot be read
    """
    content = _content(corpus_dir)
    content["corrections"].append(dict(entry))
    return _written(content)


def without_override(corpus_dir: Path, override: Override) -> bytes:
    """Return the file without an entry; nothing is written.

    :raises CorpusError: the file cannot be read, or the entry is not there any more
    """
    content = _content(corpus_dir)
    for at, entry in enumerate(content["corrections"]):
        told = (entry.get("document"), entry.get("clause"), entry.get("words"), str(entry.get("value")))
        own = (override.document, override.clause, override.words, override.value)
        if told == own and entry.get("action") == override.action.value and entry.get("why") == override.why:
            del content["corrections"][at]
            return _written(content)
    raise CorpusError("这条更正已经不在了;请刷新后重试")


def pointing(text: str, clause: Clause, row: Indicator, value: str = "") -> str:
    """Return the words by which an entry points to a value: the fewest around it that its clause has once.

    :param value: another run of the clause that must be among them, as the value is to be
    :raises CorpusError: no words of the clause point to the value alone
    """
    whole, printed = clause.span, row.value_span.of(text)
    start, end = row.value_span.start, row.value_span.end
    if value and value not in printed:
        near = [at for at in range(whole.start, whole.end) if text.startswith(value, at, whole.end)]
        if not near:
            raise CorpusError(f"“{value}”不在这一条的原文里;值只能是原文里的字,请照原文填写")
        at = min(near, key=lambda found: abs(found - start))
        start, end = min(start, at), max(end, at + len(value))
    while text.count(text[start:end], whole.start, whole.end) > 1:
        if Span(start, end) == whole:
            break
        start, end = max(start - 1, whole.start), min(end + 1, whole.end)
    words = text[start:end]
    if any(words.count(run) != 1 for run in (printed, value) if run):
        raise CorpusError(f"“{printed}”在这一条里不止一处,指不准是哪一个;请在 indicators.yaml 里手工更正")
    return words
