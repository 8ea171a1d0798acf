"""Two versions of a document → what differs, clause by clause and value by value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.measures import measure_text
from index.normalize import squeeze
from index.rows import Version
from index.types import Clause, Indicator

# Above this share of common characters a clause that moved is the same clause, changed; below, another one.
ALIKE = 0.6
_COMPARED = 2_000  # characters of a clause compared when looking for where it moved


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause before and after; one side is "" where it was added or taken out."""

    path: str  # where it stands now; where it stood, for one taken out
    before: str
    after: str
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value before and after, as printed; one side is None where the measure came or went."""

    name: str
    before: Indicator | None
    after: Indicator | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions, in the order of the newer one."""

    added: tuple[ClauseChange, ...]
    removed: tuple[ClauseChange, ...]
    changed: tuple[ClauseChange, ...]
    values: tuple[ValueChange, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed or self.values)


def _own(clause: Clause, text: str) -> str:
    return clause.own.of(text).strip()


def _words(version: Version) -> dict[str, str]:
    """Each clause's own words by path, clauses of none left out."""
    words = {clause.path: _own(clause, version.text) for clause in version.clauses}
    return {path: own for path, own in words.items() if squeeze(own)}


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, squeeze(one)[:_COMPARED], squeeze(other)[:_COMPARED], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _pair(gone: Mapping[str, str], come: Mapping[str, str]) -> dict[str, str]:
    """Pair clauses that moved: new path → old path, the most alike first."""
    scored = sorted(
        ((_likeness(before, after), new, old) for new, after in come.items() for old, before in gone.items()),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    pairs: dict[str, str] = {}
    for alike, new, old in scored:
        if alike >= ALIKE and new not in pairs and old not in pairs.values():
            pairs[new] = old
    return pairs


def _key(row: Indicator) -> tuple[str, str, str, str]:
    return (measure_text(row), row.role.value, row.period, row.unit)


def _values(before: Sequence[Indicator], after: Sequence[Indicator]) -> tuple[ValueChange, ...]:
    """Compare values by measure, role, period and unit; what is stated twice counts once."""
    old, new = ({_key(row): row for row in rows} for rows in (before, after))
    changes = [
        ValueChange(row.name, old.get(key), row)
        for key, row in new.items()
        if key not in old or (old[key].value, old[key].comparator) != (row.value, row.comparator)
    ]
    changes += [ValueChange(row.name, row, None) for key, row in old.items() if key not in new]
    return tuple(changes)


def compare_versions(before: Version, after: Version) -> Difference:
    """Compare two versions of a document.

    Clauses are matched by path, those that are not by their words, so that a renumbered clause is one change.
    """
    old, new = _words(before), _words(after)
    gone = {path: words for path, words in old.items() if path not in new}
    come = {path: words for path, words in new.items() if path not in old}
    moved = _pair(gone, come)
    changed = [
        ClauseChange(path, old[path], words)
        for path, words in new.items()
        if path in old and squeeze(old[path]) != squeeze(words)
    ]
    changed += [ClauseChange(path, old[source], new[path], source) for path, source in moved.items()]
    order = {path: at for at, path in enumerate(new)}
    return Difference(
        added=tuple(ClauseChange(path, "", words) for path, words in come.items() if path not in moved),
        removed=tuple(
            ClauseChange(path, words, "") for path, words in gone.items() if path not in moved.values()
        ),
        changed=tuple(sorted(changed, key=lambda change: order[change.path])),
        values=_values(before.indicators, after.indicators),
    )
