"""Follow-ups become self-contained; a change of topic is left alone."""

import pytest

from index.types import Role
from retrieval.dialogue import resolve
from retrieval.moves import Move, step_in
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus, FactKind, Turn


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
    assert resolved.moves == (Move(by=-1),)
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
        "年假有几天",
        "创业有奖励吗",
        "低保能领多少钱",
        "被裁员了有赔偿吗",
        "残疾人有补贴吗",
        "股票涨了多少",
        "好的",
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
    assert follow("襄阳第三章第三节(三)具体路径1", "第二点呢").moves == (Move(nth=2),)
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


@pytest.fixture
def talk(answerer: Answerer):
    """Answer the last of several questions as in a conversation."""

    def answered(*questions: str):
        *before, last = questions
        return answerer.ask(last, [Turn(question) for question in before])

    return answered


@pytest.mark.parametrize(
    ("before", "asked", "core", "kinds"),
    [
        ("襄阳自己开店有扶持吗", "多少钱", "自己开店有扶持", {FactKind.AMOUNT, FactKind.COUNT}),
        ("襄阳灵活就业有补贴吗", "一个月能拿几千", "灵活就业有补贴", {FactKind.AMOUNT, FactKind.COUNT}),
        ("襄阳公共实训基地要建几个", "什么时候能建好", "公共实训基地要建", {FactKind.DATE}),
        ("襄阳零工市场要建几个", "建在哪里", "零工市场要建", {FactKind.PLACE, FactKind.SITE}),
        ("襄阳零工市场要建几个", "归谁管", "零工市场要建", {FactKind.RESPONSIBLE}),
        ("襄阳首席技师", "还招吗", "首席技师", {FactKind.YES_NO, FactKind.OPEN}),
    ],
)
def test_asking_words_and_a_verb_are_no_subject(follow, before, asked, core, kinds):
    """What only asks how much, when, where or whether is asked of the subject before, in its place."""
    question = follow(before, asked).question
    assert question.core.startswith(core)
    assert (question.regions, question.kinds) == (("襄阳市",), kinds)


def test_where_leaves_nothing_of_itself(follow):
    """在哪里 is cut as a whole; no 里 is searched for."""
    assert follow("零工市场建在哪里").question.core == "零工市场建"


@pytest.mark.parametrize(
    ("before", "asked", "name", "change"),
    [
        ("襄阳劳动争议调解成功率目标", "提高了多少", "劳动人事争议调解成功率", ("66", "70", 1)),
        ("襄阳劳动争议调解成功率是多少", "比以前高了多少", "劳动人事争议调解成功率", ("66", "70", 1)),
        ("青浦劳动监察举报投诉按期结案率目标", "降低了多少", "劳动监察举报投诉按期结案率", ("99", "98", -1)),
        ("青浦和谐企业创建率的基准值", "涨几个点", "建会企业中劳动关系和谐企业创建率", ("46", "50", 1)),
    ],
)
def test_a_change_is_that_of_the_value_before(talk, before, asked, name, change):
    """提高了多少 works out the measure asked for before, from where it was to where it is to be."""
    worked = next(s.worked for s in talk(before, asked).statements if s.worked)
    assert (worked.before.name, worked.after.name) == (name, name)
    assert (worked.before.value, worked.after.value, worked.sign) == change


def test_the_value_of_the_period_before(talk):
    """十三五呢 after a target is what was reached then: that a value is wanted stays, its role does not."""
    answer = talk("襄阳十四五末调解成功率目标", "十三五呢")
    assert "66%" in answer.statements[0].text
    assert answer.indicators[0].row.role is Role.ACTUAL


def test_whether_there_is_any_asks_no_longer_how_much(talk):
    """青浦也有吗 after 多少钱 asks of the support itself."""
    answer = talk("襄阳自己开店有扶持吗", "多少钱", "青浦也有吗")
    assert answer.status is AnswerStatus.ANSWERED
    assert "创业扶持力度" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("before", "asked", "core"),
    [
        ("青浦没交过养老保险的人有补贴吗", "那我残疾弟弟呢", "没交过养老保险的 有补贴 残疾"),
        ("襄阳返乡创业的农民工有扶持吗", "大学生呢", "返乡创业的 有扶持 大学生"),
    ],
)
def test_the_same_for_other_people(follow, before, asked, core):
    """Who it is asked for changes, what is asked does not; kin that no document knows are left out."""
    question = follow(before, asked).question
    assert question.core == core
    assert FactKind.YES_NO in question.kinds


