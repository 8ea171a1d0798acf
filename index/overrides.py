"""``docs_corpus/indicators.yaml``: what an admin corrects, hides or adds among the values read from a document.

Each entry points to words of the stored text, so it holds over every new reading of the same words, and is refused,
never dropped in silence, once they are gone. The text itself is never edited, a value is always a slice of it.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from index.errors import CorpusError
from index.types import Role
from index.yamlfile import YamlFile, read_yaml

OVERRIDES = "indicators.yaml"


class Action(StrEnum):
    """What is done to a value."""

    CORRECT = "correct"
    HIDE = "hide"
    ADD = "add"


_ACTION_NAMES = {Action.CORRECT: "更正", Action.HIDE: "隐藏", Action.ADD: "补充"}
_Text = Annotated[str, Field(min_length=1)]
_Digits = Annotated[
    str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)
]


class Change(BaseModel):
    """The fields an entry sets; what is left out stays as it was read. ``value`` must stand in the entry's words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _Text | None = None
    role: Role | None = None
    value: Annotated[_Digits, Field(min_length=1)] | None = None
    unit: str | None = None
    comparator: Literal["=", ">=", "<=", ">", "<", "~"] | None = None
    period: _Digits | None = None
    attribute: str | None = None
    category: str | None = None


class _Entry(BaseModel):
    """One entry as the file writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    document: _Text
    clause: str
    words: _Text
    value: Annotated[_Digits, Field(min_length=1)]
    name: str = ""
    action: Action
    change: Change = Field(default_factory=Change, alias="set")
    by: _Text
    why: _Text
    when: date


@dataclass(frozen=True, slots=True)
class Override:
    """An entry of the file.

    ``words`` are a run of the clause's text in which ``value`` stands; ``name`` picks one of several rows read from
    that value, "" where there is one; ``place`` is the file and line it is written at.
    """

    document: str
    clause: str
    words: str
    value: str
    name: str
    action: Action
    change: Change
    by: str
    why: str
    when: date
    place: str

    @property
    def note(self) -> str:
        """What a corrected row says of itself: what was done, by whom, when and why."""
        return f"{_ACTION_NAMES[self.action]}:{self.why}({self.by},{self.when.isoformat()})"


_PROBLEMS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识的键",
    "string_type": "应是文字,数字要加引号",
    "string_too_short": "不能为空",
    "model_type": "应是一组“键: 值”",
    "date_from_datetime_parsing": "应写成 2026-01-05 这样的日期",
    "date_type": "应写成 2026-01-05 这样的日期",
    "date_parsing": "应写成 2026-01-05 这样的日期",
}
_CHOICES = {"enum", "literal_error"}


def _explain(file: YamlFile, at: int, error: ValidationError) -> CorpusError:
    problem = error.errors()[0]
    keys = ("corrections", at, *problem["loc"])
    where = ".".join(map(str, problem["loc"])) or "这一条"
    reason = _PROBLEMS.get(problem["type"], problem["msg"])
    if problem["type"] in _CHOICES:
        reason = f"可用的值:{problem.get('ctx', {}).get('expected', '').replace(' or ', '、')}"
    return CorpusError(f"{file.path} 第 {file.line_of(keys)} 行:{where}:{reason};请改正后重试")


def _check(override: Override) -> None:
    """Refuse an entry that says nothing, or too little to make a row."""
    change = override.change
    if override.action is Action.CORRECT and not change.model_fields_set:
        raise CorpusError(f"{override.place}:更正了什么?请在 set 下写要改的项,如 unit: 人")
    if override.action is Action.HIDE and change.model_fields_set:
        raise CorpusError(f"{override.place}:隐藏一个值不改它的项;请删去 set,或把 action 改成 correct")
    if override.action is Action.ADD and not (change.name and change.role):
        raise CorpusError(f"{override.place}:补充一个值至少要在 set 下写 name 和 role")


def load(corpus_dir: Path, document: str) -> tuple[Override, ...]:
    """Read the entries for a document; a folder without the file has none.

    :raises CorpusError: the file is not YAML or not shaped as documented, with line and what to do
    """
    path = corpus_dir / OVERRIDES
    if not path.is_file():
        return ()
    file = read_yaml(path)
    content = {} if file.content is None else file.content
    listed = content.get("corrections", []) if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(listed, list) or content.keys() - {"corrections"}:
        raise CorpusError(f"{path} 的最外层应只有 corrections: 和它下面的列表;格式见 docs/indicators.md")
    found = []
    for at, raw in enumerate(listed):
        try:
            entry = _Entry.model_validate(raw)
        except ValidationError as error:
            raise _explain(file, at, error) from None
        fields = {name: getattr(entry, name) for name in _Entry.model_fields}
        override = Override(**fields, place=f"{path} 第 {file.line_of(('corrections', at))} 行")
        _check(override)
        found.append(override)
    return tuple(override for override in found if override.document == document)


def digest_of(corpus_dir: Path, document: str) -> str:
    """Return the SHA-256 of the entries for a document, ``""`` where it has none.

    :raises CorpusError: as :func:`load`
    """
    found = load(corpus_dir, document)
    said = [repr(replace(override, place="")) for override in found]
    return sha256("\n".join(said).encode()).hexdigest() if said else ""
