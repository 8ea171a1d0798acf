"""A follow-up and the questions before it → a self-contained question.

A question stands on its own unless it shows that it does not: it opens with 那 or 它, ends in 呢 with nothing
else to go by, points back (里面, 上一条), or has no subject of its own once the ways of asking, the place, the
period and the role are taken away. Only then is anything carried over, and only what is missing: the place, the
period, and the subject when the follow-up brings none. So a change of topic is never coloured by the turn before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.numerals import parse_chinese_numeral
from retrieval.types import Question, Turn
from retrieval.understand import Context, understand

_POINTS_BACK = re.compile(
    r"^(?:那(?!么多|些年)|那么|还有|再|另外|其中|里面|这里面|它|他们|她们|这个|那个|这条|上面|刚才|继续|然后)"
    r"|里面.{0,8}(?:多少|几|哪)|[呢嘛]\s*[??。!!]*$|那(?:句|条|项|段|章|节)|原文|原话|怎么写的|刚才|上一个问题|前面说的|再具体|具体点|详细点|展开说"
)
_PREVIOUS_CLAUSE = re.compile(r"上一(?:条|款|节|章)")
_NEXT_CLAUSE = re.compile(r"下一(?:条|款|节|章)")
_NTH_CLAUSE = re.compile(
    r"^那?第([一二三四五六七八九十]{1,3}|\d{1,3})(?:点|项|条|个|小点)(?:呢|呀|讲|说|是|$)"
)
_ELLIPTIC_CHARS = 6  # a core this short, with one word of content, may be the rest of the question before it
# Words of a follow-up that name an aspect of the subject before it and are no subject themselves
_ASPECTS = frozenset(
    [
        "目标",
        "目标值",
        "基准",
        "基准值",
        "实际",
        "完成",
        "达到",
        "做到",
        "到",
        "年底",
        "期末",
        "指标",
        "数值",
        "比例",
        "人数",
        "数量",
        "金额",
        "时间",
        "条件",
        "材料",
        "电话",
        "标准",
        "流程",
        "手续",
        "证件",
        "资料",
        "期限",
        "截止",
        "为止",
        "地址",
        "费用",
        "带",
        "交",
        "领",
        "准备",
        "需要",
        "提前",
        "办",
        "办理",
        "申请",
        "单位",
        "变化",
        "增加",
        "减少",
        "涨",
        "降",
        "高",
        "低",
        "大",
        "小",
        "今年",
        "去年",
        "明年",
        "再",
        "具体",
        "年",
        "底",
        "个",
        "五年",
        "实际上",
        "完成值",
        "完成率",
        "十三五",
        "十四五",
        "十五五",
        "十二五",
    ]
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A self-contained question and, where it moves along the clause tree, where to."""

    question: Question
    step: int = 0  # −1: 上一条, +1: 下一条
    nth: int = 0  # 第二点: the sibling of that number; 0 where none is meant

    @property
    def moves(self) -> bool:
        """Whether another clause is meant than the one asked for before."""
        return bool(self.step or self.nth)


def _content(question: Question) -> tuple[str, ...]:
    """The content words that are no mere aspect of a subject."""
    return tuple(term for term in question.terms if term not in _ASPECTS and not term.isdigit())


def _has_subject(question: Question, context: Context) -> bool:
    """Whether a follow-up brings a subject of its own: a word the corpus or the thesaurus knows."""
    said = "".join(said for said, _ in question.synonyms)
    return any(term in said or (len(term) > 1 and context.in_corpus(term)) for term in _content(question))


def _is_follow_up(question: Question) -> bool:
    points_back = bool(_POINTS_BACK.search(question.text.strip()))
    if question.addresses or question.phrases:
        return points_back and not question.regions
    return points_back or not _content(question)


def _completes(question: Question, before: Question, context: Context) -> bool:
    """Whether a short question (有没有补贴) speaks of the subject before it: one sentence holds the words of both."""
    own = _content(question)
    named = (
        question.regions or question.documents or question.elsewhere or question.phrases or question.addresses
    )
    if named or len(own) != 1 or len(question.core.replace(" ", "")) > _ELLIPTIC_CHARS:
        return False
    subject = _content(before)
    return bool(subject) and context.together((*own, *subject))


def _inherit(question: Question, own: bool, before: Question, regions: tuple[str, ...]) -> Question:
    """Fill what the follow-up leaves open from the question before it.

    :param own: whether it brings a subject of its own, which then stays as it is
    :param regions: the regions last named in the conversation
    """
    return replace(
        question,
        core=question.core if own else f"{before.core} {question.core}".strip(),
        documents=question.documents or before.documents,
        regions=question.regions or before.regions or regions,
        period=question.period or before.period,
        eras=question.eras or (() if question.years else before.eras),
        years=question.years or (() if question.eras else before.years),
        roles=question.roles or (before.roles if not (question.eras or question.years) else frozenset()),
        kinds=question.kinds | (frozenset() if own else before.kinds),
        phrases=question.phrases or (() if own else before.phrases),
        addresses=question.addresses or (() if own else before.addresses),
        terms=question.terms if own else tuple(dict.fromkeys((*before.terms, *question.terms))),
        synonyms=question.synonyms if own else (*before.synonyms, *question.synonyms),
    )


def _last_regions(history: Sequence[Turn], context: Context) -> tuple[str, ...]:
    """The regions named last in the conversation."""
    named = (understand(turn.question, context).regions for turn in reversed(history))
    return next((regions for regions in named if regions), ())


def resolve(text: str, history: Sequence[Turn], context: Context) -> Resolved:
    """Read a question in the light of the conversation.

    :param history: the earlier questions, oldest first; each is itself resolved against those before it
    """
    question = understand(text, context)
    if not history:
        return Resolved(question)
    before = resolve(history[-1].question, history[:-1], context).question
    step = -1 if _PREVIOUS_CLAUSE.search(text) else 1 if _NEXT_CLAUSE.search(text) else 0
    counted = _NTH_CLAUSE.search(text.strip()) if before.addresses else None
    nth = parse_chinese_numeral(counted[1]) if counted else 0
    completes = _completes(question, before, context)
    if not (step or nth or completes or _is_follow_up(question)):
        return Resolved(question)
    if nth:
        question = replace(question, addresses=())
    own = not (step or nth or completes) and _has_subject(question, context)
    return Resolved(_inherit(question, own, before, _last_regions(history, context)), step, nth)
