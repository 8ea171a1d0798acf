"""The one tokenizer of both sides: a passage and a question are cut into the same words and bigrams."""

import re
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from unicodedata import normalize

from index.dictionary import open_dictionary

if TYPE_CHECKING:
    import jieba

VERSION = "1"  # raise it when the rules of this file change: an index cut otherwise then refuses to open

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# a run of characters, or a word or number of another script with its decimals: 18000, 3.59, 5g
_RUN = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+(?:\.[0-9]+)*")
_IS_HAN = re.compile(rf"[{_HAN}]")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


def _fold(text: str) -> str:
    """Make full and half width, upper and lower case equal."""
    return normalize("NFKC", text).lower()


def bigrams(text: str) -> list[str]:
    """Cut ``text`` into overlapping pairs of characters, in order: 灵活就业 → 灵活, 活就, 就业.

    A single character between other things stays, and so do whole words and numbers of other scripts.
    Punctuation ends a run and is left out.
    """
    cut: list[str] = []
    for run in _RUN.findall(_fold(text)):
        if len(run) == 1 or not _IS_HAN.match(run):
            cut.append(run)
        else:
            cut.extend(run[at : at + 2] for at in range(len(run) - 1))
    return cut


class Tokenizer:
    """Cuts text into words and bigrams. Nothing is loaded before the first word is asked for."""

    def __init__(self, user_words: Iterable[str], cache_dir: Path) -> None:
        """Remember what to load.

        :param user_words: words of the field that jieba's dictionary lacks, kept whole
        :param cache_dir: where the dictionary's shards are written once, about 9 MB
        """
        self._user_words = tuple(word for word in map(_fold, user_words) if word.strip())
        self._cache_dir = cache_dir
        self._lock = Lock()
        self._loaded: jieba.Tokenizer | None = None

    @cached_property
    def fingerprint(self) -> str:
        """What decides the words: jieba's version, this file's, and the digest of the words added."""
        digest = sha256("\n".join(self._user_words).encode()).hexdigest()[:12]
        return f"jieba-{version('jieba')}/{VERSION}/{digest}"

    def _jieba(self) -> "jieba.Tokenizer":
        with self._lock:
            if self._loaded is None:
                self._loaded = _load_jieba(self._cache_dir, self._user_words)
            return self._loaded

    def words(self, text: str) -> list[str]:
        """Cut ``text`` into words, in order; a long word is followed or preceded by the words within it.

        Width and case are folded; punctuation, spaces and signs are left out: 3.59% → 3.59.
        """
        cut = self._jieba().cut_for_search(_fold(text))
        return [word for word in (_EDGE.sub("", raw) for raw in cut) if word]

    def segments(self, text: str) -> list[str]:
        """Cut ``text`` into words of the dictionary and single characters; joined they are ``text`` again."""
        return list(self._jieba().cut(text, HMM=False))

    def frequency(self, word: str) -> int:
        """How often ``word`` stands in the texts jieba's dictionary was counted in; 0 where it is no entry."""
        return self._jieba().FREQ.get(word) or 0

    @property
    def total(self) -> int:
        """The words of those texts, together."""
        return int(self._jieba().total)

    def bigrams(self, text: str) -> list[str]:
        """Cut ``text`` into overlapping pairs of characters; see :func:`bigrams`."""
        return bigrams(text)


def open_tokenizer(user_words: Iterable[str], cache_dir: Path, before: Tokenizer | None = None) -> Tokenizer:
    """Return a tokenizer, ``before`` itself where that cuts the same words.

    What it has read of the dictionary grows to tens of MB: a process that opens one generation after the other would read
    it anew for each, and what the last one left would lie in holes between what goes on living.

    :param before: one that was opened over the same ``cache_dir``
    """
    opened = Tokenizer(user_words, cache_dir)
    return before if before is not None and before.fingerprint == opened.fingerprint else opened


def _load_jieba(cache_dir: Path, user_words: tuple[str, ...]) -> "jieba.Tokenizer":
    import jieba

    source = Path(jieba.__file__).with_name("dict.txt")
    dictionary = open_dictionary(source, cache_dir / f"jieba-{jieba.__version__}.shards")
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = dictionary, dictionary.total
    tokenizer.initialized = True  # or it would read its own dictionary over ours
    for word in user_words:
        tokenizer.add_word(word)
    return tokenizer
