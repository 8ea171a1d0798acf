"""Which region lies in which: what a province or the state orders holds in its cities and districts too."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from index.places import NATION, prefecture_of, provinces
from index.types import Document
from retrieval.naming import short_region
from retrieval.regions import Regions
from retrieval.search import Ranking, Rows
from retrieval.types import Question

# A place's own documents answer where they fit about as well as those of the places around or inside it
OWN_SHARE = 0.85
_LONGEST = 12  # characters of a place's name


def _before(region: str, words: str) -> Iterable[str]:
    """Yield what is printed right before a region's name: 广州市 of 广州市天河区教育局."""
    for name in {region, short_region(region)} - {""}:
        at = words.find(name)
        if at > 0:
            yield words[max(0, at - _LONGEST) : at]


def _names(region: str) -> set[str]:
    return {region, short_region(region)} - {""}


def _outer_names(region: str, before: Iterable[str]) -> set[str]:
    """What a region around one may be called: its prefecture, its province, or what its name is printed right behind."""
    known = provinces()
    province = known.get(short_region(region) or region, "") or known.get(region, "")
    prefecture = prefecture_of(region)
    endings = {words[at:] for words in before for at in range(len(words))}
    return (endings | {province, prefecture, short_region(prefecture)}) - {""}


def _by_name(named: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Name → the regions it is listed for."""
    found: dict[str, list[str]] = {}
    for region, names in named.items():
        for name in names:
            found.setdefault(name, []).append(region)
    return {name: tuple(regions) for name, regions in found.items()}


@dataclass(frozen=True, slots=True)
class Enclosing:
    """The regions of the corpus: ``outer`` are the names those around each may have.

    ``called`` leads from a name to the regions that have it, ``within`` to those that may lie in one of that name.
    """

    outer: Mapping[str, frozenset[str]]
    called: Mapping[str, tuple[str, ...]]
    within: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Enclosing":
        """Read from titles, issuers and other names what regions are called by."""
        before: dict[str, set[str]] = {}
        for document in documents:
            known = before.setdefault(document.region, set())
            for words in (document.title, document.issuer or "", *document.aliases):
                known.update(_before(document.region, words))
        outer = {region: frozenset(_outer_names(region, words)) for region, words in before.items()}
        return cls(outer, _by_name({region: _names(region) for region in before}), _by_name(outer))

    def _ordered(self, regions: Iterable[str], but: str) -> tuple[str, ...]:
        """Some regions in manifest order, one left out."""
        wanted = set(regions) - {but}
        return tuple(region for region in self.outer if region in wanted) if wanted else ()

    def around(self, region: str) -> tuple[str, ...]:
        """The regions whose documents hold in a region as well, in manifest order."""
        if region == NATION:
            return ()
        names = (NATION, *self.outer.get(region, _outer_names(region, ())))
        return self._ordered((found for name in names for found in self.called.get(name, ())), region)

    def inside(self, region: str) -> tuple[str, ...]:
        """The regions that lie in one, in manifest order; of the whole country none."""
        if region == NATION:
            return ()
        inner = (found for name in _names(region) for found in self.within.get(name, ()))
        return self._ordered((found for found in inner if found != NATION), region)

    def provinces_of(self, places: Iterable[str]) -> tuple[str, ...]:
        """The regions of the corpus that are the provinces of some places, in manifest order."""
        wanted = {provinces().get(place, "") for place in places} - {""}
        return tuple(region for region in self.outer if short_region(region) in wanted)

    def related(self, question: Question) -> Question:
        """Ask the documents of the places around and inside those that a question names as well."""
        more = [r for region in question.regions for r in (*self.around(region), *self.inside(region))]
        return replace(question, regions=tuple(dict.fromkeys((*question.regions, *more))))

    def answering(
        self, region: str, named: Collection[str], ranking: Ranking, regions: Regions, places: Rows
    ) -> str:
        """Return the region whose documents answer what is asked of one: its own, else the best related to it.

        :param named: the regions asked, each of which speaks for itself alone
        :param ranking: of the documents of all of them
        :param places: (passages,) place of the document of each
        """
        others = [r for r in (*self.around(region), *self.inside(region)) if r not in named]
        if not others:
            return region
        own = regions.codes[places[ranking.rows]]
        best = {
            name: ranking.scores[own == regions.place_of(name)].max(initial=0.0) for name in (region, *others)
        }
        first = max(best, key=best.__getitem__)
        return region if best[region] >= OWN_SHARE * best[first] else first
