"""Two versions of a document → what differs, clause by clause and value by value."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.measures import measure_text
from index.normalize import squeeze
from index.rows import Version
from index.stretches import stretches
from index.types import Indicator

# The share of common pairs of characters (Dice) above which a clause under another number is the same clause,
# changed; a sentence with a third of its words rewritten lies about there. Under its own number less will do.
ALIKE = 0.6
ALIKE_IN_PLACE = 0.3

Pairs = dict[str, str]  # path in the newer version → path in the older


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause before and after, as printed; one side is "" where it was added or taken out."""

    path: str  # where it stands now; where it stood, for one taken out
    before: str
    after: str
    moved_from: str = ""  # where it stood, when that was elsewhere


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value before and after, as printed; one side is None where the measure came or went."""

    name: str
    before: Indicator | None
    after: Indicator | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions, in the order of the newer one; ``moved`` only have another address."""

    added: tuple[ClauseChange, ...]
    removed: tuple[ClauseChange, ...]
    changed: tuple[ClauseChange, ...]
    moved: tuple[ClauseChange, ...]
    values: tuple[ValueChange, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed or self.moved or self.values)


@dataclass(frozen=True, slots=True)
class _Own:
    """A clause's own words as printed, and without marker and gaps, which is what is compared."""

    printed: str
    words: str

    @property
    def bigrams(self) -> Counter[str]:
        return Counter(map("".join, pairwise(self.words)))


def _owns(version: Version) -> dict[str, _Own]:
    """Each clause's own words by path; clauses of no words are left out."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for clause, span in stretches(version.clauses):
        if words := span.of(version.text).strip():
            lines[clause.path].append(words)
    found = {}
    for clause in version.clauses:
        printed = "\n".join(lines[clause.path])
        words = squeeze(printed.removeprefix(clause.marker))
        if words:
            found[clause.path] = _Own(printed, words)
    return found


def _pair_equal(old: Mapping[str, _Own], new: Mapping[str, _Own]) -> Pairs:
    """Pair clauses of the same words: those in their place, then the others in order."""
    pairs = {path: path for path, own in new.items() if path in old and old[path].words == own.words}
    left: defaultdict[str, list[str]] = defaultdict(list)
    for path, own in old.items():
        if path not in pairs:
            left[own.words].append(path)
    for path, own in new.items():
        if path not in pairs and left[own.words]:
            pairs[path] = left[own.words].pop(0)
    return pairs


def _dice(one: Counter[str], other: Counter[str]) -> float:
    """Return 2·|common| / (|one| + |other|) over pairs of characters (Dice 1945)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _pair_alike(
    old: Mapping[str, _Own], new: Mapping[str, _Own], pairs: Pairs, wanted: Callable[[str, str], float]
) -> None:
    """Pair what is left, the most alike first.

    :param wanted: how alike a new and an old path must be
    """
    taken = set(pairs.values())
    olds = {path: own.bigrams for path, own in old.items() if path not in taken}
    news = {path: own.bigrams for path, own in new.items() if path not in pairs}
    scored = [
        (alike, after, before)
        for after, ours in news.items()
        for before, theirs in olds.items()
        if (alike := _dice(ours, theirs)) >= wanted(after, before)
    ]
    scored.sort(key=lambda found: (-found[0], found[1] != found[2], found[1], found[2]))
    for _, after, before in scored:
        if after not in pairs and before not in taken:
            pairs[after] = before
            taken.add(before)


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

    Clauses are matched by their words, then by their place where the words are still alike, then by likeness alone:
    an article put in between is one addition, and those behind it have only moved.
    """
    old, new = _owns(before), _owns(after)
    pairs = _pair_equal(old, new)
    _pair_alike(old, new, pairs, lambda now, then: ALIKE_IN_PLACE if now == then else ALIKE)
    met = [
        (
            ClauseChange(path, old[then].printed, own.printed, "" if then == path else then),
            old[then].words == own.words,
        )
        for path, own in new.items()
        if (then := pairs.get(path)) is not None
    ]
    kept = set(pairs.values())
    return Difference(
        added=tuple(ClauseChange(path, "", own.printed) for path, own in new.items() if path not in pairs),
        removed=tuple(ClauseChange(path, own.printed, "") for path, own in old.items() if path not in kept),
        changed=tuple(change for change, same in met if not same),
        moved=tuple(change for change, same in met if same and change.moved_from),
        values=_values(before.indicators, after.indicators),
    )
