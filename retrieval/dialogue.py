"""A follow-up and the questions before it → a self-contained question.

A question stands on its own unless it shows that it does not: it opens with 那 or 它, ends in 呢 with nothing
else to go by, points back (里面, 上一条), or has no subject of its own once the ways of asking, the place, the
period, the role and the words that only name an aspect (多少钱, 提高了多少, 建在哪里) are taken away. Only then is
anything carried over, and only what is missing: the place, the period, and the subject when the follow-up brings none,
or only the people it is asked for (那残疾人呢). So a change of topic is never coloured by the turn before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.types import Role
from retrieval.kind_words import without_kinds
from retrieval.moves import Move, counts_in, step_in
from retrieval.types import FactKind, Question, Turn
from retrieval.understand import Context, understand
from retrieval.vocabulary import aspects, facets, stopwords

_POINTS_BACK = re.compile(
    r"^(?:那(?!么多|些年)|那么|还有|再|另外|其中|里面|这里面|它|他们|她们|这个|那个|这条|上面|刚才|继续|然后)"
    r"|里面.{0,8}(?:多少|几|哪)|[呢嘛]\s*[??。!!]*$|那(?:句|条|项|段|章|节)|原文|原话|怎么写的|刚才|上一个问题|前面说的|再具体|具体点|详细点|展开说"
)
_OPENS = re.compile(r"^(?:那么?|还有|另外|再)?(?:我们?|咱们?|俺)?的?(?=\w)")
_ELLIPTIC_CHARS = 6  # a core this short, with one word of content, may be the rest of the question before it
# Entries of the dictionary rarer than this are as likely two words side by side: 建好 has 3, 低保 40
RARE_WORD = 10
_DONE = re.compile(r"[好完满]$")
# Who something is asked for. Kin are no word of a plan; the others are named by how such words end.
_KIN = re.compile(
    r"(?:[爸妈爹娘爷奶哥姐弟妹叔婶姑姨舅]{1,2}|父亲|母亲|父母|爸妈|儿子|女儿|闺女|孩子|娃|儿媳妇?|老婆|老公|媳妇|丈夫|妻子|爱人|对象"
    r"|[公岳][公婆父母]|婆婆|外[公婆]|姥[姥爷]|亲戚|朋友|同学|同事|邻居|老乡|家人|家里人)$"
)
_PEOPLE = re.compile(
    rf"(?:人|人员|人士|者|[学业校考究]生|[民职员女童]工|军人|[士退]兵|青年|妇女|[农居村市渔牧]民|家庭|群体|企业|公司|个体户|合作社|司机|骑手|师傅|老人家?)$|{_KIN.pattern}"
)
# Which of its values was asked for is carried over as a role; as a word it would draw to that value whatever is asked now
_ROLE = re.compile(r"的?(?:目标|基准|实际|完成)值?是?(?=\s|$)")
# One of a numbered series: 九级, 2档, 二等
_SERIES = re.compile(r"(?<!第)(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?P<of>级|档|等|孩|胎)")
# A follow-up of these kinds alone leaves open what it wants to know of the subject: 那边的目标也一样吗
_VAGUE = frozenset({FactKind.OPEN, FactKind.YES_NO, FactKind.CLAUSE})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A self-contained question and, where another clause is meant, the moves to it.

    They start at the clause the question names; where it names none, at the first one its answer cites. ``shifted`` says
    that its subject was asked of another place before: this one's documents need not know it. ``before`` is what was
    asked before where another fact of the same subject is asked: the document that answered it is asked first.
    """

    question: Question
    moves: tuple[Move, ...] = ()
    shifted: bool = False
    before: "Resolved | None" = None


def _is_subject(term: str, context: Context) -> bool:
    """Whether a word says what a question is about; 能领 and 建好, hardly words of the language, are taken apart."""
    rare = context.tokenizer.frequency(term) < RARE_WORD
    pieces = _DONE.sub("", term) if rare else (term,)
    return any(piece not in aspects() and piece not in stopwords() for piece in pieces)


def _content(question: Question, context: Context) -> tuple[str, ...]:
    """The content words that are no mere aspect of a subject, nor inside the name of one: 标值 of 目标值."""
    named = [term for term in question.terms if term in aspects()]
    rest = (term for term in question.terms if not term.isdigit() and not any(term in one for one in named))
    return tuple(term for term in rest if _is_subject(term, context))


def _has_subject(question: Question, context: Context) -> bool:
    """Whether a follow-up brings a subject of its own: a word the corpus or the thesaurus knows."""
    said = "".join(said for said, _ in question.synonyms)
    return any(
        term in said or (len(term) > 1 and context.in_corpus(term)) for term in _content(question, context)
    )


def _is_follow_up(question: Question, context: Context) -> bool:
    points_back = bool(_POINTS_BACK.search(question.text.strip()))
    if question.addresses or question.phrases:
        return points_back and not question.regions
    return points_back or not _content(question, context)


def _completes(question: Question, before: Question, context: Context) -> bool:
    """Whether a short question (有没有补贴) speaks of the subject before it: one sentence holds the words of both."""
    own = _content(question, context)
    named = (
        question.regions or question.documents or question.elsewhere or question.phrases or question.addresses
    )
    if (
        named
        or not len(own) == len(question.terms) == 1
        or len(question.core.replace(" ", "")) > _ELLIPTIC_CHARS
    ):
        return False
    subject = _content(before, context)
    return bool(subject) and context.together((*own, *subject))


def _is_for_others(question: Question, context: Context) -> bool:
    """Whether a follow-up only names people the question before it is asked for: 那残疾人呢."""
    own = _content(question, context)
    open_ended = question.kinds <= {FactKind.OPEN} and not (question.phrases or question.addresses)
    return open_ended and bool(own) and bool(_PEOPLE.search(own[-1]))


