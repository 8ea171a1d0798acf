"""A worded answer → the sentences of it that the evidence holds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from unicodedata import normalize

from index.places import places
from retrieval.types import Answer, Statement
from retrieval.vocabulary import stopwords
from retrieval.worded import Wording

Cut = Callable[[str], Sequence[str]]

MAX_SENTENCES = 3
HELD = 0.6  # share of a sentence's content words that its quotation or the question must hold

_SENTENCE = re.compile(r"[^。!?\n\uff01\uff1f]+[。!?\uff01\uff1f]*(?:\s*\[\d+\])*[。]?")
_SOURCE = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万亿两]{2,}")
_QUOTED = re.compile(r"[“\"「]([^”\"」]+)[”\"」]")
_NAMED = re.compile(
    r"《[^》]+》|[A-Za-z][\w.@:/-]+|[\u4e00-\u9fff]{2,8}(?:局|厅|委员会|中心|公司|银行|热线|办公室|平台)"
)


def _names(sentence: str) -> list[str]:
    """Names a sentence uses: titles, Latin words and links, offices, places."""
    return [*_NAMED.findall(sentence), *(place for place in places() if place in sentence)]


def _holds(sentence: str, evidence: str, question: str, cut: Cut) -> bool:
    """Whether a sentence has no number, quotation or name of its own, and its words are those of the evidence."""
    known = set(_NUMBER.findall(evidence))
    if not all(number in known for number in _NUMBER.findall(sentence)):
        return False
    if not all(words in evidence for words in _QUOTED.findall(sentence)):
        return False
    if not all(_stands_in(name, evidence + question) for name in _names(sentence)):
        return False
    words = [word for word in cut(sentence) if word not in stopwords()]
    held = sum(word in evidence or word in question for word in words)
    return bool(words) and held >= HELD * len(words)


def _stands_in(name: str, text: str) -> bool:
    """Whether a name, or the end of it where a pattern took the words before it along, stands in a text."""
    return any(name[start:] in text for start in range(max(len(name) - 3, 1)))


def holding(said: str, question: str, quotes: Sequence[str], cut: Cut) -> tuple[Statement, ...]:
    """Keep the sentences of a worded answer that rest on a quotation; at most ``MAX_SENTENCES``, none where none holds.

    :param said: what the model returned, each sentence with the number of its quotation: …[1]
    :param quotes: the quotations by number, from 1
    """
    kept: list[Statement] = []
    asked = normalize("NFKC", question)
    for match in _SENTENCE.finditer(normalize("NFKC", said)):
        cited = [int(number) for number in _SOURCE.findall(match[0])]
        words = _SOURCE.sub("", match[0]).strip(" 。") + "。"
        if not cited or not all(1 <= number <= len(quotes) for number in cited):
            continue
        evidence = normalize("NFKC", " ".join(quotes[number - 1] for number in cited))
        if _holds(words, evidence, asked, cut):
            kept.append(Statement(words, cited[0]))
    return tuple(kept[:MAX_SENTENCES])


def worded(answer: Answer, model: Wording | None, cut: Cut) -> Answer:
    """Let the optional model word the quotations; what it says beyond them is dropped, values stay as they are."""
    if model is None or not all(s.text.startswith("“") for s in answer.statements):
        return answer
    quotes = [citation.quote for citation in answer.citations]
    sentences = holding(model.word(answer.question, quotes), answer.question, quotes, cut)
    return replace(answer, statements=sentences) if sentences else answer
