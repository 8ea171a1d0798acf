"""A self-contained question → what it asks for: where, when, which clause, what kind of fact, in which words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from index.address import mentions
from index.lexicon import Lexicon
from index.tokens import Tokenizer
from index.types import Document
from retrieval.kinds import attribute_of, kinds_of, roles_of
from retrieval.periods import era_of_period, eras_in, plan_name, without_periods, years_in
from retrieval.types import Question
from retrieval.vocabulary import places, stopwords

# 我们区, 本市 …: the regions whose name ends in that word
_OWN_REGION = re.compile(r"(?:我们|咱们|咱|我|本)(?:这个|这)?(省|市|区|县|镇)(?!场)")
_PEOPLES = "土家|苗|侗|彝|藏|羌|壮|回|傣|白|哈尼|景颇|傈僳|朝鲜|布依|蒙古|哈萨克|柯尔克孜|瑶|黎|仡佬|水|畲|满|维吾尔|东乡|撒拉|保安|土|裕固"
_ADMINISTRATIVE = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族?)+自治[州县区旗]|特别行政区|自治[区州县旗]|新区|地区|[省市区县旗盟])$"
)
_KIND = re.compile(r"(?:自治[区州县旗]|[省市区县旗盟])$")
_COUNTRY = "中华人民共和国"
_SHORTEST_TITLE = 3  # 劳动法; two characters would stand inside other words
_ALL_REGIONS = re.compile(r"两地|两边|两市|两份|两个(?:地方|规划|文件|城市)|各地|两家")
_QUOTED = re.compile(r"[“\"「『](.{2,40}?)[”\"」』]")
# Ways of asking that carry no content; longest first. Cut from what the rankers see.
_ASKING = re.compile(
    "|".join(
        (
            r"(?:请问|想问问|想问一下|想问|问一下|问下|麻烦问|你好|您好|谢谢)",
            r"(?:是怎么|是如何|怎么|怎样|如何|咋样|咋)(?:规定的?|说的?|写的?|讲的?|要求的?)",
            r"(?:有没有|有无|是不是|能不能|可不可以|会不会|要不要|给不给|管不管|是否|能否)",
            r"(?:讲的是什么|讲了什么|讲什么|说的啥|说的什么|说什么|说了啥|写了什么|写了啥|写的啥|是什么|有哪些|是哪些|都有谁|有啥|有什么|是啥)",
            r"(?:多少钱|多少人|多少家|多少个|多少|几个|几家|几成|是几|各是|分别|哪些|哪一条|哪条|哪几|第几条|哪里|哪儿|上哪|在哪)",
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
    r"旧版|旧的?(?:文件|办法|规定|政策|规划)|原来的?(?:文件|办法|规定|政策|规划)|以前的?(?:文件|办法|规定|政策)|废止|被替代|修订前"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What questions are read against: the documents, the tokenizer, the thesaurus, the words the corpus knows."""

    documents: Mapping[str, Document]
    tokenizer: Tokenizer
    lexicon: Lexicon
    in_corpus: Callable[[str], bool]  # does any document contain this string?
    together: Callable[[Sequence[str]], bool]  # does one sentence, with its headings, hold all these words?

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions of the corpus, in manifest order."""
        return tuple(dict.fromkeys(d.region for d in self.documents.values() if d.region))

    @property
    def era(self) -> int:
        """The five-year plan of the newest document; 0 where none has a period."""
        return max((era_of_period(d.period) for d in self.documents.values() if d.period), default=0)


def _short(region: str) -> str:
    """A region as people say it: 广州 for 广州市, 恩施 for 恩施土家族苗族自治州; "" where nothing would be left."""
    # the second pattern for 内蒙古自治区, whose name is a people's
    tries = (_ADMINISTRATIVE.sub("", region), _KIND.sub("", region))
    return next((short for short in tries if len(short) > 1), "")


def _names(context: Context) -> list[tuple[str, str]]:
    """Every name of every region with the region it stands for, longest first.

    Abbreviations of one character (沪, 鄂) stand inside other words and are left out.
    """
    pairs = {
        (name, d.region)
        for d in context.documents.values()
        for name in (d.region, _short(d.region), *d.aliases)
        if len(name) > 1
    }
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))


def _find_regions(text: str, context: Context) -> tuple[tuple[str, ...], str]:
    """Return the regions named, in order of mention, and the text without their names."""
    rest, found = text, []
    for name, region in _names(context):
        at = text.find(name)
        if at >= 0:
            found.append((at, region))
            rest = rest.replace(name, " ")
    regions = list(dict.fromkeys(region for _, region in sorted(found)))
    own = _OWN_REGION.search(rest)
    if own:
        rest = rest.replace(own[0], " ")
        regions += [r for r in context.regions if r.endswith(own[1]) and r not in regions]
    every = _ALL_REGIONS.search(rest)
    if every and len(context.regions) > 1:
        rest = rest.replace(every[0], " ")
        regions = regions if len(regions) > 1 else list(context.regions)
    return tuple(regions), rest


def _short_title(document: Document) -> str:
    """A title as people say it: without the country's or the region's name before it."""
    title = document.title.removeprefix(_COUNTRY)
    for name in sorted((document.region, *document.aliases), key=len, reverse=True):
        title = title.removeprefix(name)
    return title


def _number_form(number: str) -> re.Pattern[str]:
    """A document number with whatever brackets and gaps people type: 青府办发[2021] 57号."""
    parts = re.split(r"[\W_]+", normalize("NFKC", number))
    return re.compile(r"[\W_]{0,3}".join(map(re.escape, filter(None, parts))))


def _find_documents(text: str, context: Context) -> tuple[tuple[str, ...], str]:
    """Return the ids of the documents named by number, else by title, and the text without the titles."""
    found, rest = [], text
    for document in context.documents.values():
        for title in dict.fromkeys(
            (document.title, document.title.removeprefix(_COUNTRY), _short_title(document))
        ):
            if len(title) >= _SHORTEST_TITLE and title in rest:
                found.append(document.id)
                rest = rest.replace(title, " ")
    documents = context.documents.values()
    numbered = [d.id for d in documents if d.number and _number_form(d.number).search(text)]
    titles = {context.documents[name].title for name in found}  # an older text may have the same one
    return tuple(numbered or (d.id for d in documents if d.id in found or d.title in titles)), rest


def _find_elsewhere(text: str, context: Context) -> tuple[str, ...]:
    """Return the places named that no document mentions: 武汉 in a corpus of 襄阳 and 青浦."""
    return tuple(name for name in places() if name in text and not context.in_corpus(name))


def _core(text: str) -> str:
    """Cut the ways of asking; the whole text where nothing would be left."""
    core = re.sub(r"\s+", " ", _ASKING.sub(" ", text)).strip(" ,,、;;::").lstrip("里中的")
    return core if re.search(r"\w", core) else text.strip()


def _content_terms(core: str, tokenizer: Tokenizer) -> tuple[str, ...]:
    """The content words of the core, in order, without repetition."""
    return tuple(dict.fromkeys(w for w in tokenizer.words(core) if w not in stopwords()))


def understand(text: str, context: Context) -> Question:
    """Read a self-contained question.

    :param text: the question as typed, or as ``dialogue.resolve`` completed it
    """
    folded = normalize("NFKC", text)
    addresses = mentions(folded)
    without_address = folded
    for mention in reversed(addresses):
        without_address = without_address[: mention.span.start] + " " + without_address[mention.span.end :]
    documents, untitled = _find_documents(without_address, context)
    regions, rest = _find_regions(untitled, context)
    core = _core(without_periods(rest))
    years, eras = years_in(folded), eras_in(folded, context.era)
    return Question(
        text=text,
        core=core,
        unplaced=rest,
        period=" ".join([*(f"{plan_name(era)}" for era in eras), *(f"{year}年" for year in years)]),
        documents=documents,
        regions=regions,
        elsewhere=_find_elsewhere(rest, context),
        years=years,
        eras=eras,
        roles=roles_of(folded),
        attribute=attribute_of(folded),
        kinds=kinds_of(folded),
        addresses=tuple(mention.text for mention in addresses),
        phrases=tuple(_QUOTED.findall(folded)),
        terms=_content_terms(core, context.tokenizer),
        synonyms=tuple((e.said, e.official) for e in context.lexicon.expand(core)),
        earlier=bool(_EARLIER.search(folded)),
    )
