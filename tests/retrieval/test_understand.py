"""Questions as people type them, and what is read from each."""

import pytest

from index.types import Document, Role
from retrieval.kinds import attribute_of, kinds_of, roles_of
from retrieval.naming import Names, is_named, short_region
from retrieval.pipeline import Answerer
from retrieval.types import FactKind
from retrieval.understand import understand


@pytest.fixture
def read(answerer: Answerer):
    """Understand a question over the shipped corpus."""
    return lambda text: understand(text, answerer.context)


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("襄阳灵活就业有补贴吗", ("襄阳市",)),
        ("青浦区每年新增多少岗位", ("青浦区",)),
        ("襄樊的失业率", ("襄阳市",)),  # the former name
        ("湖北这边社保怎么说", ("襄阳市",)),  # the province it lies in
        ("朱家角找工作去哪", ("青浦区",)),  # a part of it
        ("我们区有什么创业政策", ("青浦区",)),
        ("我市的失业率", ("襄阳市",)),
        ("青浦和襄阳哪边高", ("青浦区", "襄阳市")),
        ("襄阳跟青浦比比", ("襄阳市", "青浦区")),
        ("两地和谐企业创建率", ("青浦区", "襄阳市")),
        ("两边规划怎么说", ("青浦区", "襄阳市")),
        ("两家的目标差多少", ("青浦区", "襄阳市")),
        ("人在青浦上班,工地在外地,两边踢皮球", ("青浦区",)),
        ("同时在两家公司上班,工伤算谁的", ()),
        ("夫妻两地分居能调动吗", ()),
        ("灵活就业有补贴吗", ()),
        ("上海青浦的规划", ("青浦区",)),
        ("南漳县的失业率", ("襄阳市",)),  # a county of it that no manifest names
    ],
)
def test_regions_are_found_under_all_their_names(read, question, regions):
    """Full, short and former names, what a place lies in and its parts, in the order asked."""
    assert read(question).regions == regions


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("武汉的灵活就业补贴咋领", ("武汉",)),
        ("深圳和襄阳的差别", ("深圳",)),
        ("襄阳的补贴", ()),
        ("旬阳市的村医工资多少", ("旬阳市",)),  # counties and districts by their full names
        ("锦江区小学作业", ("锦江区",)),
        ("怎样适应城市生活", ()),  # 应城市 is a city, here it is none
        ("示范县有几个", ()),
        ("长三角有什么合作", ()),
    ],
)
def test_places_that_no_document_covers(read, question, places):
    """A place outside the corpus is noticed, one that a document speaks of is an ordinary word."""
    assert read(question).elsewhere == places


@pytest.mark.parametrize(
    ("question", "core"),
    [
        ("请问襄阳的灵活就业补贴是怎么规定的?", "灵活就业补贴"),
        ("青浦到2025年零就业家庭有多少", "零就业家庭有"),
        ("“十三五”期末襄阳城镇登记失业率是多少", "城镇登记失业率是"),
        ("规划里提到了根治欠薪吗", "根治欠薪"),
        ("多少", "多少"),
    ],
)
def test_the_core_is_what_the_rankers_see(read, question, core):
    """Places, periods, courtesies and ways of asking are cut; something always remains."""
    assert read(question).core.replace(" ", "").removeprefix("的") == core


def test_periods_become_the_words_of_documents(read):
    """上个五年 is searched for as 十三五, a short year in full."""
    assert read("上个五年襄阳的失业率").period == "十三五"
    assert read("到25年底襄阳的失业率").period == "2025年"


def test_an_address_is_taken_out_of_the_words(read):
    """A clause address is looked up, and does not colour the search."""
    question = read("青浦规划第三部分(四)第3点,社保大厅最后要做成啥样")
    assert question.addresses == ("第三部分(四)第3点",)
    assert "部分" not in question.core
    assert "社保大厅" in question.core


def test_quoted_words_are_meant_literally(read):
    """Any pair of quotation marks will do."""
    assert read('哪条提到"双随机"').phrases == ("双随机",)
    assert read("“西劳外输”写在哪一条").phrases == ("西劳外输",)


