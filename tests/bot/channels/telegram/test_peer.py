"""The peer refuses what Telegram refuses; were it lax, the other tests would prove nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.demo.peer.bot_api import FakeBotApi, Fault
from bot.demo.peer.telegram_html import MarkupError, parse
from bot.demo.peer.telegram_people import Person
from tests.bot.channels.telegram.conftest import MakeClient

Attempt = Callable[[Bot], Awaitable[object]]


@pytest.fixture
async def client(api: FakeBotApi, make_client: MakeClient) -> AsyncIterator[Bot]:
    async with make_client(api.token) as bot:
        yield bot


def keyboard(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("看原文", callback_data=data)]])


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda bot: bot.send_message(42, " \n"), "text is empty"),
        (lambda bot: bot.send_message(42, "<b></b>", "HTML"), "text is empty"),
        (lambda bot: bot.send_message(42, "字" * 4097), "message is too long"),
        (lambda bot: bot.send_message(42, "😀" * 2049), "message is too long"),
        (lambda bot: bot.send_message(42, "<b>粗", "HTML"), "can't parse entities"),
        (lambda bot: bot.send_message(43, "甲"), "chat not found"),
        (lambda bot: bot.send_message(42, "甲", reply_to_message_id=999), "replied not found"),
        (lambda bot: bot.send_message(42, "甲", reply_markup=keyboard("字" * 22)), "BUTTON_DATA_INVALID"),
        (lambda bot: bot.edit_message_text("甲", 42, 999), "to edit not found"),
        (lambda bot: bot.answer_callback_query("999"), "too old"),
        (lambda bot: bot.get_file("missing"), "invalid file_id"),
        (lambda bot: bot.send_photo(42, "missing"), "no file"),
    ],
)
async def test_refusals(api: FakeBotApi, client: Bot, attempt: Attempt, words: str):
    """Each with the words of Telegram's own error."""
    Person(api, 42)
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await attempt(client)


async def test_the_limit_counts_after_the_tags(api: FakeBotApi, client: Bot):
    """4096 letters in bold fit."""
    person = Person(api, 42)
    await client.send_message(42, f"<b>{'字' * 4096}</b>", "HTML")
    sent = await person.receive()
    assert (sent.text, sent.entities) == ("字" * 4096, [{"type": "bold", "offset": 0, "length": 4096}])


@pytest.mark.parametrize(
    "html",
    ["a<b", "<b>x</i>", "<b>x", "x</b>", "<p>x</p>", "<>", "< b>x</b>", "<b>x<", "<blockquote><blockquote>x"],
)
def test_broken_markup(html: str):
    """Unknown, unclosed and wrongly nested tags and a bare angle bracket."""
    with pytest.raises(MarkupError):
        parse(html)


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("&lt;b&gt; &amp;amp; &copy; & x>y", "<b> &amp; &copy; & x>y", []),
        ("😀<b>粗<i>斜</i></b>", "😀粗斜", [("italic", 3, 1), ("bold", 2, 2)]),
        ("<blockquote expandable>引\n文</blockquote>", "引\n文", [("expandable_blockquote", 0, 3)]),
        ('<a href="https://a.cn/?x=1">链</a><code>1</code>', "链1", [("text_link", 0, 1), ("code", 1, 1)]),
    ],
)
def test_markup(html: str, text: str, entities: list[tuple[str, int, int]]):
    """Visible text and entities, counted in UTF-16 units."""
    shown, found = parse(html)
    assert (shown, [tuple(entity.values()) for entity in found]) == (text, entities)


async def test_faults_reach_the_bot_as_telegrams(api: FakeBotApi, client: Bot):
    """One fault a call, in order; then all is well again."""
    Person(api, 42)
    api.fail("sendMessage", Fault(retry_after=1), Fault(drop=True), Fault(status=409, description="Conflict"))
    for error in (RetryAfter, TelegramError, Conflict):
        with pytest.raises(error):
            await client.send_message(42, "甲")
    api.telegram.blocked.add(42)
    with pytest.raises(Forbidden):
        await client.send_message(42, "甲")
    api.telegram.blocked.clear()
    assert (await client.send_message(42, "乙")).text == "乙"


async def test_a_wrong_token_is_refused(make_client: MakeClient):
    """Whatever is called."""
    with pytest.raises(InvalidToken):
        await make_client("1:x").get_me()


async def test_polling_confirms_by_offset(api: FakeBotApi, client: Bot):
    """An update comes again until a higher offset confirms it."""
    person = Person(api, 42)
    await person.send("甲")
    await person.send("乙")
    first, second = await client.get_updates(timeout=0)
    assert [u.update_id for u in await client.get_updates(timeout=0)] == [first.update_id, second.update_id]
    assert [u.message and u.message.text for u in await client.get_updates(offset=second.update_id)] == ["乙"]
    assert await client.get_updates(offset=second.update_id + 1, timeout=0) == ()


async def test_a_second_poller_ends_the_first(api: FakeBotApi, client: Bot, make_client: MakeClient):
    """The first gets a conflict, the second the update."""
    async with make_client(api.token) as other:
        first = asyncio.create_task(other.get_updates(timeout=20))
        await api.called("getUpdates")
        second = asyncio.create_task(client.get_updates(timeout=20))
        with pytest.raises(Conflict):
            await first
        await Person(api, 42).send("甲")
        assert [u.message and u.message.text for u in await second] == ["甲"]


async def test_a_button_is_tapped_answered_and_edited(api: FakeBotApi, client: Bot):
    """The tap comes as an update, its answer goes to who tapped, the edit to the chat."""
    person = Person(api, 42)
    await client.send_message(42, "甲", reply_markup=keyboard("v1:1"))
    message = await person.receive()
    tap = asyncio.create_task(person.tap(message, "看原文"))
    (update,) = await client.get_updates(timeout=20)
    assert update.callback_query
    await update.callback_query.answer("好")
    assert (await tap)["text"] == "好"
    await update.callback_query.edit_message_text("乙")
    assert (update.callback_query.data, (await person.receive()).text) == ("v1:1", "乙")
    with pytest.raises(BadRequest, match="not modified"):
        await client.edit_message_text("乙", 42, message.id)


async def test_files_go_both_ways(api: FakeBotApi, client: Bot):
    """Byte for byte."""
    person = Person(api, 42)
    await person.upload("规划.txt", "第一章".encode())
    (update,) = await client.get_updates(timeout=20)
    assert update.message
    assert update.message.document
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == "第一章".encode()
    await client.send_document(42, InputFile(b"\x00\x01", "a.bin"), caption="附件")
    await client.send_photo(42, InputFile(b"\x89PNG", "a.png"))
    document, photo = await person.receive(), await person.receive()
    assert (document.text, document.file, photo.file) == ("附件", b"\x00\x01", b"\x89PNG")
