"""A self-contained question → what it asks for: where, when, which clause, what kind of fact, in which words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from unicodedata import normalize

from index.address import mentions
from index.address_forms import fold_forms
from index.lexicon import Lexicon
from index.places import counties_in, places
from index.tokens import Tokenizer
from index.types import Document
from retrieval.kinds import attribute_of, kinds_of, roles_of
from retrieval.literal import looked_up
from retrieval.naming import Names, fold, is_named
from retrieval.periods import era_of_period, eras_in, plan_name, without_periods, years_in
from retrieval.types import FactKind, Question
from retrieval.vocabulary import showing, stopwords

# 我们区, 本市 …: the regions whose name ends in that word
_OWN_REGION = re.compile(r"(?:我们|咱们|咱|我|本)(?:这个|这)?(省|市|区|县|镇)(?!场)")
SIDE_BY_SIDE = 4  # regions that 两地 or 各地 may stand for: an answer for each of more would not be read
# 两边, 两家 are also two employers, or a couple's parents: the regions only where they are held against each other
_ALL_REGIONS = re.compile(
    r"两地(?!分居|奔波|跑)|两市|两份|两个(?:地方|规划|文件|城市)|各地"
    r"|两[边家](?=的?(?:规划|计划|文件|政策|规定|目标|指标|基准|数)|各|分别|都(?:是|有|要|怎|定|提|写)|谁|哪|比|对比|差|一样)"
)
_QUOTED = re.compile(r"[“\"「『](.{2,40}?)[”\"」』]")
# Ways of asking that carry no content; longest first. Cut from what the rankers see.
_ASKING = re.compile(
    "|".join(
        (
            r"(?:请问|想问问|想问一下|想问|问一下|问下|麻烦问|你好|您好|谢谢)",
            r"(?:是怎么|是如何|怎么|怎样|如何|咋样|咋)(?:规定的?|说的?|写的?|讲的?|要求的?)",
            r"(?:有没有|有无|是不是|能不能|可不可以|会不会|要不要|给不给|管不管|是否|能否)",
            r"(?:讲的是什么|讲了什么|讲什么|说的啥|说的什么|说什么|说了啥|写了什么|写了啥|写的啥|是什么|有哪些|是哪些|都有谁|有啥|有什么|是啥)",
            r"(?:多少钱|几多钱|几多|多少人|多少家|多少个|多少|几个|几家|几成|是几|各是|分别|哪些|哪一条|哪条|哪几|第几条|[在上]?哪[里儿]|上哪|在哪)",
            r"(?:这份|那份|这个|那个|这块|这边|那边)?(?:规划|文件|政策)(?:里面|里|中|上)?",
            r"(?:那句|那条|那段|那部分)?的?(?:原话|原文|原句)(?:是|怎么写)?",
            r"(?:提到了|提到|写在|写的|规定)",
            r"(?:怎么|咋样|咋|什么|啥)",
            r"(?:吗|呢|吧|呀|啊|嘛|呗|么)(?=[\s,,。!!??]|$)",
            r"[??!!。]",
        )
    )
)


_EARLIER = re.compile(
    r"旧版|老(?:文件|办法|规定|政策|规划)|旧的?\w{0,6}?(?:文件|办法|规定|政策|规划)|原来的?(?:文件|办法|规定|政策|规划)|以前的?(?:文件|办法|规定|政策)|废止|被替代|修订前"
)


@dataclass(frozen=True)
class Context:
    """What questions are read against: the documents, the tokenizer, the thesaurus, the words the corpus knows."""

    documents: Mapping[str, Document]
    tokenizer: Tokenizer
    lexicon: Lexicon
    in_corpus: Callable[[str], bool]  # does any document contain this string?
    together: Callable[[Sequence[str]], bool]  # does one sentence, with its headings, hold all these words?

    @cached_property
    def names(self) -> Names:
        """What the documents and their regions are called."""
        return Names.of(self.documents.values())

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions of the corpus, in manifest order."""
        return tuple(dict.fromkeys(d.region for d in self.documents.values() if d.region))

    @cached_property
    def era(self) -> int:
        """The five-year plan of the newest document; 0 where none has a period."""
        return max((era_of_period(d.period) for d in self.documents.values() if d.period), default=0)


def _find_regions(text: str, context: Context) -> tuple[tuple[str, ...], str]:
    """Return the regions named, in order of mention, and the text without their names."""
    rest, found = text, []
    for name, region in context.names.regions_in(text):
        found.append((text.find(name), region))
        rest = rest.replace(name, " ")
    regions = list(dict.fromkeys(region for _, region in sorted(found)))
    own = _OWN_REGION.search(rest)
    if own:
        rest = rest.replace(own[0], " ")
        regions += [r for r in context.regions if r.endswith(own[1]) and r not in regions]
    every = _ALL_REGIONS.search(rest)
    if every and 1 < len(context.regions) <= SIDE_BY_SIDE:
        rest = rest.replace(every[0], " ")
        regions = regions if len(regions) > 1 else list(context.regions)
    return tuple(regions), rest


