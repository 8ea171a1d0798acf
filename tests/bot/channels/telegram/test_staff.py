"""What staff look up, by command, through a real application over the two shipped plans."""

import pytest

from bot.channels.telegram import texts
from bot.demo.peer.telegram_html import units
from bot.demo.peer.telegram_people import make_group
from bot.demo.peer.telegram_state import LONGEST_TEXT, Sent
from retrieval.pipeline import Answerer
from tests.bot.channels.telegram.conftest import Running, Start

STAFF, ADMIN, CITIZEN = 7, 8, 9
COMMANDS = ["/clause 襄阳 第六章第三节(三)2", "/find 双随机", "/indicator 创建率", "/compare 创建率", "/docs"]


@pytest.fixture
async def bot(start_bot: Start, answerer: Answerer) -> Running:
    return await start_bot(answering=answerer, telegram={"staff": (STAFF,), "admins": (ADMIN,)})


def kinds(sent: Sent) -> set[object]:
    return {entity["type"] for entity in sent.entities}


def words_of(sent: Sent, kind: str) -> list[str]:
    """The words of a message that a tap copies."""
    raw = sent.text.encode("utf-16-le")
    return [
        raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in sent.entities
        if e["type"] == kind
    ]


@pytest.mark.parametrize("command", COMMANDS)
async def test_nobody_else_learns_of_the_commands(bot: Running, command: str):
    """A citizen gets the very words of any unknown command; in a group, nothing."""
    assert (await bot.person(CITIZEN).ask(command)).text == texts.UNKNOWN_COMMAND
    group = make_group(bot.api)
    await bot.person(CITIZEN).send(command, group)
    assert (await bot.person(CITIZEN).ask("/help", group)).text == texts.HELP


@pytest.mark.parametrize("person", [STAFF, ADMIN])
async def test_a_clause_to_copy(bot: Running, store, person: int):
    """All its words in one tap, where it stands in another."""
    sent = await bot.person(person).ask("/clause 襄阳 第六章第三节(三)2")
    (words,), (where,) = words_of(sent, "pre"), words_of(sent, "code")
    clause = next(c for c in store.clauses["xiangyang"] if c.path == "第六章/第三节/(三)/具体路径/2")
    assert words == clause.span.of(store.texts["xiangyang"]).strip()
    assert where.startswith(
        "《襄阳市人力资源和社会保障事业发展“十四五”规划》第六章第三节(三)具体路径2(规划期2021—2025年"
    )


async def test_exact_words_everywhere(bot: Running, store):
    """Every passage that holds the words, each with where it stands; no message is too long."""
    person = bot.person(STAFF)
    sent = await person.ask("/find 双随机")
    holding = [p for p in store.passages if "双随机" in p.span.of(store.texts[p.document])]
    assert sent.text.startswith(f"“双随机”有 {len(holding)} 处\n")
    assert words_of(sent, "pre") == [p.span.of(store.texts[p.document]).strip() for p in holding]
    assert all(place.startswith("《") for place in words_of(sent, "code"))


async def test_a_long_list_is_cut_between_clauses(bot: Running):
    """Ten messages at most, each valid by itself; then how many are left."""
    person = bot.person(STAFF)
    parts = [await person.ask("/find 、")]
    parts += [await person.receive() for _ in range(10)]
    assert [units(part.text) <= LONGEST_TEXT for part in parts] == [True] * 11
    assert parts[10].text.startswith("后面还有 ")
    assert {part.parse_mode for part in parts[:10]} == {"HTML"}


async def test_values_of_a_measure(bot: Running, store):
    """Each value with its region, period and place."""
    sent = await bot.person(STAFF).ask("/indicator 登记失业率")
    rows = [row for row in store.indicators if "登记失业率" in row.name]
    assert sent.text.startswith(f"“登记失业率”有 {len(rows)} 个值\n")
    said = words_of(sent, "code")
    assert said[0] == "襄阳市 城镇登记失业率:不超过3.59%(“十三五”期末完成)"
    assert len(said) == len(rows)


async def test_a_measure_of_all_regions(bot: Running):
    """Each region has a heading; one that is silent says so."""
    person = bot.person(STAFF)
    sent = await person.ask("/compare 率")
    assert words_of(sent, "bold") == ["“率”各地对比", "青浦区", "襄阳市"]
    assert "未提及" not in sent.text
    await person.receive()  # the second half
    silent = await person.ask("/compare 登记失业率")
    assert "\n\n青浦区 未提及\n\n襄阳市\n城镇登记失业率:不超过3.59%" in silent.text


async def test_the_documents(bot: Running):
    """Number, period and state of each."""
    sent = await bot.person(STAFF).ask("/docs")
    assert sent.text.startswith("已收录 2 份文件\n\n《青浦区就业和社会保障“十四五”规划》\n青浦区 · ")
    assert words_of(sent, "code") == ["qingpu", "xiangyang"]
    assert sent.text.count("规划期2021—2025年") == 2


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("/clause", texts.CLAUSE_USAGE),
        ("/clause 襄阳", texts.CLAUSE_USAGE),
        ("/find", texts.FIND_USAGE),
        ("/indicator", texts.INDICATOR_USAGE),
        ("/compare", texts.COMPARE_USAGE),
        ("/find <b>&没有这话", texts.nowhere("<b>&没有这话")),
        ("/indicator 没有这个值", texts.no_value("没有这个值")),
    ],
)
async def test_what_cannot_be_found(bot: Running, command: str, reply: str):
    """It says how to write it, or what to try next."""
    assert (await bot.person(STAFF).ask(command)).text == reply


@pytest.mark.parametrize("command", ["/clause 火星 第一章", "/clause 襄阳 第九十九章"])
async def test_a_wrong_address(bot: Running, command: str):
    """It lists what there is."""
    said = (await bot.person(STAFF).ask(command)).text
    assert "没有" in said
    assert "青浦" in said or "第一章" in said
