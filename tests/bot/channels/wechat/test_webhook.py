"""The webhook, driven as WeChat drives it."""

import time
from dataclasses import replace

import httpx
import pytest

from bot.channels.wechat import texts, wire
from bot.channels.wechat.shorten import LIMIT
from tests.bot.channels.web.stub import ANSWER, QUOTE
from tests.bot.channels.wechat.conftest import QUESTION, message, text

POINT = "新增公园绿地:12.5公顷(2025年目标)"


@pytest.mark.parametrize("aes", [False, True], ids=["plain", "aes"])
def test_a_question_is_answered_in_words_with_its_source(opened, aes):
    """The reply goes back to who wrote, from the account, in the mode the account uses."""
    with opened(aes=aes) as person:
        reply = person.read(person.post(text(QUESTION)))
    assert (reply["ToUserName"], reply["FromUserName"], reply["MsgType"]) == ("oUSER", "gh_1", "text")
    assert "12.5公顷" in reply["Content"]
    assert "绿源市园林绿化“十四五”规划" in reply["Content"]


def test_the_server_is_verified_by_its_echo(opened):
    """GET gives the echo string back to whoever signed; nobody else gets anything."""
    with opened() as person:
        good = httpx.get(person.address, params={**person.seal(), "echostr": "7751"})
        bad = httpx.get(person.address, params={**person.seal(token="other"), "echostr": "7751"})
    assert (good.status_code, good.text) == (200, "7751")
    assert (bad.status_code, bad.text) == (403, "签名不对或已过期")


@pytest.mark.parametrize(
    "seal",
    [
        {},
        {"timestamp": "", "nonce": "", "signature": ""},
        {"timestamp": "١٢٣", "nonce": "n", "signature": "签名"},
        {"timestamp": "9" * 400, "nonce": "n", "signature": "0" * 40},
    ],
)
def test_an_unsigned_message_is_refused(opened, seal):
    """Missing, empty and absurd parameters are 403, and nothing is asked."""
    with opened() as person:
        assert httpx.post(person.address, params=seal, content=text(QUESTION)).status_code == 403
        assert person.answerer.asked == []


@pytest.mark.parametrize("apart_s", [-301, -86_400, 400])
def test_a_signature_of_another_time_is_refused(opened, apart_s):
    """What was recorded more than five minutes ago cannot be played again."""
    with opened() as person:
        stale = person.seal(at=int(time.time()) + apart_s)
        assert person.post(text(QUESTION), stale).status_code == 403


def test_a_recorded_signature_cannot_carry_other_words(opened):
    """In plain mode the signature says nothing of the body: it counts for the one message it came with."""
    with opened() as person:
        seal = person.seal()
        assert person.post(text(QUESTION, 1), seal).status_code == 200
        assert person.post(text(QUESTION, 1), seal).status_code == 200
        assert person.post(text("别的", 2), seal).status_code == 403


def test_a_tampered_or_plain_body_is_refused_in_aes_mode(opened):
    """One flipped character breaks the message's signature; words in the clear are not taken at all."""
    with opened(aes=True) as person:
        seal = person.seal()
        sealed = wire.encrypt(b"k" * 32, "wx-other", text(QUESTION))
        signed = wire.signature("lingpai", seal["timestamp"], seal["nonce"], sealed)
        body = f"<xml><Encrypt>{sealed}</Encrypt></xml>"
        other_key = httpx.post(person.address, params={**seal, "msg_signature": signed}, content=body)
        forged = httpx.post(person.address, params={**seal, "msg_signature": "0" * 40}, content=body)
        plain = httpx.post(person.address, params=seal, content=text(QUESTION))
        assert person.answerer.asked == []
    assert [forged.status_code, plain.status_code, other_key.status_code] == [403, 403, 403]
    assert "密文" in other_key.text


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/passwd">]><xml><Content>&b;&c;</Content></xml>'
)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (BOMB, 400),
        (BOMB.decode().encode("utf-16"), 400),
        (b"", 400),
        (b"\xff\xfe<xml/>", 400),
        (b"<xml><FromUserName>a</FromUserName></xml>", 400),
        (b"<xml>" * 5000, 400),
        (b"<xml>" + b"a" * 70_000 + b"</xml>", 413),
    ],
    ids=["bomb", "bomb-utf16", "empty", "not-utf8", "incomplete", "deep", "large"],
)
def test_a_hostile_body_is_refused(opened, body, status):
    """Entity bombs, rubbish and what is too large get a code, and the next question its answer."""
    with opened() as person:
        refused = person.post(body)
        assert refused.status_code == status
        assert "passwd" not in refused.text
        assert "12.5公顷" in person.says(text(QUESTION))


def test_a_message_sent_again_is_answered_once(opened):
    """WeChat's retry of a message gets the same words, computed once."""
    with opened() as person:
        assert person.says(text(QUESTION)) == person.says(text(QUESTION))
        assert [asked[0] for asked in person.answerer.asked] == [QUESTION]


def test_a_late_answer_is_held_for_the_retry(opened):
    """The first request breaks off after the limit; the second picks the words up, computed once."""
    with opened(within_s=0.1) as person:
        person.release.clear()
        with pytest.raises(httpx.ReadTimeout):
            person.post(text(QUESTION), timeout=0.3)
        person.release.set()
        assert "12.5公顷" in person.says(text(QUESTION))
        assert [asked[0] for asked in person.answerer.asked] == [QUESTION]


