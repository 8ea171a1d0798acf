"""Conversation memory: per conversation, bounded, forgotten when told."""

from collections.abc import Sequence
from typing import ClassVar

from bot.assistant import Assistant
from bot.settings import BotSettings
from retrieval.types import Answer, AnswerStatus, Statement, Turn


class Echo:
    """Answers with what it was given."""

    texts: ClassVar[dict[str, str]] = {}
    regions = ("甲市",)
    generation = 1

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...], str | None]] = []

    def examples(self, curated: Sequence[str]) -> tuple[str, ...]:
        return tuple(curated) or ("例如这个?",)

    def ask(self, question: str, history: Sequence[Turn] = (), region: str | None = None) -> Answer:
        self.asked.append((question, tuple(turn.question for turn in history), region))
        return Answer(question, AnswerStatus.ANSWERED, (Statement("好"),))


def assistant(**settings: object) -> tuple[Assistant, Echo]:
    echo = Echo()
    return Assistant(echo, BotSettings(**settings)), echo


def test_a_conversation_remembers_its_questions():
    """Each question sees those before it, oldest first, and no other conversation's."""
    core, echo = assistant()
    core.converse("a", "一")
    core.converse("b", "别的")
    core.converse("a", "二")
    core.converse("a", "三")
    assert echo.asked[-1] == ("三", ("一", "二"), None)


def test_only_the_last_turns_are_kept():
    """remembered_turns bounds what a follow-up can see."""
    core, echo = assistant(remembered_turns=2)
    for question in "一二三四":
        core.converse("a", question)
    assert echo.asked[-1] == ("四", ("二", "三"), None)


def test_the_least_recent_conversation_is_forgotten():
    """Memory is bounded by conversations too."""
    core, echo = assistant(remembered_conversations=1)
    core.converse("a", "一")
    core.converse("b", "二")
    core.converse("a", "三")
    assert echo.asked[-1] == ("三", (), None)


def test_a_chosen_region_is_remembered_until_it_is_taken_back():
    """/region 甲市, then /region."""
    core, echo = assistant()
    core.conversations.choose_region("a", "甲市")
    core.converse("a", "一")
    core.conversations.choose_region("a", None)
    core.converse("a", "二")
    assert [region for _, _, region in echo.asked] == ["甲市", None]


def test_forgetting_leaves_nothing():
    """Neither questions nor region."""
    core, echo = assistant()
    core.conversations.choose_region("a", "甲市")
    core.converse("a", "一")
    core.conversations.forget("a")
    core.converse("a", "二")
    assert echo.asked[-1] == ("二", (), None)


def test_a_stateless_question_brings_its_own_history():
    """What --history gives is cut to the remembered turns as well."""
    core, echo = assistant(remembered_turns=1)
    core.ask("三", ["一", "二"], "甲市")
    assert echo.asked == [("三", ("二",), "甲市")]


def test_no_memory_is_no_memory():
    """With remembered_turns 0 every question stands alone."""
    core, echo = assistant(remembered_turns=0)
    core.converse("a", "一")
    core.converse("a", "二")
    core.ask("三", ["一", "二"])
    assert [history for _, history, _ in echo.asked] == [(), (), ()]


def test_examples_may_be_curated():
    """An admin's own questions stand before the generated ones."""
    assert assistant(examples=("最低工资是多少",))[0].examples == ("最低工资是多少",)
    assert assistant()[0].examples == ("例如这个?",)
