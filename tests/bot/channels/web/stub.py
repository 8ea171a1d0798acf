"""Real answer objects, an assistant that hands them out, and the app over it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Event
from types import MappingProxyType

import httpx
import numpy as np
from fastapi import FastAPI

from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.channels.web.app import Background
from bot.settings import BotSettings, WebSettings
from index.generation import Generation
from index.types import Clause, ClauseKind, Document, Indicator, Passage, Period, Role, Span
from retrieval.types import Answer, AnswerStatus, Citation, IndicatorValue, Statement, Turn

QUOTE = "到2025年,全市年均新增公园绿地12.5公顷。"
CITATION = Citation(
    document="lvyuan",
    title="绿源市园林绿化“十四五”规划",
    region="绿源市",
    version="0123456789ab",
    clause="三/(二)/1",
    address="三(二)1",
    quote=QUOTE,
    span=Span(100, 100 + len(QUOTE)),
    number="绿府发〔2021〕8号",
    validity="规划期2021—2025年,已结束",
)
SPARE = replace(
    CITATION, clause="四", address="四", quote="加强公园绿地管护。", span=Span(300, 309), number=None
)
VALUE = IndicatorValue(
    Indicator(
        document="lvyuan",
        clause="三/(二)/1",
        name="新增公园绿地",
        role=Role.TARGET,
        value="12.5",
        unit="公顷",
        comparator=">=",
        period="2025",
        attribute="约束性",
        category="",
        span=CITATION.span,
        value_span=Span(100 + QUOTE.index("12.5"), 100 + QUOTE.index("12.5") + 4),
    ),
    title=CITATION.title,
    region="绿源市",
    quote=QUOTE,
    validity=CITATION.validity,
)
SUGGESTION = "绿源市新增绿道的目标是多少?"
ANSWER = Answer(
    question="每年新增多少绿地",
    status=AnswerStatus.PARTIAL,
    statements=(Statement("新增公园绿地:12.5公顷(2025年目标)", source=1, region="绿源市"),),
    notes=("文件没有写具体地点。请到当地办事窗口问。",),
    citations=(CITATION, SPARE),
    indicators=(VALUE,),
    missing=("具体地点",),
    suggestions=(SUGGESTION,),
    timing_ms={"total": 1.5},
)
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"

TEXT = f"{'绿源市规划':<99}\n{QUOTE}"
TEXT = f"{TEXT:<299}\n{SPARE.quote}\n四之一。{HOSTILE}\n"


def _clause(path: str, start: int, end: int, heading: str = "") -> Clause:
    parent = None if not path else "/".join(path.split("/")[:-1])
    depth = len(path.split("/")) if path else 0
    span = Span(start, end)
    return Clause(
        "lvyuan",
        path,
        parent,
        path.rsplit("/", maxsplit=1)[-1],
        heading,
        ClauseKind.CLAUSE,
        depth,
        span,
        span,
    )


STORE = Generation(
    id=7,
    stamp=None,
    documents={
        "lvyuan": Document(
            "lvyuan",
            CITATION.title,
            "绿源市",
            (),
            None,
            CITATION.number,
            None,
            Period(2021, 2025),
            "lvyuan.txt",
            CITATION.version * 6,
        )
    },
    texts={"lvyuan": TEXT},
    pages={},
    clauses={
        "lvyuan": (
            _clause("", 0, len(TEXT)),
            _clause("三", 90, 300, HOSTILE),
            _clause("三/(二)", 95, 300),
            _clause("三/(二)/1", 100, 100 + len(QUOTE)),
            _clause("四", 300, len(TEXT)),
        )
    },
    heads={},
    passages=(
        Passage("lvyuan", "三/(二)/1", 0, CITATION.span, (), QUOTE, ""),
        Passage("lvyuan", "四", 1, Span(310, len(TEXT)), (), "", ""),
    ),
    indicators=(VALUE.row, replace(VALUE.row, role=Role.BASELINE, value="9", period="2020", comparator="=")),
    names=(),
    questions=(),
    vectors=None,
    measures=None,
    asked=None,
    words=None,
    bigrams=None,
    asked_bigrams=None,
    document_bigrams=None,
    measure_bigrams=None,
    rows_of={"lvyuan": np.array([0, 1])},
    values_of={"lvyuan": range(2)},
    begins=np.array([CITATION.span.start, 310], dtype=np.int32),
    places=np.array([0, 0]),
)

PATIENCE_S = 10  # a failing test lets its worker threads go

Asking = Callable[[str, Sequence[Turn], str | None], Answer]


class StubAnswerer:
    """Answers every question with ``ANSWER``, or as ``asking`` says; keeps what it was asked."""

    texts: Mapping[str, str] = MappingProxyType({"lvyuan": ""})
    regions = ("绿源市", "海州区")
    store = STORE
    generation = STORE.id

    def __init__(self, asking: Asking | None = None) -> None:
        self.release = Event()  # cleared while answers are to be held back
        self._asking = asking or (lambda question, history, region: replace(self.answer, question=question))
        self.reset()

    def reset(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...], str | None]] = []
        self.answer = ANSWER
        self.release.set()

    def examples(self, curated: Sequence[str]) -> tuple[str, ...]:
        return tuple(curated)

    def ask(self, question: str, history: Sequence[Turn] = (), region: str | None = None) -> Answer:
        self.asked.append((question, tuple(turn.question for turn in history), region))
        self.release.wait(PATIENCE_S)
        return self._asking(question, history, region)


EXAMPLES = ("公园绿地的目标是多少", "古树名木怎么保护")


def make_app(
    answerer: StubAnswerer, settings: BotSettings | None = None, background: Background | None = None
) -> FastAPI:
    settings = (settings or BotSettings(web=WebSettings(asks_per_minute=10_000))).model_copy(
        update={"examples": EXAMPLES}
    )
    return create_app(Assistant(answerer, settings), settings=settings, background=background)


def open_client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://policy.test")
