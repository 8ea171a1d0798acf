"""What must hold before a generation is published."""

from collections.abc import Callable, Iterator

from bot.admin.regression import Case, failed_cases, sources_of
from bot.admin.types import GateError
from index.changes import Live
from index.generation import Generation
from index.order import Gate
from index.types import Document
from retrieval.pipeline import Answerer

# Share of its passages or values a document may lose without its file having changed: a better reader drops a few
# headers and doubtful values, a broken one whole chapters.
FALL = 0.3
SMOKE = (
    5  # of a new text's own similar questions that are asked: enough to notice that it is not found at all
)
SMOKE_FOUND = 0.6  # share of them that must show the document: written for it, a few fit another one as well

Counts = dict[str, tuple[int, int]]  # document → passages, values


def counts_of(generation: Generation) -> Counts:
    """Count the passages and values of each document."""
    rows = dict.fromkeys(generation.documents, 0)
    for row in generation.indicators:
        rows[row.document] += 1
    return {name: (len(generation.rows_of[name]), rows[name]) for name in generation.documents}


def _fallen(now: Counts, before: Counts, same: Callable[[str], bool]) -> Iterator[str]:
    """Documents that lost too much of what was read from them, or all of it."""
    for name, counted in now.items():
        if not counted[0]:
            yield f"{name} 一条原文也没有读出来"
            continue
        for what, found, known in zip(("原文", "指标"), counted, before.get(name, (0, 0)), strict=True):
            if same(name) and found < known * (1 - FALL):
                yield f"{name} 的{what}从 {known} 条减到 {found} 条,文件却没有变"
            elif known and not found:
                yield f"{name} 的{what}从 {known} 条减到 0 条"


def _unfound(document: Document, answerer: Answerer) -> Iterator[str]:
    """A new text that its own similar questions do not find."""
    own = [question.text for question in answerer.store.questions if question.document == document.id]
    asked = own[:: max(len(own) // SMOKE, 1)][:SMOKE]
    lost = [
        text
        for text in asked
        if document.id not in {name for name, _ in sources_of(answerer.ask(text, region=document.region))}
    ]
    if len(asked) - len(lost) < SMOKE_FOUND * len(asked):
        found = len(asked) - len(lost)
        yield f"{document.id} 自己的 {len(asked)} 个相似问只有 {found} 个找到它,例如“{lost[0]}”没有找到"


def gate(
    cases: tuple[Case, ...],
    before: Callable[[int], Counts],
    answerer_of: Callable[[Generation], Answerer],
    overruled: list[str] | None,
) -> Gate:
    """Return the checks of a publication: counts that may not fall, new texts' own questions, the regression set.

    :param before: the counts of a generation by its number
    :param overruled: given (``--force``), takes the problems instead of raising them; the history names them too
    """

    def check(generation: Generation, live: Live | None) -> str:
        answerer = answerer_of(generation)
        known = live.documents if live else {}

        def same(name: str) -> bool:
            return name in known and known[name].sha256 == generation.documents[name].sha256

        problems = [*_fallen(counts_of(generation), before(live.number) if live else {}, same)]
        problems += failed_cases(cases, answerer, generation)
        for name, document in generation.documents.items():
            if not same(name):
                problems += _unfound(document, answerer)
        if problems and overruled is None:
            raise GateError(tuple(problems))
        if overruled is not None:
            overruled.extend(problems)
        return f"强制发布,没过的检查:{';'.join(problems)}" if problems else ""

    return check