def test_an_accident_is_one_of_the_job_before(talk):
    """出事了有保障吗 names neither the place nor the job: both are those of the question before."""
    answer = talk("在徐泾跑网约车没合同 有人管吗", "出事了有保障吗")
    assert {citation.document for citation in answer.citations} == {"qingpu"}
    assert any("职业伤害保障办法" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("襄阳有几个博士后工作站", "青浦呢"),
        ("青浦首席技师资助多少个", "襄阳呢"),
        ("襄阳的零工市场", "那青浦呢"),
    ],
)
def test_a_subject_that_the_other_place_does_not_know(talk, before, asked):
    """What only stands in the documents of the first place is not mentioned by the other's."""
    answer = talk(before, asked)
    assert (answer.status, answer.citations) == (AnswerStatus.NOT_FOUND, ())


def test_a_place_without_documents(talk):
    """武汉呢 is not answered from the place before."""
    answer = talk("襄阳失业率目标是多少", "武汉呢")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "武汉" in answer.statements[0].text


def _clauses(answer) -> set[str]:
    return {citation.clause for citation in answer.citations}


@pytest.mark.parametrize(
    ("questions", "clause"),
    [
        (("青浦三(一)4讲什么", "下一条呢", "再下一条"), "三/(一)/6"),
        (("青浦三(一)4讲什么", "下一条", "下一条", "上一条"), "三/(一)/5"),
        (("青浦三(一)4讲什么", "下下一条"), "三/(一)/6"),
        (("青浦三(一)4讲什么", "后一条", "全文发我"), "三/(一)/5"),
        (("襄阳第三章第三节(三)讲什么", "第二点呢", "往下看"), "第三章/第三节/(三)/具体路径/3"),
        (("青浦失业保险的钱能拿来帮企业稳岗吗", "下一条呢"), "三/(二)/4"),
        (("青浦失业保险的钱能拿来帮企业稳岗吗", "下一条", "再下一条"), "三/(三)/1"),
        (("青浦失业保险的钱能拿来帮企业稳岗吗", "上一条讲什么"), "三/(二)/2"),
    ],
)
def test_each_step_starts_where_the_last_one_ended(talk, questions, clause):
    """From a clause, or from the first one cited; steps add up."""
    assert _clauses(talk(*questions)) == {clause}


def test_steps_that_lead_nowhere(talk):
    """Behind the last clause there is none; from an answer without a clause nobody knows where to start."""
    over = talk("襄阳第八章第八节讲什么", "下一节")
    assert (over.status, over.statements[0].text) == (
        AnswerStatus.NOT_FOUND,
        "到头了\uff0c那边没有别的条款。",
    )
    lost = talk("今天天气怎么样", "下一条")
    assert (lost.status, lost.citations) == (AnswerStatus.CLARIFY, ())


@pytest.mark.parametrize(
    "text", ["以下条款", "最后一节讲什么", "以后一条龙服务", "下一步怎么办", "往下属单位调人"]
)
def test_no_step(text):
    """Words that only look like a step."""
    assert step_in(text) is None


@pytest.mark.parametrize("asked", ["青浦 三(二)3 原文", "把青浦三(二)3全文发我", "青浦三(二)3念给我听听"])
def test_a_clause_that_is_asked_to_be_shown(answerer: Answerer, asked):
    """Words that only ask to see it pick no sentences: the clause comes whole and in order."""
    bare = answerer.ask("青浦三(二)3")
    assert answerer.ask(asked).citations == bare.citations


def test_what_else_is_asked_still_picks_its_sentences(answerer: Answerer):
    """原文 beside a subject is not the whole clause."""
    answer = answerer.ask("青浦三(一)4里退役军人的原文")
    assert "退役军人" in answer.citations[0].quote