def test_everyday_words_are_translated(read):
    """The thesaurus names the documents' own words."""
    ((said, official),) = read("老板跑路了怎么办").synonyms
    assert said == "老板跑路"
    assert "欠薪保障金" in official


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("一个月发多少钱", {FactKind.AMOUNT, FactKind.COUNT}),
        ("电话多少", {FactKind.TELEPHONE}),
        ("要带哪些材料", {FactKind.MATERIAL, FactKind.LIST}),
        ("怎么申请", {FactKind.PROCEDURE}),
        ("多久能解决", {FactKind.DATE}),
        ("符合什么条件", {FactKind.CONDITION}),
        ("上哪反映", {FactKind.PLACE}),
        ("哪个部门负责", {FactKind.RESPONSIBLE}),
        ("覆盖率多少", {FactKind.SHARE, FactKind.COUNT}),
        ("有补贴吗", {FactKind.YES_NO}),
        ("哪边定得高", {FactKind.COMPARISON}),
        ("灵活就业补贴", {FactKind.OPEN}),
    ],
)
def test_kinds_of_fact(question, kinds):
    """Each way of asking wants its own kind of fact."""
    assert kinds_of(question) == kinds


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("基准值和目标值", {Role.BASELINE, Role.TARGET}),
        ("实际做到多少", {Role.ACTUAL}),
        ("目标是多少", {Role.TARGET}),
        ("有多少人", set()),
        ("大学生创业有没有专门的计划或者基地", set()),
    ],
)
def test_roles_of_the_value_asked_for(question, roles):
    """Target, baseline and actual are told apart; a 计划 in the other sense is none."""
    assert roles_of(question) == roles


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("哪些指标是约束性的", "约束性"),
        ("哪些指标不是约束性的", "预期性"),
        ("预期性指标有哪些", "预期性"),
        ("约束性是什么意思", ""),
    ],
)
def test_a_list_of_indicators_by_attribute(question, attribute):
    """Not of one kind means of the other."""
    assert attribute_of(question) == attribute


@pytest.mark.parametrize(
    "question",
    [
        "《襄阳市人力资源和社会保障事业发展“十四五”规划》第六章讲什么",
        "人力资源和社会保障事业发展“十四五”规划里的零工市场",
    ],
)
def test_a_document_named_by_its_title(read, question):
    """A title, with or without the region before it, says which document is asked."""
    assert read(question).documents == ("xiangyang",)
    assert "事业发展" not in read(question).core


@pytest.mark.parametrize(
    ("region", "short"),
    [
        ("广州市", "广州"),
        ("青浦区", "青浦"),
        ("恩施土家族苗族自治州", "恩施"),
        ("浙江省", "浙江"),
        ("内蒙古自治区", "内蒙古"),
        ("浦东新区", "浦东"),
        ("赵县", ""),
        ("全国", "全国"),
    ],
)
def test_regions_as_people_say_them(region: str, short: str):
    """A region is known by its name without the kind of place it is, where two characters are left."""
    assert short_region(region) == short


@pytest.mark.parametrize(
    ("title", "question", "meant"),
    [
        ("就业促进法", "就业促进法规定了什么", True),
        ("河南省失业保险条例(修订)", "河南省失业保险条例(修订)什么时候施行", True),
        ("财政部", "财政部对企业有什么支持", False),  # the page of an office, headed by its name
        ("财政部", "《财政部》里写了什么", True),
        ("非接触式办税", "四川怎样加强非接触式办税服务", False),  # words that are a page's heading, too
    ],
)
def test_a_title_is_meant_where_it_reads_as_one(title, question, meant):
    """A question is not confined to a page because its heading is made of everyday words."""
    assert is_named(title, question) is meant


def test_a_region_keeps_its_own_name():
    """Where a city has documents of its own, its name is no longer a district's."""

    def document(name: str, region: str, *aliases: str) -> Document:
        return Document(name, f"{region}规划", region, aliases, None, None, None, None, f"{name}.txt", "")

    district = document("a", "丙山区", "丙山", "丙海市丙山区", "丙海市", "丙海")
    assert ("丙海", "丙山区") in Names.of([district]).regions
    both = Names.of([district, document("b", "丙海市")]).regions
    assert [region for name, region in both if name == "丙海"] == ["丙海市"]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("青浦三(一)2②原文", "三(一)2②"),
        ("青浦三\uff08一\uff09\uff12②原文", "三(一)2②"),
        ("襄阳第三章第三节六、3讲什么", "第三章第三节六、3"),
    ],
)
def test_a_circled_number_stays_a_level_of_an_address(read, question, address):
    """Folded with the rest, 2② would be 22."""
    found = read(question)
    assert found.addresses == (address,)
    assert not any(char in found.core for char in "②2\uff12")
