"""What is kept of an update in hand: enough to answer it, and nothing else."""

from typing import Any

import pytest
from telegram import Bot, Update

from bot.channels.telegram import keyboards
from bot.channels.telegram.addressing import is_addressed, question_of
from bot.channels.telegram.cards import data_of
from bot.channels.telegram.keeping import taken_of

MOBILE = "13812345678"
PERSON = {
    "id": 7,
    "is_bot": False,
    "first_name": "张三",
    "last_name": "张",
    "username": "zhang",
    "language_code": "zh",
}
KEPT = {"id": 7, "is_bot": False, "first_name": ""}
PRIVATE = {"id": 7, "type": "private", "first_name": "张三"}
GROUP = {"id": -9, "type": "supergroup", "title": "居民群"}


class Named(Bot):
    """A bot that knows its name without asking."""

    @property
    def id(self) -> int:
        return 1

    @property
    def username(self) -> str:
        return "policy_bot"


BOT = Named("1:a")


def update(**content: Any) -> Update:
    read = Update.de_json({"update_id": 5, **content}, BOT)
    assert read
    return read


def message(chat: dict[str, Any], **content: Any) -> dict[str, Any]:
    return {"message_id": 3, "date": 1_700_000_000, "chat": chat, "from": PERSON, **content}


def test_a_question_is_kept_masked_and_without_names():
    """Chat and person by number, the words masked."""
    taken = taken_of(update(message=message(PRIVATE, text=f"打{MOBILE}行吗")))
    assert taken
    assert (taken.number, taken.asker) == (5, "telegram:7")
    assert taken.content == {
        "update_id": 5,
        "message": {
            "message_id": 3,
            "date": 1_700_000_000,
            "chat": {"id": 7, "type": "private"},
            "from": KEPT,
            "text": "打[手机号]行吗",
            "entities": [],
        },
    }


def test_the_bots_name_stays_a_name_where_words_before_it_are_masked():
    """Its place is counted anew, in UTF-16 units; what was asked is asked again."""
    before = f"😀我是{MOBILE},"
    offset = len(before.encode("utf-16-le")) // 2
    entities = [
        {"type": "mention", "offset": offset, "length": 11},
        {"type": "phone_number", "offset": 4, "length": 11},
    ]
    taken = taken_of(
        update(message=message(GROUP, text=f"{before}@policy_bot 补贴{MOBILE}", entities=entities))
    )
    assert taken
    assert taken.content
    again = update(message=taken.content["message"]).message
    assert again
    assert again.text == "😀我是[手机号],@policy_bot 补贴[手机号]"
    assert is_addressed(again)
    assert question_of(again) == "😀我是[手机号], 补贴[手机号]"


@pytest.mark.parametrize(
    "content",
    [
        {"message": message(GROUP, text="今天吃什么")},
        {"message": message(PRIVATE, pinned_message=message(PRIVATE, text="甲"))},
        {"inline_query": {"id": "1", "from": PERSON, "query": "补贴", "offset": ""}},
        {"edited_message": message(PRIVATE, text="甲")},
        {"channel_post": message(GROUP, text="甲")},
    ],
)
def test_what_nobody_answers_is_not_kept(content: dict[str, Any]):
    """Nor what comes with each letter typed."""
    assert taken_of(update(**content)) is None


def test_a_file_is_kept_by_its_number():
    """Its name masked."""
    document = {
        "file_id": "f",
        "file_unique_id": "u",
        "file_name": f"{MOBILE}.txt",
        "file_size": 3,
        "thumbnail": None,
    }
    taken = taken_of(update(message=message(PRIVATE, document=document, caption=f"替换{MOBILE}")))
    assert taken
    assert taken.content
    kept = taken.content["message"]
    assert kept["document"] == {
        "file_id": "f",
        "file_unique_id": "u",
        "file_name": "[手机号].txt",
        "file_size": 3,
    }
    assert kept["caption"] == "替换[手机号]"


@pytest.mark.parametrize(("verb", "again"), [(keyboards.SUGGESTION, True), (keyboards.YES, False)])
def test_a_press_is_kept_unless_it_must_not_be_done_twice(verb: str, again: bool):
    """What an admin confirmed is noted as taken and not tried again."""
    data = data_of("card", verb, 2)
    query = {
        "id": "9",
        "from": PERSON,
        "chat_instance": "1",
        "message": message(PRIVATE, text="答"),
        "data": data,
    }
    taken = taken_of(update(callback_query=query))
    assert taken
    shown = {"message_id": 3, "date": 1_700_000_000, "chat": {"id": 7, "type": "private"}, "from": KEPT}
    kept = {"id": "9", "data": data, "from": KEPT, "chat_instance": "", "message": shown}
    assert taken.content == ({"update_id": 5, "callback_query": kept} if again else None)
