"""What documents and their regions are called, in full and as people say it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from index.places import counties_of
from index.types import Document

_SHORTEST_TITLE = 3  # 劳动法; two characters would stand inside other words
# What a title ends with. A page headed 财政部 or 非接触式办税 is not meant by everyone who says so, unless in 《》.
_TITLE = re.compile(
    r"(?:法|法典|条例|办法|规定|细则|规则|规划|纲要|方案|计划|意见|[通公]告|通知|决定|决议|指[引南]|措施|目录|标准|清单|制度|准则|章程|解释|批复|复函|报告|要点|解读|问答|手册)"
    r"(?:[(\uff08][^()\uff08\uff09]{1,12}[)\uff09])?$"
)
_PEOPLES = "土家|苗|侗|彝|藏|羌|壮|回|傣|白|哈尼|景颇|傈僳|朝鲜|布依|蒙古|哈萨克|柯尔克孜|瑶|黎|仡佬|水|畲|满|维吾尔|东乡|撒拉|保安|土|裕固"
_ADMINISTRATIVE = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族?)+自治[州县区旗]|特别行政区|自治[区州县旗]|新区|地区|[省市区县旗盟])$"
)
_KIND = re.compile(r"(?:自治[区州县旗]|[省市区县旗盟])$")
_COUNTRY = "中华人民共和国"
_BEGINNING = 2  # characters: no name of a region has fewer


def is_named(title: str, text: str) -> bool:
    """Whether a question means the document by a title that stands in it, and does not merely use the words."""
    return bool(_TITLE.search(title)) or f"《{title}》" in text


def short_region(region: str) -> str:
    """A region as people say it: 广州 for 广州市, 恩施 for 恩施土家族苗族自治州; "" where nothing would be left."""
    # the second pattern for 内蒙古自治区, whose name is a people's
    tries = (_ADMINISTRATIVE.sub("", region), _KIND.sub("", region))
    return next((short for short in tries if len(short) > 1), "")


def _regions(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Every name of every region with the region it stands for, longest first.

    A name that is a region's own is no other's: where Shanghai has documents, 上海 is not a district of it.
    Abbreviations of one character (沪, 鄂) stand inside other words and are left out.
    """
    listed = tuple(documents)
    own = {(name, d.region) for d in listed for name in (d.region, short_region(d.region))}
    taken = {name for name, _ in own}
    regions = dict.fromkeys(d.region for d in listed)
    inner = {(name, region) for region in regions for name in counties_of(region)}
    other = {
        pair
        for pair in inner | {(name, d.region) for d in listed for name in d.aliases}
        if pair[0] not in taken
    }
    pairs = {pair for pair in own | other if len(pair[0]) > 1}
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))


def fold(title: str) -> str:
    """A title in the width in which questions are read: brackets are half width there, (试行) as well."""
    return normalize("NFKC", title)


def _short_title(document: Document) -> str:
    """A title as people say it: without the country's or the region's name before it."""
    title = document.title.removeprefix(_COUNTRY)
    for name in sorted((document.region, *document.aliases), key=len, reverse=True):
        title = title.removeprefix(name)
    return title


def _titles(documents: Iterable[Document]) -> list[tuple[str, tuple[str, ...]]]:
    """Every title, in full and short, folded, with the documents it names, longest first.

    Several have one title where one took the place of another; several places have a plan of one short title.
    """
    named: dict[str, list[str]] = {}
    for document in documents:
        forms = (document.title, document.title.removeprefix(_COUNTRY), _short_title(document))
        for title in dict.fromkeys(map(fold, forms)):
            if len(title) >= _SHORTEST_TITLE:
                named.setdefault(title, []).append(document.id)
    ordered = sorted(named, key=lambda title: (-len(title), title))
    return [(title, tuple(named[title])) for title in ordered]


def number_form(number: str) -> re.Pattern[str]:
    """A document number with whatever brackets and gaps people type: 青府办发[2021] 57号."""
    parts = re.split(r"[\W_]+", normalize("NFKC", number))
    return re.compile(r"[\W_]{0,3}".join(map(re.escape, filter(None, parts))))


def _by_beginning(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The places of names by their first two characters."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        found.setdefault(name[:_BEGINNING], []).append(place)
    return {beginning: tuple(places) for beginning, places in found.items()}


@dataclass(frozen=True, slots=True)
class Names:
    """The names, each kind with the longest first."""

    titles: tuple[tuple[str, tuple[str, ...]], ...]  # title → the ids of the documents of that title
    numbers: tuple[tuple[re.Pattern[str], str], ...]  # how a document number is typed → the document's id
    regions: tuple[tuple[str, str], ...]  # name → region
    beginnings: Mapping[str, tuple[int, ...]]  # how a region's name begins → places in ``regions``

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Names":
        """Collect the names of documents, in manifest order."""
        listed = tuple(documents)
        numbers = tuple((number_form(d.number), d.id) for d in listed if d.number)
        regions = tuple(_regions(listed))
        beginnings = _by_beginning(name for name, _ in regions)
        return cls(tuple(_titles(listed)), numbers, regions, beginnings)

    def regions_in(self, text: str) -> list[tuple[str, str]]:
        """The names of regions that stand in a text, each with its region, in the order of ``regions``."""
        begun = {text[at : at + _BEGINNING] for at in range(len(text) - 1)}
        may = sorted(place for beginning in begun for place in self.beginnings.get(beginning, ()))
        return [self.regions[place] for place in may if self.regions[place][0] in text]
