"""What hangs under an answer, pressed through a real application over the two shipped plans."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.telegram import texts
from bot.channels.telegram.cards import Press, data_of, press_of
from bot.channels.telegram.keyboards import step
from bot.demo.peer.telegram_people import make_group
from bot.demo.peer.telegram_state import Sent
from bot.records.records import Records, open_records
from bot.records.schema import cards, feedback, preferences, questions, turns
from bot.records.types import Reason, Verdict
from bot.settings import RecordsSettings
from retrieval.pipeline import Answerer
from tests.bot.channels.telegram.conftest import EXAMPLES, Running, Start

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    opened = open_records(RecordsSettings(), tmp_path, 5)
    yield opened
    opened.close()


@pytest.fixture
async def bot(start_bot: Start, answerer: Answerer, records: Records) -> Running:
    return await start_bot(answering=answerer, records=records)


def rows(records: Records, query: str) -> list[tuple[str, ...]]:
    found = records.read(lambda connection: connection.exec_driver_sql(query).all())
    return [tuple(row) for row in found]


def labels(sent: Sent) -> list[list[str]]:
    return [[button["text"] for button in row] for row in sent.buttons]


def test_a_button_says_what_was_written():
    """What this program wrote it reads; what another one wrote it does not."""
    assert press_of(data_of("abc", "n", 100_007)) == Press("abc", "n", 100_007)
    for foreign in (None, "", "1:a:b", "2:a:b:0", "1:a:b:-1", "1:a:b:x", "1:a:b:\u0663"):
        assert press_of(foreign) is None


async def test_the_clause_of_a_source_and_its_neighbours(bot: Running):
    """A source opens its clause; the next clause takes its place, and back again."""
    person = bot.person()
    sent = await person.ask("襄阳灵活就业有补贴吗")
    assert labels(sent)[0] == ["原文 1", "原文 2", "原文 3"]
    assert await person.tap(sent, "原文 1")
    clause = await person.receive()
    assert clause.text.startswith(
        "《襄阳市人力资源和社会保障事业发展“十四五”规划》第三章第三节(四)具体路径3(规划期2021—2025年"
    )
    assert "落实灵活就业社会保险补贴" in clause.text
    await person.tap(clause, "◀ 上一条")
    before = (await person.receive()).text
    assert "第三章第三节(四)具体路径2(" in before
    assert "按规定落实创业补贴" in before
    await person.tap(clause, "下一条 ▶")
    assert "第三章第三节(四)具体路径3(" in (await person.receive()).text


async def test_a_clause_longer_than_a_message_is_read_page_by_page(bot: Running, store):
    """The pages together hold all its words; the message stays the same one."""
    person = bot.person()
    chapter = max(store.clauses["xiangyang"][1:], key=lambda c: c.span.end - c.span.start)
    sent = await person.ask("襄阳灵活就业有补贴吗")
    number = step(0, list(store.clauses["xiangyang"]).index(chapter))
    sent.buttons[0][0]["callback_data"] = data_of(
        press_of(sent.buttons[0][0]["callback_data"]).card, "n", number
    )
    await person.tap(sent, "原文 1")
    shown = await person.receive()
    pages = [shown.text]
    while "下一页 ▶" in labels(shown)[0]:
        await person.tap(shown, "下一页 ▶")
        shown = await person.receive()
        pages.append(shown.text)
    words = chapter.span.of(store.texts["xiangyang"])
    assert "".join("".join(pages).split()).endswith("".join(words.split()))
    assert labels(shown)[0] == ["◀ 上一页"]


async def test_values_as_a_picture(bot: Running):
    """The values told are drawn, with where they stand."""
    person = bot.person()
    sent = await person.ask("襄阳城镇登记失业率要控制在多少")
    await person.tap(sent, "数值图")
    picture = await person.receive()
    assert picture.file is not None
    assert picture.file.startswith(PNG)
    assert picture.text.startswith("城镇登记失业率\n")


async def test_another_region_asks_again(bot: Running):
    """The region chosen is remembered for the chat, and the question is asked there."""
    person = bot.person()
    sent = await person.ask("灵活就业有补贴吗")
    await person.tap(sent, "换个地区")
    offered = await person.receive()
    assert labels(offered) == [["青浦区", "襄阳市"], ["不限地区"]]
    await person.tap(offered, "青浦区")
    again = await person.receive()
    assert "《青浦区就业和社会保障“十四五”规划》" in again.text
    assert "襄阳" not in again.text
    assert "襄阳" not in (await person.ask("零工市场呢")).text


async def test_an_opinion_and_its_reason(bot: Running, records: Records):
    """没用 asks why; the reason is kept with the answer, in the log."""
    person = bot.person()
    sent = await person.ask("襄阳有多少技能大师工作室")
    assert (await person.tap(sent, "没用"))["text"] == texts.THANKS
    why = await person.receive()
    assert (await person.tap(why, "不完整"))["text"] == texts.THANKS
    assert (await person.receive()).text == texts.NOTED
    assert rows(records, "SELECT question FROM questions") == [("襄阳有多少技能大师工作室",)]
    assert rows(records, "SELECT verdict, reason FROM feedback") == [(Verdict.USELESS, Reason.INCOMPLETE)]


async def test_only_the_asker_judges_and_chooses(bot: Running):
    """In a group others may read the clause, but neither judge nor choose."""
    group = make_group(bot.api)
    asker, other = bot.person(1), bot.person(2)
    sent = await asker.ask("/ask 灵活就业有补贴吗", group)
    assert (await other.tap(sent, "有用"))["text"] == texts.NOT_YOURS
    assert (await other.tap(sent, "换个地区"))["text"] == texts.NOT_YOURS
    await other.tap(sent, "原文 1")
    assert (await other.receive(group)).text.startswith("《")


async def test_examples_are_asked_by_a_press(bot: Running):
    """The greeting's questions are buttons."""
    person = bot.person()
    greeting = await person.ask("/start")
    assert labels(greeting) == [[example] for example in EXAMPLES[:3]]
    await person.tap(greeting, EXAMPLES[0])
    assert (await person.receive()).text == texts.asked(EXAMPLES[0])
    assert "灵活就业" in (await person.receive()).text


