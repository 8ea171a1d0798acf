"""The robot against a real websocket peer that repeats itself, breaks off, keeps silent and sends rubbish."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.assistant import Assistant
from bot.channels.wecom import texts
from bot.channels.wecom.answering import Desk
from bot.channels.wecom.types import Robot
from bot.errors import ChannelError
from bot.records.records import open_records
from bot.settings import BotSettings
from tests.bot.channels.web.stub import QUOTE, StubAnswerer
from tests.bot.channels.wecom.conftest import QUICK, running
from tests.bot.channels.wecom.peer import event, message, open_peer

POINT = "新增公园绿地:12.5公顷(2025年目标)\\[1\\]"


async def test_a_question_is_acknowledged_and_answered_in_one_bubble(robot, peer):
    """First that it is looked up, then the answer in the same stream with its sources."""
    await peer.say(message("m1", "每年新增多少绿地"))
    first, last = await peer.words("req-m1")
    assert first == texts.LOOKING_UP
    assert last.startswith(POINT)
    assert "\\[1\\] 《绿源市园林绿化“十四五”规划》三(二)1" in last
    ids = {f["body"]["stream"]["id"] for f in peer.frames if f["cmd"] == "aibot_respond_msg"}
    assert len(ids) == 1


async def test_the_first_frame_of_a_connection_says_who_it_is(robot, peer):
    """Id and secret; the secret is in no repr."""
    assert (peer.frames[0]["cmd"], peer.frames[0]["body"]) == (
        "aibot_subscribe",
        {"bot_id": "robot", "secret": "mima-1"},
    )
    assert "mima-1" not in repr(Robot("robot", "mima-1"))


async def test_a_repeated_message_is_answered_once(answerer, peer, tmp_path):
    """By its msgid, also on another connection and by another process on the same records."""
    records = open_records(BotSettings().records, tmp_path, 5)
    desk = Desk(Assistant(answerer, BotSettings(), records), 5)
    async with running(desk, peer.url):
        await peer.subscribed()
        await peer.say(message("m1", "问题"))
        await peer.say(message("m1", "问题"))
        await peer.words("req-m1")
        await peer.sockets[-1].close()
        await peer.subscribed(2)
        await peer.say(message("m1", "问题"))
        await peer.say(message("m2", "另一个问题"))
        await peer.words("req-m2")
    records.close()
    assert [question for question, _, _ in answerer.asked] == ["问题", "另一个问题"]


async def test_it_connects_anew_and_goes_on(robot, peer):
    """However often the other side breaks off, also in the middle of nothing."""
    for times in (2, 3, 4):
        peer.sockets[-1].transport.abort()
        await peer.subscribed(times)
    await peer.say(message("m9", "问题"))
    assert (await peer.words("req-m9"))[-1].startswith(POINT)


async def test_an_answer_that_lost_its_connection_is_sent_on_the_next(robot, peer, answerer):
    """By itself, to the person who asked."""
    answerer.release.clear()
    await peer.say(message("m1", "问题"))
    await peer.until(lambda: any(f["headers"]["req_id"] == "req-m1" for f in peer.frames))
    peer.sockets[-1].transport.abort()
    answerer.release.set()
    await peer.until(lambda: peer.pushed or len(await_finished(peer)) > 0)
    shown = [*(body["markdown"]["content"] for body in peer.pushed), *await_finished(peer)]
    assert (len(shown), shown[0].startswith(POINT)) == (1, True)
    assert [body["chatid"] for body in peer.pushed] in ([], ["zhang"])


def await_finished(peer):
    streams = [f["body"]["stream"] for f in peer.frames if f["cmd"] == "aibot_respond_msg"]
    return [stream["content"] for stream in streams if stream["finish"]]


async def test_a_refused_stream_is_sent_by_itself(robot, peer):
    """A bubble that WeCom has closed does not lose the answer; a group gets it as the group."""
    peer.refused["aibot_respond_msg"] = 846608
    await peer.say(message("m1", "@小青 问题", chattype="group", chatid="g7"))
    await peer.until(lambda: peer.pushed)
    assert (peer.pushed[0]["chatid"], peer.pushed[0]["msgtype"]) == ("g7", "markdown")
    assert peer.pushed[0]["markdown"]["content"].startswith(POINT)


async def test_in_a_group_the_name_it_was_called_by_is_no_word_of_the_question(robot, peer, answerer):
    """The conversation is the person's in the group."""
    await peer.say(message("m1", "@小青 每年多少", chattype="group", chatid="g7"))
    await peer.words("req-m1")
    await peer.say(message("m2", "@小青 那条件呢", sender="li", chattype="group", chatid="g7"))
    await peer.words("req-m2")
    assert answerer.asked == [("每年多少", (), None), ("那条件呢", (), None)]


