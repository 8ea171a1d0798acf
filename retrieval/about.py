"""Questions about a document itself: its number, who issued it and when, whether it still holds."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from index.generation import Generation
from index.proposals.days import term_of
from index.readers.types import StoredText
from index.tokens import bigrams
from index.types import Document, Span
from retrieval import wording
from retrieval.answer import Sources, quoted
from retrieval.naming import number_form
from retrieval.types import Answer, AnswerStatus, Question, Statement

_ASKS = {
    "number": re.compile(r"文号|发文字号|文件编号"),
    "issuer": re.compile(
        r"(?:发文|印发|制定|发布)(?:机关|单位|部门)|(?:谁|(?:哪|哪些|哪几)[个家]?(?:单位|部门|机关))(?:联合)?(?:发布|印发|制定|出台|发|编|写)(?:下来|出来)?的?"
    ),
    "published": re.compile(
        r"(?:什么时候|啥时候|何时|哪天|哪一?年)(?:发布|印发|出台|公布|发|出)的?|(?:发布|印发|成文)(?:日期|时间)"
    ),
    "effective": re.compile(
        r"(?:什么时候|啥时候|何时|哪天|哪一?年)(?:开始)?(?:施行|实施|执行|生效)|(?:施行|实施|生效)(?:日期|时间)"
    ),
    "validity": re.compile(
        r"有效期|管几年|管多久|还?有效(?:吗|没|不|期)?|过期|失效|作废|到期|规划期|管到(?:哪|什么|啥)|(?:结束|完)了(?:吗|没)"
    ),
}
_DOCUMENT = re.compile(r"规划|文件|号文|通知|办法|条例|规定|政策|意见|方案|十[一二三四五六七八九]五")
_FILLER = re.compile(
    r"[\W_]|请问|的|是|多少|什么|时候|何时|啥|这|那|哪|份|个|号|年|天|到|现在|目前|还|吗|呢|没|不|了|在|多久|几|谁|一下|告诉我"
)
NAMED = 0.6  # share of the pairs of characters of what a document is called by that its title holds


@lru_cache  # of thousands of titles nearly all leave the same words
def _pairs(rest: str) -> tuple[str, ...]:
    return tuple(pair for part in rest.split() for pair in bigrams(part))


def _held(rest: str, question: Question, title: str) -> float:
    """How much of what a document is called by (低保标准) its title holds, everyday phrases by their official terms."""
    for said, official in question.synonyms:
        if any(term in title for term in (said, *official)):
            rest = rest.replace(said, " ")
    pairs = _pairs(rest)
    return sum(pair in title for pair in pairs) / len(pairs) if pairs else 1.0


def _titled(rest: str, question: Question, documents: Sequence[str], store: Generation) -> tuple[str, ...]:
    """The documents whose titles hold best what one is called by; none where no title holds enough."""
    listed = {key: store.documents[key] for key in documents}
    held = {key: _held(rest, question, f"{of.title} {of.number or ''}") for key, of in listed.items()}
    best = max(held.values(), default=0.0)
    return tuple(key for key in documents if held[key] == best) if best >= NAMED else ()


def asked(
    question: Question, documents: Sequence[str], store: Generation
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which facts a question asks for, and of which documents; both empty when it asks for anything else.

    :param documents: those it could be; of them the ones whose titles hold what else is said: 低保标准通知的文号
    """
    found = tuple(name for name, pattern in _ASKS.items() if pattern.search(question.text))
    if not found:
        return (), ()
    rest = normalize("NFKC", question.unplaced)
    for key in question.documents:  # 某府发〔2021〕57号哪天发的: its number says which, and nothing else
        rest = number_form(number).sub(" 文件 ", rest) if (number := store.documents[key].number) else rest
    for pattern in _ASKS.values():
        rest = pattern.sub("", rest)
    called, rest = bool(_DOCUMENT.search(rest)), _FILLER.sub("", _DOCUMENT.sub("", rest))
    meant = tuple(documents) if not rest else _titled(rest, question, documents, store) if called else ()
    return (found, meant) if meant else ((), ())


def _fact(document: Document, name: str, today: date) -> str:
    """The fact as the manifest holds it; empty where the document states none."""
    if name == "published":
        return _day(document.published)
    if name == "validity":
        return wording.validity(document, today)
    if name == "effective":
        return _day(document.effective)
    return getattr(document, name) or ""


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _term(text: str) -> Span | None:
    """The sentence in which a document sets its own term."""
    years, until = term_of(StoredText(text))
    span = (years and years.span) or (until and until.span)
    if not span:
        return None
    start = max(text.rfind(mark, 0, span.start) for mark in "。\n") + 1
    end = min((at + 1 for mark in "。\n" if (at := text.find(mark, span.end)) >= 0), default=len(text))
    return Span(start, start + len(text[start:end].rstrip()))


def _where(words: str, text: str) -> Span | None:
    at = text.find(words) if words else -1
    return Span(at, at + len(words)) if at >= 0 else None


def answer(
    question: Question, names: Sequence[str], documents: Sequence[str], store: Generation, today: date
) -> Answer:
    """Answer from the manifest; what stands in the document's own words is cited."""
    sources, statements, missing = Sources(store, today), [], []
    for key in documents:
        document = store.documents[key]
        title = _where(document.title, store.texts[key])
        for name in names:
            fact = _fact(document, name, today)
            term = _term(store.texts[key]) if name == "validity" else None
            if term and not document.valid_until:
                words = quoted(term.of(store.texts[key]))
                statements.append(Statement(words, sources.number(key, "", term)))
                continue
            found = _where(fact, store.texts[key])
            source = sources.number(key, "", found) if found else None
            if title and not found:
                sources.number(key, "", title)  # the document, though not the fact
            said = wording.about(document.title, name, fact)
            statements.append(Statement(said, source, document.region if len(documents) > 1 else None))
            missing += [] if fact else [wording.ABOUT[name]]
    return Answer(
        question.text,
        AnswerStatus.PARTIAL if missing else AnswerStatus.ANSWERED,
        tuple(statements),
        citations=tuple(sources.citations),
        missing=tuple(dict.fromkeys(missing)),
    )
