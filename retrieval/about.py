"""Questions about a document itself: its number, who issued it and when, whether it still holds."""

import re
from collections.abc import Sequence
from datetime import date

from index.generation import Generation
from index.types import Document, Span
from retrieval import wording
from retrieval.answer import Sources
from retrieval.types import Answer, AnswerStatus, Question, Statement

_ASKS = {
    "number": re.compile(r"文号|发文字号|文件编号"),
    "issuer": re.compile(r"发文(?:机关|单位|部门)|(?:谁|哪个(?:单位|部门|机关))(?:发|印发|制定|出台|编)的?"),
    "published": re.compile(
        r"(?:什么时候|啥时候|何时|哪天|哪一?年)(?:发布|印发|出台|公布|发|出)的?|(?:发布|印发|成文)(?:日期|时间)"
    ),
    "validity": re.compile(
        r"还?有效(?:吗|没|不|期)?|过期|失效|作废|到期|规划期|管到(?:哪|什么|啥)|(?:结束|完)了(?:吗|没)"
    ),
}
_DOCUMENT = re.compile(r"规划|文件|通知|办法|条例|规定|政策|意见|方案|十[一二三四五六七八九]五")
_FILLER = re.compile(r"[\W_]|请问|的|是|多少|什么|啥|这|那|份|个|号|年|到|现在|目前|还|吗|呢|没|不|了|在")


def asked(question: Question) -> tuple[str, ...]:
    """Return which facts about a document a question asks for; empty when it asks for anything else."""
    found = tuple(name for name, pattern in _ASKS.items() if pattern.search(question.text))
    rest = question.unplaced
    for pattern in (*_ASKS.values(), _DOCUMENT, _FILLER):
        rest = pattern.sub("", rest)
    return found if found and not rest else ()


def _fact(document: Document, name: str, today: date) -> str:
    """The fact as the manifest holds it; empty where the document states none."""
    if name == "published":
        day = document.published
        return f"{day.year}年{day.month}月{day.day}日" if day else ""
    if name == "validity":
        return wording.validity(document, today)
    return getattr(document, name) or ""


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