def _without(words: Sequence[str], text: str) -> str:
    """Cut words, the longest first."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return " ".join(text.split())


def _for_others(question: Question, before: Question, context: Context) -> Question:
    """Ask the question before for other people: its own are cut, and kin that no document knows (我残疾弟弟)."""
    theirs = [term for term in before.terms if _PEOPLE.search(term)]
    kin = [term for term in question.terms if _KIN.search(term) and not context.in_corpus(term)]
    kept = _without(theirs, before.core)
    terms = dict.fromkeys((*before.terms, *question.terms))
    synonyms = [pair for pair in before.synonyms if pair[0] in kept]
    return replace(
        question,
        core=f"{kept} {_without(kin, _OPENS.sub('', question.core))}".strip(),
        terms=tuple(term for term in terms if term not in (*theirs, *kin)),
        synonyms=(*synonyms, *question.synonyms),
        kinds=question.kinds | before.kinds,
    )


def _in_series(question: Question, before: Question, context: Context) -> Question | None:
    """Ask the question before of another of a numbered series: 那十级呢 after 九级伤残; None where it names none."""
    own = _content(question, context)
    named = _SERIES.fullmatch(own[0]) if len(own) == 1 else None
    theirs = {m[0] for m in _SERIES.finditer(before.core) if named and m["of"] == named["of"]} - {
        own[0] if own else ""
    }
    if len(theirs) != 1 or question.kinds - _VAGUE:
        return None
    other = theirs.pop()
    return replace(
        question,
        core=before.core.replace(other, own[0]),
        terms=tuple(term.replace(other, own[0]) for term in before.terms),
        synonyms=before.synonyms,
        kinds=before.kinds,
    )


def _kinds(question: Question, before: Question) -> frozenset[FactKind]:
    """The kinds of fact asked for: its own, and those asked for before where it leaves them open.

    Who asks whether there is anything at all (那边也有吗) asks no longer how much of it one gets.
    """
    whether = FactKind.YES_NO in question.kinds and FactKind.AMOUNT in before.kinds
    return question.kinds if whether or question.kinds - _VAGUE else question.kinds | before.kinds


def _on_the_subject(question: Question, before: Question) -> Question:
    """Ask what a follow-up without a subject asks of the subject before it."""
    before = without_kinds(before, question) if question.kinds - _VAGUE else before
    subject = " ".join(_ROLE.sub(" ", before.core).split())
    news = question.synonyms or set(question.terms) - facets() - set(before.terms)
    return replace(
        question,
        core=f"{subject} {question.core}".strip() if news else subject,
        kinds=_kinds(question, before),
        phrases=question.phrases or before.phrases,
        addresses=question.addresses or before.addresses,
        terms=tuple(dict.fromkeys((*before.terms, *question.terms))),
        synonyms=(*before.synonyms, *question.synonyms),
    )


def _roles(question: Question, before: Question) -> frozenset[Role]:
    """The roles asked for: of another period the value may have any, and that a value is wanted stays."""
    if question.roles or not (question.eras or question.years):
        return question.roles or before.roles
    return frozenset(Role) if before.roles else frozenset()


def _inherit(question: Question, before: Question, regions: tuple[str, ...], context: Context) -> Question:
    """Fill where and when from the question before, as far as the follow-up leaves it open.

    :param regions: the regions last named in the conversation
    """
    elsewhere = question.elsewhere and set(_content(question, context)) <= set(question.elsewhere)
    same_place = not question.regions or question.regions == before.regions
    return replace(
        question,
        documents=question.documents or (before.documents if same_place and not elsewhere else ()),
        regions=question.regions or (() if elsewhere else before.regions or regions),
        period=question.period or before.period,
        eras=question.eras or (() if question.years else before.eras),
        years=question.years or (() if question.eras else before.years),
        roles=_roles(question, before),
    )


def _moves_in(text: str, before: Question) -> tuple[Move, ...]:
    """The steps a message asks for; a paragraph is counted in the article that was quoted where none was named."""
    step = step_in(text)
    counted = () if step else counts_in(text)
    return (step,) if step else counted if before.addresses or any(m.paragraph for m in counted) else ()


def _moved(question: Question, earlier: Resolved, moves: tuple[Move, ...]) -> Resolved:
    """Go on from where the conversation is; from the clause a message names itself where it names one."""
    own = question.addresses if moves[0].by else ()  # 第二条呢 counts, and is no address
    base = replace(
        earlier.question,
        addresses=own or earlier.question.addresses,
        regions=question.regions or earlier.question.regions,
    )
    return Resolved(base, moves if own else (*earlier.moves, *moves))


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
    earlier = resolve(history[-1].question, history[:-1], context)
    before = earlier.question
    moves = _moves_in(text, before)
    if moves:
        return _moved(question, earlier, moves)
    completes = _completes(question, before, context)
    if not (completes or _is_follow_up(question, context)):
        return Resolved(question)
    whole = _inherit(question, before, _last_regions(history, context), context)
    if not completes and (another := _in_series(whole, before, context)):
        return Resolved(another, before=earlier)
    if not completes and (_is_for_others(question, context) or _has_subject(question, context)):
        others = _is_for_others(question, context)
        return Resolved(_for_others(whole, before, context) if others else whole)
    stays = not question.regions and (question.addresses or before.addresses) == before.addresses
    shifted = bool(question.regions) and question.regions != before.regions
    told = None if shifted or completes or question.elsewhere or question.addresses else earlier
    return Resolved(_on_the_subject(whole, before), earlier.moves if stays else (), shifted, told)
