"""What people write and what they get, through a real application and the Bot API peer."""

import threading
from typing import Any

import pytest

from bot.access import Role
from bot.channels.telegram import texts
from bot.channels.telegram.menus import CITIZEN, CITIZEN_IN_ENGLISH, Commands, commands_of
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person, make_group
from bot.settings import BotSettings
from retrieval.types import Answer
from tests.bot.channels.telegram.conftest import EXAMPLES, Running, Start, make_answer

PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]


async def test_a_question_gets_its_answer_with_the_source(bot: Running):
    """The point comes first, then the numbered source with its address."""
    sent = await bot.person().ask("灵活就业有补贴吗")
    assert sent.text == (
        "答:灵活就业有补贴吗[1]\n\n[1]《甲市就业规划》第一章一(甲政发〔2021〕1号;规划期2021—2025年)"
    )
    assert (sent.parse_mode, sent.reply_to) == ("HTML", None)


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("/start", texts.start(EXAMPLES[:3])),
        ("/start payload", texts.start(EXAMPLES[:3])),
        ("/help", texts.HELP),
        ("/privacy", texts.privacy(BotSettings())),
        ("/nonsense", texts.UNKNOWN_COMMAND),
        ("/ask", texts.EMPTY_QUESTION),
    ],
)
async def test_commands(bot: Running, command: str, reply: str):
    """Each command says its sentence, whatever stands after it."""
    assert (await bot.person().ask(command)).text == reply
    assert bot.answerer.asked == []


def test_the_greeting_offers_the_questions_it_is_given():
    """Without any examples it still says how to begin."""
    assert "点下面的例子" in texts.start(EXAMPLES[:2])
    assert "例子" not in texts.start(())


def test_the_privacy_note_says_how_much_is_remembered():
    """The number comes from the settings; nothing remembered is said as such."""
    assert "最近 3 个问题" in texts.privacy(BotSettings(remembered_turns=3))
    assert "最近" not in texts.privacy(BotSettings(remembered_turns=0))


async def test_follow_ups_are_remembered_for_each_person(bot: Running):
    """Two people in one group, and one person in two chats, are three conversations."""
    first, second, group = bot.person(1), bot.person(2), make_group(bot.api)
    await first.ask("/ask 甲", group)
    await second.ask("/ask 乙", group)
    await first.ask("/ask 丙", group)
    await first.ask("丁")
    assert bot.answerer.asked == [("甲", ()), ("乙", ()), ("丙", ("甲",)), ("丁", ())]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@policy_bot 补贴多少", "补贴多少"),
        ("请问 @Policy_Bot", "请问"),
        ("😀🇨🇳@policy_bot 补贴多少@policy_bot", "😀🇨🇳 补贴多少"),
        ("/ask 补贴多少", "补贴多少"),
        ("/ask@policy_bot\n补贴多少", "补贴多少"),
    ],
)
async def test_a_group_is_answered_when_it_calls(bot: Running, text: str, asked: str):
    """A mention is taken out of the question; the answer quotes the message."""
    group = make_group(bot.api)
    person = bot.person()
    message = await person.send(text, group)
    assert (await person.receive(group)).reply_to == message
    assert bot.answerer.asked == [(asked, ())]


async def test_a_group_is_answered_when_it_replies_to_the_bot(bot: Running):
    """A reply to another person is not for us."""
    person, other, group = bot.person(1), bot.person(2), make_group(bot.api)
    said = await person.ask("/ask 甲", group)
    chatter = await other.send("随便聊聊", group)
    await person.send("回复别人", group, reply_to=chatter)
    await person.send("那条件呢", group, reply_to=said.id)
    await person.receive(group)
    assert bot.answerer.asked == [("甲", ()), ("那条件呢", ("甲",))]


@pytest.mark.parametrize(
    "text", ["大家好", "@other_bot 补贴多少", "/ask@other_bot 补贴", "/nonsense", "a@policy_bot.cn"]
)
async def test_other_talk_in_a_group_is_left_alone(bot: Running, text: str):
    """Only what comes after it is answered."""
    person, group = bot.person(), make_group(bot.api)
    await person.send(text, group)
    await person.send("", group, photo=PHOTO)
    assert (await person.ask("/help", group)).text == texts.HELP
    assert bot.answerer.asked == []