def test_what_three_tries_do_not_see_is_there_for_the_same_question(opened):
    """The third try says that it is being looked up; asking the same again gives the words."""
    with opened(within_s=0.1) as person:
        person.release.clear()
        for _ in range(2):
            with pytest.raises(httpx.ReadTimeout):
                person.post(text(QUESTION), timeout=0.3)
        assert person.says(text(QUESTION)) == texts.STILL
        person.release.set()
        assert "12.5公顷" in person.says(text(QUESTION, number=2))
        assert [asked[0] for asked in person.answerer.asked] == [QUESTION]


def test_a_message_another_process_had_is_not_computed_again(opened):
    """After a restart a retry is told to ask again, rather than answered twice."""
    with opened() as person:
        person.says(text(QUESTION))
    with opened() as person:
        assert person.says(text(QUESTION)) == texts.STILL
        assert person.answerer.asked == []


def test_a_follow_up_remembers_what_was_asked(opened):
    """The conversation is the person's; another person's is another one."""
    with opened() as person:
        person.says(text("绿地多少", 1))
        person.says(text("那绿道呢", 2))
        person.says(text("那绿道呢", 3, sender="oOTHER"))
        histories = [asked[1] for asked in person.answerer.asked]
    assert histories == [(), ("绿地多少",), ()]


def test_a_person_can_have_everything_deleted(opened):
    """After 删除我的记录 nothing of the conversation is left to go on with."""
    with opened() as person:
        person.says(text("绿地多少", 1))
        assert person.says(text("删除我的记录", 2)) == texts.FORGOTTEN
        assert person.assistant.conversations.turns("wechat:oUSER") == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (message("event", "<Event>subscribe</Event>"), "您好\uff01我根据"),
        (message("event", "<Event>CLICK</Event><EventKey>帮助</EventKey>"), "怎么用\uff1a"),
        (message("event", "<Event>CLICK</Event><EventKey>每年新增多少绿地</EventKey>"), "12.5公顷"),
        (message("image", "<PicUrl>http://x</PicUrl><MsgId>5</MsgId>"), texts.NOT_TEXT),
        (message("voice", "<MediaId>1</MediaId><MsgId>6</MsgId>"), texts.NOT_TEXT),
        (message("location", "<Location_X>1</Location_X><MsgId>7</MsgId>"), texts.NOT_TEXT),
        (text("隐私"), "关于您的信息"),
        (text(" "), "您好\uff01我根据"),
    ],
)
def test_what_is_not_a_question_gets_a_kind_word(opened, body, words):
    """Greetings, menus, pictures and sound."""
    with opened() as person:
        assert words in person.says(body)


def test_an_event_nobody_waits_on_is_only_taken(opened):
    """Someone who leaves is not written to."""
    with opened() as person:
        assert person.post(message("event", "<Event>unsubscribe</Event>")).text == "success"


def test_a_long_answer_is_short_and_links_to_its_source(opened):
    """At most 2,048 bytes; the address of the first source stays whole."""
    long = replace(ANSWER.citations[1], quote=QUOTE * 60)
    address = "https://zc.example/d/lvyuan/" + "%E4%B8%89" * 5
    with opened(replace(ANSWER, citations=(ANSWER.citations[0], long)), link=lambda _: address) as person:
        content = person.says(text(QUESTION))
    assert len(content.encode()) <= LIMIT
    assert POINT.split(":", maxsplit=1)[0] in content
    assert content.endswith(f"看原文\uff1a{address}")
    assert QUOTE * 2 not in content


def test_markup_in_an_answer_stays_words(opened):
    """What a document holds cannot close the reply's XML; what XML cannot hold is left out."""
    hostile = "]]></Content><MsgType>news</MsgType>\x00\x08&lt;<b>粗"
    statement = replace(ANSWER.statements[0], text=hostile)
    with opened(replace(ANSWER, statements=(statement,))) as person:
        reply = person.read(person.post(text(QUESTION)))
    assert reply["MsgType"] == "text"
    assert "]]></Content><MsgType>news</MsgType>&lt;<b>粗" in reply["Content"]


def test_a_bug_is_one_sentence_with_a_number(opened, caplog):
    """A failing answerer is told to the person as a number the log knows."""

    def broken(*_):
        raise RuntimeError("坏了")

    with opened() as person:
        person.answerer._asking = broken
        said = person.says(text(QUESTION))
    assert said.startswith("刚才出了点问题")
    assert "坏了" not in said


def test_who_asks_too_fast_is_told_the_seconds(opened):
    """A question more than a minute's turns is not computed; a retry of an earlier one costs no turn."""
    with opened(per_minute=2) as person:
        said = [person.says(text(f"第{number}问", number)) for number in (1, 1, 2, 3)]
        other = person.says(text("乙", 4, sender="oOTHER"))
        asked = [asked[0] for asked in person.answerer.asked]
    assert said[3] == "太快了\uff0c请过 30 秒再问。"
    assert "12.5公顷" in other
    assert asked == ["第1问", "第2问", "乙"]


def test_more_than_can_wait_is_told_so(opened):
    """With one place, the second person is told while the first is being answered."""
    with opened(within_s=0.1, waiting=1) as person:
        person.release.clear()
        with pytest.raises(httpx.ReadTimeout):
            person.post(text(QUESTION), timeout=0.3)
        assert person.says(text("别的", 2, sender="oOTHER")) == texts.BUSY
        person.release.set()