async def test_a_follow_up_waits_for_the_question_before_it(robot, peer, answerer):
    """Two quick messages of one person are answered in order, the second knowing the first."""
    await peer.say(message("m1", "问题一"))
    await peer.say(message("m2", "问题二"))
    await peer.words("req-m2")
    assert answerer.asked == [("问题一", (), None), ("问题二", ("问题一",), None)]


RUBBISH = [
    "not json",
    "[]",
    "null",
    "[" * 100_000,
    b"\x00\xff\xfe",
    '{"cmd": 5, "headers": 7, "body": "x", "errcode": "no"}',
    {"cmd": "aibot_msg_callback"},
    {"cmd": "aibot_msg_callback", "headers": {"req_id": "r"}, "body": {"msgid": ["m"], "from": "x"}},
    {"cmd": "aibot_event_callback", "headers": {}, "body": {"event": []}},
    {"cmd": "something_new", "headers": {"req_id": "r"}},
    {"headers": {"req_id": "nobody asked"}, "errcode": 0},
    message("bad", None),
    message("mixed", "", msgtype="mixed", mixed={"msg_item": [3, {"msgtype": "image"}]}),
]


async def test_rubbish_is_skipped_and_the_next_question_answered(robot, peer, answerer):
    """On the same connection; what is no message reaches nobody."""
    for rubbish in RUBBISH:
        await peer.say(rubbish)
    await peer.say(message("m1", "问题"))
    assert (await peer.words("req-m1"))[-1].startswith(POINT)
    assert (len(peer.sockets), [question for question, _, _ in answerer.asked]) == (1, ["问题"])


async def test_a_frame_past_all_measure_costs_the_connection_only(robot, peer):
    """It is not read; the robot comes back."""
    await peer.say("x" * ((1 << 20) + 1))
    await peer.subscribed(2)
    await peer.say(message("m1", "问题"))
    assert (await peer.words("req-m1"))[-1].startswith(POINT)


async def test_who_keeps_silent_is_left(desk, peer):
    """Two heartbeats without an answer end the connection; a new one is made."""
    peer.silent.add("ping")
    async with running(desk, peer.url, pace=replace(QUICK, heartbeat_s=0.02, answer_s=0.05)):
        await peer.subscribed(2)
    assert peer.beats >= 2


@pytest.mark.parametrize(
    ("say", "shown"),
    [
        (message("m1", "帮助"), texts.HELP),
        (message("m2", "隐私"), texts.PRIVACY),
        (message("m3", "删除我的记录"), texts.FORGOTTEN),
        (message("m4", "示例"), texts.greeting(("公园绿地的目标是多少", "古树名木怎么保护"))),
        (message("m5", "", msgtype="image", image={"url": "x"}), texts.NOT_TEXT),
        (message("m6", "  "), texts.greeting(("公园绿地的目标是多少", "古树名木怎么保护"))),
    ],
    ids=["help", "privacy", "forget", "examples", "picture", "blank"],
)
async def test_what_needs_no_search_is_said_at_once(robot, peer, answerer, say, shown):
    """One frame, finished; nothing is asked."""
    await peer.say(say)
    assert (await peer.words(say["headers"]["req_id"]), answerer.asked) == ([shown], [])


@pytest.mark.parametrize(
    "more",
    [
        {"msgtype": "voice", "voice": {"content": "每年新增多少绿地"}},
        {
            "msgtype": "mixed",
            "mixed": {"msg_item": [{"msgtype": "image"}, {"text": {"content": "每年新增多少绿地"}}]},
        },
    ],
    ids=["spoken", "between pictures"],
)
async def test_words_are_found_where_there_are_some(robot, peer, answerer, more):
    """WeCom writes down what was spoken."""
    await peer.say(message("m1", "", **more))
    await peer.words("req-m1")
    assert answerer.asked == [("每年新增多少绿地", (), None)]