async def test_everything_of_a_person_goes(bot: Running, records: Records):
    """After the second yes nothing is left of this person, all of another is, and the old buttons have expired."""
    person, other = bot.person(), bot.person(2)
    sent = await person.ask("灵活就业有补贴吗")
    await person.tap(sent, "有用")
    await other.ask("灵活就业有补贴吗")
    sure = await person.ask("/delete_my_data")
    assert sure.text == texts.SURE_TO_FORGET
    await person.tap(sure, "全部删掉")
    assert (await person.receive()).text.startswith("已经删掉")
    mine, others = (records.alias(f"telegram:{number}") for number in (42, 2))
    tables = (cards, feedback, preferences, questions, turns)
    left = records.read(lambda c: [c.execute(select(table.c.asker)).scalars().all() for table in tables])
    assert [found for found in left if mine in found] == []
    assert left[3] == [others]
    assert (await person.tap(sent, "有用"))["text"] == texts.EXPIRED


async def test_buttons_outlive_a_restart(start_bot: Start, answerer: Answerer, records: Records):
    """A new process knows the buttons of the one before it."""
    first = await start_bot(answering=answerer, records=records)
    sent = await first.person().ask("襄阳灵活就业有补贴吗")
    await first.end()
    records.flush()
    second = await start_bot(answering=answerer, records=records)
    await second.person().tap(sent, "原文 1")
    assert "落实灵活就业社会保险补贴" in (await second.person().receive()).text


async def test_a_button_nobody_knows(bot: Running):
    """A stale or forged button is answered, not left spinning."""
    person = bot.person()
    sent = await person.ask("灵活就业有补贴吗")
    sent.buttons[0][0]["callback_data"] = "1:nobody:c:0"
    assert (await person.tap(sent, "原文 1"))["text"] == texts.EXPIRED
    sent.buttons[0][0]["callback_data"] = "old"
    assert (await person.tap(sent, "原文 1"))["text"] == texts.EXPIRED