async def test_a_bare_mention_is_asked_what_it_wants(bot: Running):
    """There is no question in it."""
    group = make_group(bot.api)
    assert (await bot.person().ask("@policy_bot", group)).text == texts.EMPTY_QUESTION


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO, "caption": "这是什么"},
        {"sticker": PHOTO[0] | {"type": "regular", "is_animated": False, "is_video": False}},
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
        {"location": {"longitude": 121.1, "latitude": 31.1}},
    ],
    ids=["photo", "sticker", "voice", "location"],
)
async def test_what_is_not_text_gets_one_line(bot: Running, content: dict[str, Any]):
    """It is never read as a question."""
    person = bot.person()
    await person.post(**content)
    assert (await person.receive()).text == texts.NOT_TEXT
    assert bot.answerer.asked == []


async def test_a_document_gets_one_line(bot: Running):
    """Files are for later."""
    person = bot.person()
    await person.upload("规划.txt", "第一章".encode())
    assert (await person.receive()).text == texts.NOT_TEXT


async def test_an_album_gets_one_line(bot: Running):
    """Telegram sends each picture of an album as a message of its own."""
    person = bot.person()
    for album in ("a", "a", "a", "b"):
        await person.post(photo=PHOTO, media_group_id=album)
    await person.send("/help")
    assert [(await person.receive()).text for _ in range(3)] == [texts.NOT_TEXT, texts.NOT_TEXT, texts.HELP]


async def test_edits_and_service_messages_get_nothing(bot: Running):
    """A changed message was answered before; a pinned one asks nothing."""
    person = bot.person()
    message = bot.api.telegram.messages[await person.send("甲")]
    await person.receive()
    await bot.api.push("edited_message", message | {"text": "乙", "edit_date": message["date"]})
    await person.post(pinned_message=message)
    assert (await person.ask("/help")).text == texts.HELP
    assert [question for question, _ in bot.answerer.asked] == ["甲"]


async def test_typing_is_shown_while_the_answer_is_made(bot: Running):
    """The answer here waits for the typing sign."""
    seen = threading.Event()

    def answer() -> Answer:
        seen.wait(20)
        return make_answer("甲", "答完")

    bot.answerer.script["甲"] = answer
    person = bot.person()
    await person.send("甲")
    (call,) = await bot.api.called("sendChatAction")
    seen.set()
    assert call.params == {"chat_id": "42", "action": "typing"}
    assert (await person.receive()).text.startswith("答完")


async def test_a_late_answer_is_given_up_with_a_sentence(start_bot: Start):
    """The next question is answered as always."""
    bot = await start_bot(answer_deadline_s=1)
    released = threading.Event()

    def answer() -> Answer:
        released.wait(20)
        return make_answer("甲", "太晚")

    bot.answerer.script["甲"] = answer
    person = bot.person()
    assert (await person.ask("甲")).text == texts.LATE
    released.set()
    assert (await person.ask("乙")).text.startswith("答:乙")


async def test_the_menu_lists_the_commands(bot: Running):
    """What the menu offers is what the bot knows."""
    await bot.api.called("setMyCommands", 2)
    await bot.person().ask("/help")
    assert bot.api.telegram.commands == {"default": shown(CITIZEN), "defaulten": shown(CITIZEN_IN_ENGLISH)}


async def test_an_anonymous_admin_is_answered(bot: Running):
    """Such a message comes from Telegram's stand-in for the group."""
    group = make_group(bot.api)
    stand_in = Person(bot.api, 1087968824, "Group")
    stand_in.user["is_bot"] = True
    sender = bot.api.telegram.chats[group]
    message = {"text": "/ask 甲", "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}
    await stand_in.post(group, sender_chat=sender, **message)
    await stand_in.receive(group)
    assert bot.answerer.asked == [("甲", ())]


def shown(commands: Commands) -> list[dict[str, str]]:
    return [{"command": name, "description": words} for name, words in commands]


async def test_the_menu_of_staff_and_admins(start_bot: Start, api: FakeBotApi):
    """Each sees what the role may use, in the chat with the bot; a stranger's menu keeps nobody's back."""
    first, _ = Person(api, 1), Person(api, 2)
    await start_bot(telegram={"staff": (1, 99), "admins": (2,)})
    await api.called("setMyCommands", 5)
    await first.ask("/help")
    assert api.telegram.commands["1"] == shown(commands_of(Role.STAFF))
    assert api.telegram.commands["2"] == shown(commands_of(Role.ADMIN))
    assert "99" not in api.telegram.commands
