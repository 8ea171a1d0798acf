"""Inline mode through a real application over the two shipped plans: every result can be posted as it is."""

from typing import Any

import pytest

from bot.demo.peer.telegram_state import Params
from retrieval.pipeline import Answerer
from tests.bot.channels.telegram.conftest import EXAMPLES, Running, Start


@pytest.fixture
async def bot(start_bot: Start, answerer: Answerer) -> Running:
    return await start_bot(answering=answerer)


def posted(result: Params) -> str:
    content: dict[str, Any] = result["input_message_content"]
    return str(content["message_text"])


async def test_the_exact_words_come_first(bot: Running, store):
    """Title: where; text: the passage and its source. It is kept by Telegram for a minute."""
    answered = await bot.person().look_up("双随机")
    holding = [p for p in store.passages if "双随机" in p.span.of(store.texts[p.document])]
    first = answered["results"][0]
    words = holding[0].span.of(store.texts[holding[0].document]).strip()
    assert first["description"] == words[:120]
    assert posted(first).startswith(words)
    assert "\n\n<b>《" in posted(first)
    assert first["title"].startswith(store.documents[holding[0].document].region)
    assert [("双随机" in posted(result)) for result in answered["results"][: len(holding)]] == [True] * len(
        holding
    )
    assert answered["cache_time"] == "60"


async def test_a_question_finds_what_answers_it(bot: Running):
    """Nothing has to be typed to the letter."""
    answered = await bot.person().look_up("襄阳灵活就业有补贴吗")
    assert "灵活就业社会保险补贴" in posted(answered["results"][0])
    assert "《襄阳市人力资源和社会保障事业发展“十四五”规划》" in posted(answered["results"][0])


async def test_nothing_typed_offers_the_examples(bot: Running):
    """Each with the first source of its answer."""
    titles = [result["title"] for result in (await bot.person().look_up(""))["results"]]
    assert titles == [example for example in EXAMPLES[:3] if example in titles]
    assert EXAMPLES[0] in titles


@pytest.mark.parametrize("words", ["<b>&\"'", "\u202e\u0000", "就" * 256, "qqqq zzzz"])
async def test_any_words_get_an_answer(bot: Running, words: str):
    """Broken, long or senseless: results or none, and the bot goes on."""
    assert isinstance((await bot.person().look_up(words))["results"], list)
    assert (await bot.person().ask("/help")).text


async def test_a_long_list_stays_short(bot: Running):
    """Common words have more places than anybody scrolls through."""
    assert len((await bot.person().look_up("就业"))["results"]) == 20
