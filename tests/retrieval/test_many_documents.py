"""Many documents: which of them is meant, which are looked through, and that none is missed."""

import pytest

from index.generation import Generation
from retrieval import scope, search
from retrieval.mentions import documents_with
from retrieval.phrases import rows_with
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus, Turn
from retrieval.understand import understand
from tests.retrieval.small import answerer_over

CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市")
PLAN = """{city}就业规划

第一章 补贴
对{city}灵活就业人员给予社会保险补贴。
第二章 培训
每年培训农民工{number}人。
第三章 {own}
{own}由人社局牵头。
"""
OWN = ("零工驿站", "欠薪保障金", "技能大赛", "人才公寓", "创业园区", "双随机检查")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Plans of six cities that differ in one chapter; the last has one more."""
    texts, entries = {}, {}
    for number, (city, own) in enumerate(zip(CITIES, OWN, strict=True)):
        texts[f"d{number}"] = PLAN.format(city=city, own=own, number=100 + number)
        entries[f"d{number}"] = {"title": f"{city}就业规划", "region": city}
    texts["d5"] += "第四章 附则\n本规划由己市人社局解释。\n"
    return answerer_over(tmp_path_factory.mktemp("many"), texts, entries)


@pytest.mark.parametrize("question", ["第二章讲什么", "文号是多少", "这份文件什么时候印发的"])
def test_which_document(many: Answerer, question: str):
    """A clause or a fact that every document has is answered by asking which one, with three to tap on."""
    answer = many.ask(question)
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.statements[0].text == (
        "收录了 6 份文件\uff0c请说是哪一份\uff0c例如把《甲市就业规划》写在问题前面。"
    )
    assert answer.suggestions == tuple(f"《{city}就业规划》{question}" for city in CITIES[:3])


def test_what_is_tapped_is_answered(many: Answerer):
    """The question that is offered names its document, and gets that document's clause alone."""
    answer = many.ask("《丙市就业规划》第二章讲什么")
    assert answer.status is AnswerStatus.ANSWERED
    assert {(citation.document, citation.clause) for citation in answer.citations} == {("d2", "第二章")}


def test_an_address_with_words(many: Answerer):
    """With the words of a clause beside its address, the document that has them is found."""
    answer = many.ask("第三章的人才公寓由谁牵头")
    best = answer.citations[0]
    assert best.document == "d3"
    assert best.quote.endswith("人才公寓由人社局牵头。")


@pytest.mark.parametrize(
    ("words", "held"), [("欠薪保障金", ["d1"]), ("灵活就业", [f"d{n}" for n in range(6)])]
)
def test_documents_that_can_hold_words(many: Answerer, words: str, held: list[str]):
    """By pairs of characters; in these plans that is exact."""
    assert list(documents_with(words, many.store)) == held


@pytest.mark.parametrize("words", ["金由", "103", "a", ""])
def test_words_that_rule_out_nothing_wrongly(many: Answerer, words: str):
    """Whatever the words, a document that holds them is among those named."""
    holding = {name for name, text in many.store.texts.items() if words in text}
    assert holding <= set(documents_with(words, many.store))


def test_a_phrase_in_the_last_document(many: Answerer):
    """The rows of a phrase are those of the texts that hold it."""
    (row,) = {many.store.passages[row].document for row in rows_with("双随机", many.store)}
    assert row == "d5"


def test_only_the_nearest_are_looked_through(many: Answerer):
    """Of many documents those that share most words with the question, in the order of the manifest."""
    question = understand("技能大赛和创业园区由谁牵头", many.context)
    store: Generation = many.store
    assert scope.nearest(question, tuple(store.documents), store, 2) == ("d2", "d4")
    assert scope.nearest(question, ("d5", "d0"), store, 2) == ("d5", "d0")


def test_a_ranking_cut_short_begins_the_same(many: Answerer, monkeypatch: pytest.MonkeyPatch):
    """Of very many passages only the best are ranked, and those as before."""
    question = understand("人才公寓由谁牵头", many.context)
    whole = many.rank(question)
    monkeypatch.setattr(search, "RANKED", 5)
    cut = many.rank(question)
    assert cut.rows.tolist() == whole.rows[:5].tolist()
    assert cut.scores.tolist() == whole.scores[:5].tolist()


def test_a_city_among_many_is_searched_by_itself(many: Answerer, monkeypatch: pytest.MonkeyPatch):
    """With few candidates for so many passages, those of the city asked for are still its own."""
    monkeypatch.setattr(search, "CANDIDATES", 2)
    answer = many.ask("己市每年培训多少农民工")
    assert {citation.document for citation in answer.citations} == {"d5"}
    assert answer.statements[0].text == "培训农民工:105人(每年目标)"


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("《丁市就业规划》第二章讲什么", ("d3",)),
        ("丁市的就业规划第二章讲什么", ("d3",)),
        ("就业规划里说了哪些培训", tuple(f"d{n}" for n in range(6))),
        ("甲市和己市的就业规划说了哪些培训", ("d0", "d5")),
    ],
)
def test_plans_of_one_name(many: Answerer, question: str, documents: tuple[str, ...]):
    """Every place has a plan of that name: the whole title, or the place beside it, says which is meant."""
    assert understand(question, many.context).documents == documents


def test_two_places_of_six_are_no_two(many: Answerer):
    """两地 says which two only where there are few: of six cities it names none, and the best are answered for."""
    assert understand("两地每年培训多少农民工", many.context).regions == ()


def test_a_clause_that_only_one_has(many: Answerer):
    """Where only one of many documents has the clause nobody is asked which; a step from there stays in it."""
    answer = many.ask("第四章讲什么")
    assert [(c.document, c.clause) for c in answer.citations] == [("d5", "第四章")]
    before = many.ask("上一条呢", [Turn("第四章讲什么")])
    assert [(c.document, c.clause) for c in before.citations] == [("d5", "第三章")]


def test_a_phrase_of_the_documents_asked(many: Answerer):
    """However many others hold the phrase, those asked are looked at; of all of them the first are enough."""
    rows = rows_with("灵活就业", many.store, {"d5"}, most=1)
    assert [many.store.passages[row].document for row in rows] == ["d5"]
    first = {many.store.passages[row].document for row in rows_with("灵活就业", many.store, most=2)}
    assert first == {"d0", "d1"}
