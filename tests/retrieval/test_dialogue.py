"""Follow-ups become self-contained; a change of topic is left alone."""

import pytest

from index.types import Role
from retrieval.dialogue import resolve
from retrieval.pipeline import Answerer
from retrieval.types import Turn


@pytest.fixture
def follow(answerer: Answerer):
    """Resolve the last of several questions against those before it."""

    def resolved(*questions: str):
        *before, last = questions
        return resolve(last, [Turn(question) for question in before], answerer.context)

    return resolved


def test_another_region(follow):
    """那襄阳呢 asks the same of another place."""
    question = follow("青浦有没有盯着欠薪的系统", "那襄阳呢").question
    assert question.regions == ("襄阳市",)
    assert "欠薪" in question.core


def test_another_period(follow):
    """The subject and the place stay, the period is the new one."""
    question = follow("襄阳十四五末劳动争议调解成功率要到多少", "上一个五年实际是多少").question
    assert question.regions == ("襄阳市",)
    assert question.eras == (13,)
    assert question.roles == {Role.ACTUAL}
    assert "劳动争议调解成功率" in question.core


def test_another_subject_of_the_same_place(follow):
    """A follow-up with a subject of its own inherits the place and not the subject."""
    question = follow("青浦全家没工作的多久能安排一个人上班", "那就业困难的人呢,要等几个月").question
    assert question.regions == ("青浦区",)
    assert "就业困难" in question.core
    assert "全家" not in question.core


def test_two_turns_back(follow):
    """The place named first carries through the conversation."""
    question = follow(
        "襄阳人力资源产业园在规划哪一条", "园区要进多少家企业", "那每年推荐几家领军企业"
    ).question
    assert question.regions == ("襄阳市",)


def test_next_and_previous_clause(follow):
    """上一条 moves along the clauses from the one asked before."""
    resolved = follow("襄阳第三章第三节(四)具体路径3讲什么", "上一条呢")
    assert resolved.step == -1
    assert resolved.question.addresses == ("第三章第三节(四)具体路径3",)
    assert resolved.question.regions == ("襄阳市",)


@pytest.mark.parametrize(
    "question",
    [
        "失业保险金怎么领",
        "社保卡丢了怎么补办",
        "职称评审有什么改革",
        "农民工工资保证金是怎么回事",
        "零就业家庭的目标",
        "今天天气怎么样",
        "劳动合同签订率多少",
    ],
)
def test_a_change_of_topic_keeps_nothing(follow, question):
    """A question that stands on its own is read as if nothing had been asked before it."""
    alone = follow(question)
    assert follow("青浦十三五创业担保贷款发了多少", question) == alone


def test_without_history(follow):
    """Even a fragment is a question when nothing came before."""
    assert follow("那襄阳呢").question.regions == ("襄阳市",)


def test_the_second_item(follow, answerer: Answerer):
    """第二点呢 is the clause of that number below, or beside, the one asked for."""
    assert follow("襄阳第三章第三节(三)具体路径1", "第二点呢").nth == 2
    for before in ("襄阳第三章第三节(三)具体路径1讲什么", "襄阳第三章第三节(三)讲什么"):
        answer = answerer.ask("第二点呢", [Turn(before)])
        assert {citation.clause for citation in answer.citations} == {"第三章/第三节/(三)/具体路径/2"}


@pytest.mark.parametrize(
    ("before", "asked", "core"),
    [
        ("襄阳就业困难人员灵活就业", "有没有补贴", "就业困难人员灵活就业 补贴"),
        ("襄阳创业培训", "谁来组织", "创业培训 谁来组织"),
    ],
)
def test_a_word_that_completes_the_question_before(follow, before, asked, core):
    """One word that stands with the subject before it in one sentence is asked of that subject."""
    question = follow(before, asked).question
    assert (question.core, question.regions) == (core, ("襄阳市",))


def test_a_word_that_does_not(follow):
    """One that stands nowhere with it begins a new subject."""
    assert follow("青浦的创业大赛", "退休金怎么领").question.regions == ()
