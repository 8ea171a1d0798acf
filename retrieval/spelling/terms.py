"""What the live corpus and the thesaurus say: the words a slip can be corrected to, and how likely each is."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import log

from index.generation import Generation
from index.lexicon import Lexicon, fold
from index.tokens import Tokenizer
from retrieval.mentions import stands
from retrieval.vocabulary import stopwords

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
LONG = 5  # characters from which a term shows through a missing one: 工伤险 is no slip
LONGEST = 12  # characters of a term; what is longer is typed in parts

_RUN = re.compile(rf"[{HAN}]{{2,{LONGEST}}}")
_QUOTED = re.compile(rf"[“\"]([{HAN}]{{3,{LONGEST}}})[”\"]")

# Share of all that is asked about that a term makes up, where no count tells: one of some thousand of the thesaurus,
# of the headings and the names of values; one of a few regions.
_LISTED_SHARE = 5e-5
_REGION_SHARE = 1e-4
_UNSEEN = 0.5  # a word in half a text: keeps the logarithm of nothing finite
_SEVERAL = 2  # passages
_SHORT_PHRASE = 3  # characters
_CORPUS_SHARE = 0.5  # how far a question is made of the documents' words, and how far of everyone's


def _gathered(pairs: Iterable[str]) -> dict[str, str]:
    """The second characters of pairs by the first."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        found.setdefault(pair[0], []).append(pair[1])
    return {first: "".join(seconds) for first, seconds in found.items()}


class Terms:
    """The vocabulary of one generation; everything but the word index is read when first asked for."""

    def __init__(self, store: Generation, tokenizer: Tokenizer, lexicon: Lexicon) -> None:
        self._store, self._tokenizer, self._lexicon = store, tokenizer, lexicon

    @cached_property
    def regions(self) -> frozenset[str]:
        """The names of the regions, in full, short and former, and of their parts."""
        return frozenset(
            name
            for document in self._store.documents.values()
            for name in (document.region, *document.aliases)
            if len(name) > 1
        )

    @cached_property
    def _spoken(self) -> frozenset[str]:
        return frozenset(fold(phrase) for entry in self._lexicon.entries for phrase in entry.say)

    def _named(self) -> Iterator[str]:
        store = self._store
        yield from (document.title for document in store.documents.values())
        yield from store.names
        yield from self._spoken
        for entry in self._lexicon.entries:
            yield from entry.official
        yield from self._lexicon.user_words

    @cached_property
    def listed(self) -> frozenset[str]:
        """Terms of the thesaurus, names of values, headings, and what stands in quotation marks."""
        quoted = (term for text in self._store.texts.values() for term in _QUOTED.findall(text))
        runs = (run[0] for name in self._named() if (run := _RUN.fullmatch(fold(name))))
        return frozenset((*runs, *quoted)) | self.regions

    @cached_property
    def _known(self) -> frozenset[str]:
        words = (word for word in self._store.words.vocabulary.tokens if len(word) > 1)
        return frozenset((*words, *self.listed))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        own = (term[at : at + 2] for term in self.listed for at in range(len(term) - 1))
        return frozenset((*self._store.bigrams.vocabulary.tokens, *own))

    def is_pair(self, pair: str) -> bool:
        """Whether two characters stand side by side in the corpus or in a listed term."""
        return pair in self._pairs

    @cached_property
    def _followers(self) -> dict[str, str]:
        return _gathered(pair for pair in self._pairs if len(pair) == 2)

    @cached_property
    def _leaders(self) -> dict[str, str]:
        return _gathered(pair[::-1] for pair in self._pairs if len(pair) == 2)

    @cached_property
    def _middles(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for term in self._known - self._spoken:
            for before, char, behind in (
                zip(term, term[1:], term[2:], strict=False) if len(term) >= LONG else ()
            ):
                found.setdefault(before + behind, set()).add(char)
        return {ends: frozenset(chars) for ends, chars in found.items()}

    def between(self, ends: str) -> frozenset[str]:
        """The characters that stand between two in a term of ``LONG`` characters or more; no everyday phrase counts."""
        return self._middles.get(ends, frozenset())

    def followers(self, char: str) -> str:
        """List the characters that stand behind ``char`` in the corpus or in a listed term."""
        return self._followers.get(char, "")

    def leaders(self, char: str) -> str:
        """List the characters that stand before ``char`` in the corpus or in a listed term."""
        return self._leaders.get(char, "")

    @property
    def common(self) -> frozenset[str]:
        """The listed terms, and the words that several passages hold."""
        words = self._store.words.vocabulary
        return self.listed | {w for w in self._known if words.rows_with(w) >= _SEVERAL}

    def passages_with(self, term: str) -> int:
        """How many passages hold ``term`` as a word."""
        return self._store.words.vocabulary.rows_with(term)

    def holds(self, term: str) -> bool:
        """Whether ``term`` is a word of the corpus that dictionaries know, or a listed term.

        An everyday phrase counts only when it is made of words with content: 没拿到钱 is said in many other ways.
        """
        if term not in self._known:
            return False
        if term in self._spoken:
            return self._is_compound(term)
        return term in self.listed or self._tokenizer.frequency(term) > 0

    def _is_compound(self, phrase: str) -> bool:
        words = self._tokenizer.segments(phrase)
        single = any(len(word) == 1 for word in words) and len(phrase) > _SHORT_PHRASE
        return not single and not stopwords().intersection(words)

    def stands(self, words: str) -> bool:
        """Whether ``words`` stand in a document or are a listed term."""
        if words in self.listed:
            return True
        if not all(self.is_pair(words[at : at + 2]) for at in range(len(words) - 1)):
            return False  # spares most of the search through the texts
        return stands(words, self._store)

    def likelihood(self, word: str) -> float:
        """Log-probability of a word: half by how often texts at large have it, half by how often the corpus does."""
        words = self._store.words.vocabulary
        general = (self._tokenizer.frequency(word) or _UNSEEN) / self._tokenizer.total
        own = words.rows_with(word) / max(words.postings, 1)
        listed = _REGION_SHARE if word in self.regions else _LISTED_SHARE if word in self.listed else 0.0
        return log((1 - _CORPUS_SHARE) * general + _CORPUS_SHARE * own + listed)
