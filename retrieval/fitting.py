"""What in a rule looks like the thing asked for: its amounts, its terms, its lists of papers and of conditions.

A plan speaks of its subject all over, and the sentence that shares most words is the one. A rule or a guide says each
thing once, under a heading (办理材料) or behind a lead (应当同时符合下列条件:), in words that the question does not share.
Only documents that are no plans are looked at.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from index.generation import Generation
from index.paged import read_ahead
from index.types import Passage
from retrieval.fusion import best_first
from retrieval.plans import is_plan
from retrieval.satisfies import forms_of
from retrieval.search import FORMED, Ranking
from retrieval.types import FactKind, Question

AMONG = 40  # best passages that are looked through
DOCUMENTS = 3  # best documents whose passages may gain: a number elsewhere is of something else
HEADED = 2.5  # what a passage gains under a heading, or as a lead, that names the kind of fact asked for
OPENS = 1.0  # what it gains more where it opens that clause: papers and conditions are read from the first
SUBJECT = 1.5  # what a passage gains under a heading that holds the content words of the question
SUBJECT_HELD = 0.6  # share of those words from which a heading holds them
# What a passage gains for the words of the question that its title holds and it does not, times their share: a guide
# names its subject in the title, and here and there in a heading that says nothing of what was asked
TITLED = 6.0

# What is asked for in words that give its form away, though it is no kind of fact: a fine, an age, points
_TOLD: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"罚"), re.compile(r"罚款|处罚|处分|滞纳金")),
    (re.compile(r"几岁|多少岁|多大年[纪龄]|岁数|年[纪龄]"), re.compile(r"周?岁|年龄")),
    (re.compile(r"几分|多少分|加分|扣分"), re.compile(r"\d+\s*分")),
)
# What a heading over facts of a kind holds
NAMED: dict[FactKind, re.Pattern[str]] = {
    FactKind.MATERIAL: re.compile(r"材料|证件|(?:所需|申请|申报|提交)资料"),
    FactKind.CONDITION: re.compile(r"条件|资格|对象|范围|情形"),
    FactKind.PROCEDURE: re.compile(r"程序|流程|步骤|方式|渠道|指引|申领方法"),
    FactKind.DATE: re.compile(r"时间|期限|时限"),
    FactKind.AMOUNT: re.compile(r"标准|金额|额度|数额|费用|租金|待遇"),
    FactKind.TELEPHONE: re.compile(r"联系|咨询|电话|部门"),
    FactKind.PLACE: re.compile(r"渠道|地点|地址|方式|部门"),
    FactKind.RESPONSIBLE: re.compile(r"部门|职责"),
}
# 应当提交下列材料: 符合下列条件: leads name the kind in the sentence itself
_LEAD = re.compile(r"(?:下列|以下|如下)[^。]{0,12}[:\uff1a]?$|[:\uff1a]$")


def _names(passage: Passage, words: str, pattern: re.Pattern[str]) -> bool:
    """Whether the innermost heading, or the words themselves where they lead a list, name the kind."""
    heading = passage.headings[-1] if passage.headings else ""
    return bool(pattern.search(heading) or (_LEAD.search(words.rstrip()) and pattern.search(words)))


def _holds_subject(question: Question, passage: Passage) -> bool:
    """Whether the innermost heading holds most of what is asked about: 社保卡服务银行 of 社保卡哪些银行能办."""
    heading = passage.headings[-1] if passage.headings else ""
    said = [(phrase, *official) for phrase, official in question.synonyms]
    covered = "".join(phrase for phrase, *_ in said)
    words = [(term,) for term in question.terms if len(term) > 1 and term not in covered]
    wanted = [*said, *words]
    held = sum(any(form in heading for form in forms) for forms in wanted)
    return len(wanted) > 1 and held >= SUBJECT_HELD * len(wanted)


def _opens(row: int, store: Generation) -> bool:
    """Whether a passage is the first of its clause."""
    before, own = store.passages[row - 1], store.passages[row]
    return row == 0 or (before.document, before.clause) != (own.document, own.clause)


def _gained(place: int, best: Sequence[int], question: Question, store: Generation) -> float:
    """What the passage at a place of the best ones gains for its form and its headings."""
    row, first = best[place], store.passages[best[0]]
    passage = store.passages[row]
    words = passage.span.of(store.texts[passage.document])
    told = (form for asks, form in _TOLD if asks.search(question.text))
    forms = (*forms_of(question.kinds), *told)
    held = [bool(form.search(words)) for form in forms]
    gained = 0.0
    # the sentences of the best clause were looked at by the search itself
    if (passage.document, passage.clause) != (first.document, first.clause):
        gained += FORMED * sum(held) / max(len(forms), 1)
    if not all(held):  # under 缴费标准 a sentence without an amount is none of them
        return gained
    if any(_names(passage, words, NAMED[kind]) for kind in question.kinds if kind in NAMED):
        gained += HEADED + (OPENS if not forms and _opens(row, store) else 0.0)
    return gained + (SUBJECT if _holds_subject(question, passage) else 0.0)


def _weights(question: Question, store: Generation) -> dict[str, float]:
    """The share (0..1) of each content word in what a question asks, by its rarity."""
    rarities = store.words.vocabulary.idf(question.terms)
    total = float(rarities.sum()) or 1.0
    return {term: float(rarity) / total for term, rarity in zip(question.terms, rarities, strict=True)}


def _titled(passage: Passage, weights: Mapping[str, float], store: Generation) -> float:
    """What a passage gains for the words that only its title holds."""
    title = store.documents[passage.document].title
    return TITLED * sum(w for t, w in weights.items() if t in title and t not in passage.indexed_text)


def fitted(question: Question, ranking: Ranking, store: Generation) -> Ranking:
    """Raise the passages of the best rules that hold the kind of fact asked for, and rank anew."""
    best, ids = ranking.rows[:AMONG], tuple(store.documents)
    documents = [ids[place] for place in store.places[best].tolist()]
    rules = {d for d in tuple(dict.fromkeys(documents))[:DOCUMENTS] if not is_plan(store.documents[d])}
    if not rules:
        return ranking
    read_ahead(store.passages, best.tolist())
    gained, weights = np.zeros(len(ranking.rows), dtype=np.float32), _weights(question, store)
    for place, document in enumerate(documents):
        if document in rules:
            gained[place] = _gained(place, best.tolist(), question, store)
            gained[place] += _titled(store.passages[best[place]], weights, store)
    order = best_first(ranking.scores + gained)
    raised = replace(ranking, scores=ranking.scores + gained, own=ranking.own + gained)
    return raised.where(order)
