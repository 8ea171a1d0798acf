"""What the file declares of itself, by the names that pages and front matter use, and the block of facts at its head."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from index.proposals.types import Proposed
from index.proposals.words import DATE, read_date, within
from index.readers.types import StoredText
from index.types import Span

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("ArticleTitle", "标题", "文件名称", "文件标题", "公文名称", "名称", "title"),
    "number": ("发文字号", "发文文号", "公文文号", "文号", "文件编号", "docnumber"),
    "issuer": (
        *("发文机关", "制发机关", "制定机关", "成文机关", "发布机关", "发文机构", "发布机构", "发文单位"),
        *("发布单位", "issuer"),
    ),
    "dated": ("成文日期", "成文时间", "发文日期", "印发日期", "生成日期"),
    "published": (
        *("发布日期", "发布时间", "公开日期", "公布日期"),
        *("PubDate", "publishdate", "published", "date"),
    ),
    "effective": ("生效日期", "实施日期", "施行日期"),
    "valid_until": ("失效日期", "废止日期", "有效期至"),
}
# Labels of the same blocks that say nothing a document is described by.
_OTHERS = (
    *(
        "索引号",
        "主题分类",
        "信息分类",
        "分类",
        "体裁分类",
        "体裁",
        "主题词",
        "关键词",
        "有效性",
        "时效性",
        "效力状态",
    ),
    *(
        "公开形式",
        "公开方式",
        "公开属性",
        "公开范围",
        "公文种类",
        "组配分类",
        "信息来源",
        "来源",
        "统一编号",
        "是否有效",
    ),
)
_PRINTED = [label for labels in (*_NAMES.values(), _OTHERS) for label in labels if not label.isascii()]
_LABELS = "|".join(r"\s*".join(label) for label in sorted(_PRINTED, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?:^|(?<=[\s|\[【]))[\[【]?(?P<label>{_LABELS})[\]】]?(?=\s|[:\uff1a|]|$)[^\S\n]*[:\uff1a|]?"
)
# A block is one that has a label which no sentence or table has.
_CERTAIN = frozenset({"索引号", *_NAMES["number"], *_NAMES["issuer"], *_NAMES["dated"], *_NAMES["published"]})
_BLANKS = " \t\u3000\xa0|"


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact; ``span`` is where the text prints its value, None where it is declared outside the text."""

    label: str
    value: str
    span: Span | None

    @property
    def source(self) -> str:
        """What names it in the file."""
        return f"{self.label}: {self.value}"


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = start + len(words) - len(words.lstrip(_BLANKS))
    return Span(left, max(left, start + len(words.rstrip(_BLANKS))))


def _of_line(text: str, line: Span) -> list[Fact]:
    """The labelled facts of a line; a label at its end has no value there."""
    found = list(_LABEL.finditer(line.of(text)))
    if not found or line.of(text)[: found[0].start()].strip(_BLANKS):
        return []
    ends = [*(line.start + match.start("label") for match in found[1:]), line.end]
    facts = []
    for match, end in zip(found, ends, strict=True):
        value = _trimmed(text, line.start + match.end(), end)
        facts.append(Fact("".join(match["label"].split()), value.of(text), value))
    return facts


def block_of(text: str, lines: Sequence[Span]) -> list[Fact]:
    """Read the block of labelled facts that government sites print above a document: 索引号, 发布机构, 文号, 成文日期.

    A label alone on its line has its value in the next one. Fewer than two labels are no block.

    :param lines: the lines at the head of the text
    """
    facts: list[Fact] = []
    for line, following in pairwise([*lines, Span(len(text), len(text))]):
        for fact in _of_line(text, line):
            if not fact.value and not _LABEL.match(following.of(text)):
                facts.append(Fact(fact.label, following.of(text), following))
            else:
                facts.append(fact)
    labels = {fact.label for fact in facts}
    return [fact for fact in facts if fact.value] if len(labels) > 1 and labels & _CERTAIN else []


def is_of_block(text: str, line: Span) -> bool:
    """Whether a line opens with the label of such a fact."""
    return bool(_LABEL.match(line.of(text)))


def declared(stored: StoredText, name: str, block: Sequence[Fact] = ()) -> Iterator[Fact]:
    """Yield what the file declares under the names of a fact, best first, then what the block at its head prints."""
    given = {key.lower(): (key, value) for key, value in stored.declared}
    yield from (Fact(*given[key.lower()], None) for key in _NAMES[name] if key.lower() in given)
    yield from (fact for key in _NAMES[name] for fact in block if fact.label == key)


def declared_day(stored: StoredText, name: str, block: Sequence[Fact] = ()) -> Proposed[date] | None:
    """Read the first day that the file declares under the names of a fact."""
    for fact in declared(stored, name, block):
        printed = re.search(rf"(?P<date>{DATE})", fact.value)
        if printed and (found := read_date(printed["date"])):
            return Proposed(found, within(fact.span, printed, "date") if fact.span else None, fact.source)
    return None