async def test_who_opens_the_chat_is_greeted(robot, peer):
    """With questions to try."""
    await peer.say(event("enter_chat"))
    await peer.until(lambda: peer.frames[-1]["cmd"] == "aibot_respond_welcome_msg")
    assert peer.frames[-1]["body"]["text"]["content"].startswith("您好\uff01")


async def test_a_failing_answerer_is_told_as_a_number(peer):
    """The bubble is closed; the log knows the number."""

    def fail(*_):
        raise RuntimeError("secret path /srv")

    desk = Desk(Assistant(StubAnswerer(fail), BotSettings()), 5)
    async with running(desk, peer.url):
        await peer.subscribed()
        await peer.say(message("m1", "问题"))
        last = (await peer.words("req-m1"))[-1]
    assert (last.startswith("刚才出了点问题"), "/srv" in last) == (True, False)


async def test_what_takes_too_long_is_told(answerer, peer):
    """Nobody looks at three dots for ever."""
    answerer.release.clear()
    async with running(Desk(Assistant(answerer, BotSettings()), 0.05), peer.url):
        await peer.subscribed()
        await peer.say(message("m1", "问题"))
        assert (await peer.words("req-m1"))[-1] == texts.LATE
        answerer.release.set()


async def test_a_wrong_secret_ends_it_with_a_sentence(desk, peer):
    """What to check; no storm of new tries."""
    async with running(desk, peer.url, secret="wrong") as task:
        with pytest.raises(ChannelError, match=r"errcode 40001.*POLICYBOT_WECOM_SECRET"):
            await task
    assert len(peer.frames) == 1


async def test_an_address_that_is_none_ends_it_with_a_sentence(desk):
    """Which key, which value."""
    async with running(desk, "http://x") as task:
        with pytest.raises(ChannelError, match=r"bot\.wecom\.url = 'http://x'"):
            await task


async def test_it_waits_for_a_server_that_is_not_there_yet(desk):
    """It is not told in what order the two are started."""
    async with open_peer() as peer:
        port = int(peer.url.rpartition(":")[2])
    async with running(desk, peer.url), open_peer(port) as later:
        await later.subscribed()
        await later.say(message("m1", "问题"))
        assert (await later.words("req-m1"))[-1].startswith(POINT)


async def test_a_robot_connected_elsewhere_does_not_fight(robot, peer):
    """It says so, waits, and comes back."""
    await peer.say(event("disconnected_event"))
    await peer.subscribed(2)
    assert not robot.done()


async def test_answers_under_way_are_sent_before_it_stops(desk, peer, answerer):
    """A signal in the middle of a question loses nothing."""
    answerer.release.clear()
    async with running(desk, peer.url):
        await peer.subscribed()
        await peer.say(message("m1", "问题"))
        await peer.until(lambda: any(f["headers"]["req_id"] == "req-m1" for f in peer.frames))
        asyncio.get_running_loop().call_soon(answerer.release.set)
    assert (await peer.words("req-m1"))[-1].startswith(POINT)


async def test_hostile_words_stay_words(peer):
    """Markdown in a document or a question draws nothing, links nowhere; the answer stays within its bytes."""
    evil = "[点我](http://evil.example) **粗** `码` <b>\n# 标题" + "长" * 8000

    def evilly(question, history, region):
        answer = StubAnswerer().answer
        line = replace(answer.statements[0], text=evil)
        return replace(answer, statements=(line,))

    async with running(Desk(Assistant(StubAnswerer(evilly), BotSettings()), 5), peer.url):
        await peer.subscribed()
        await peer.say(message("m1", "问题"))
        last = (await peer.words("req-m1"))[-1]
    assert last.startswith("\\[点我\\](http://evil.example) \\*\\*粗\\*\\* \\`码\\` \\<b\\>")
    assert len(last.encode()) <= 20_480
    assert json.loads(json.dumps(last)) == last
    assert QUOTE not in last


async def test_who_asks_too_fast_is_told_the_seconds(peer, answerer):
    """The second question within the minute is not computed."""
    desk = Desk(Assistant(answerer, BotSettings()), 5, per_minute=1)
    async with running(desk, peer.url):
        await peer.subscribed()
        await peer.say(message("m1", "问题"))
        await peer.words("req-m1")
        await peer.say(message("m2", "又一个问题"))
        (said,) = await peer.words("req-m2")
    assert said == "太快了\uff0c请过 60 秒再问。"
    assert [question for question, _, _ in answerer.asked] == ["问题"]