def _find_documents(text: str, context: Context) -> tuple[tuple[tuple[str, ...], ...], str]:
    """Return the documents named, by number or else by title, and the text without the titles.

    :return: for each name the ids it may stand for: several places have an ordinance of one short title
    """
    found: list[tuple[str, ...]] = []
    rest = text
    for title, documents in context.names.titles:
        if title in rest and is_named(title, text):
            found.append(documents)
            rest = rest.replace(title, " ")
    numbered = [(document,) for form, document in context.names.numbers if form.search(text)]
    return tuple(numbered or found), rest


def _meant(
    named: Sequence[Sequence[str]], regions: Sequence[str], text: str, context: Context
) -> tuple[str, ...]:
    """The documents that names stand for: those of the places named, else the one of just that title, in their order."""
    meant: set[str] = set()
    for documents in named:
        titles = {document: context.documents[document] for document in documents}
        own = [document for document, of in titles.items() if of.region in regions]
        full = [document for document, of in titles.items() if fold(of.title) in text]
        meant.update(own or full or documents)
    return tuple(document for document in context.documents if document in meant)


def _places_of(documents: Sequence[str], regions: Sequence[str], context: Context) -> tuple[str, ...]:
    """The regions asked: of documents of several places each its own, for a place without any of them is not asked."""
    own = tuple(dict.fromkeys(context.documents[document].region for document in documents))
    return own if len(own) > 1 else tuple(r for r in regions if r in own) or tuple(regions)


def _find_elsewhere(text: str, context: Context) -> tuple[str, ...]:
    """Return the places named that no document mentions: 武汉 in a corpus of 襄阳 and 青浦."""

    def begins() -> set[int]:
        return set(accumulate(map(len, context.tokenizer.segments(text)), initial=0))

    named = (*(name for name in places() if name in text), *counties_in(text, begins))
    return tuple(dict.fromkeys(name for name in named if not context.in_corpus(name)))


def _without_asking(text: str) -> str:
    """Cut the ways of asking; "" where nothing is left."""
    core = re.sub(r"\s+", " ", _ASKING.sub(" ", text)).strip(" ,,、;;::").lstrip("里中的")
    return core if re.search(r"\w", core) else ""


def _content_terms(said: str, tokenizer: Tokenizer) -> tuple[str, ...]:
    """The content words of what is said, in order, without repetition; none where it only asks to be shown something."""
    terms = tuple(dict.fromkeys(w for w in tokenizer.words(said) if w not in stopwords()))
    return () if showing().issuperset(terms) else terms


def _phrases(
    folded: str, rest: str, kinds: frozenset[FactKind], placed: bool, context: Context
) -> tuple[str, ...]:
    """What is meant literally: the words in quotation marks, else those whose place is asked for.

    Of one place or document among others the words may stand elsewhere only: there they are searched for as any others.
    """
    quoted = tuple(_QUOTED.findall(folded))
    if quoted or placed or FactKind.CLAUSE not in kinds:
        return quoted
    return looked_up(rest, context.in_corpus)


def understand(text: str, context: Context) -> Question:
    """Read a self-contained question.

    :param text: the question as typed, or as ``dialogue.resolve`` completed it
    """
    folded = normalize("NFKC", text)
    as_addressed = fold_forms(text)
    addresses = mentions(as_addressed)
    without_address = as_addressed
    for mention in reversed(addresses):
        without_address = without_address[: mention.span.start] + " " + without_address[mention.span.end :]
    without_address = normalize("NFKC", without_address)
    named, untitled = _find_documents(without_address, context)
    regions, rest = _find_regions(untitled, context)
    documents = _meant(named, regions, without_address, context)
    asked = without_periods(rest)
    said = _without_asking(asked)
    core = said or asked.strip()  # something must be left to search for
    years, eras = years_in(folded), eras_in(folded, context.era)
    kinds = kinds_of(folded)
    return Question(
        text=text,
        core=core,
        unplaced=rest,
        period=" ".join([*(f"{plan_name(era)}" for era in eras), *(f"{year}年" for year in years)]),
        documents=documents,
        regions=_places_of(documents, regions, context),
        elsewhere=_find_elsewhere(rest, context),
        years=years,
        eras=eras,
        roles=roles_of(folded),
        attribute=attribute_of(folded),
        kinds=kinds,
        addresses=tuple(mention.text for mention in addresses),
        phrases=_phrases(folded, rest, kinds, bool(regions or documents), context),
        terms=_content_terms(said, context.tokenizer),
        synonyms=tuple((e.said, e.official) for e in context.lexicon.expand(core)),
        earlier=bool(_EARLIER.search(folded)),
    )
