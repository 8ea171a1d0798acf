"""What a running assistant lets go of when a generation is replaced, and what it goes on with."""

from typing import Any
from weakref import ReferenceType, ref

import pytest

from bot import app, live
from bot.live import LiveAnswerer
from retrieval.pipeline import Answerer
from tests.bot.admin.site import PLAN, REVISED, Site

QUESTION = "每年培训多少农民工"
WORDS = "words: [{}]\n"


@pytest.fixture
def running(site: Site) -> LiveAnswerer:
    """What answers in a server; it looks only when it is told to."""
    (site.config.corpus_dir / app.LEXICON).write_text(WORDS.format("零工驿站"), encoding="utf-8")
    site.library.update()
    answerer = app._live_answerer(site.config)
    answerer.close()
    return answerer


def hanging(answerer: Answerer) -> dict[str, ReferenceType[Any]]:
    """The parts of an answerer that can be watched: what reads questions, the indexes and arrays of its generation."""
    store = answerer.store
    parts = {
        "answerer": answerer,
        "context": answerer.context,
        "reader": answerer._reader,
        "vectors": store.vectors._index,
        "measures": store.measures._index,
        "asked": store.asked._index,
        "words": store.words._bm25,
        "bigrams": store.bigrams._bm25,
        "asked_bigrams": store.asked_bigrams._bm25,
        "document_bigrams": store.document_bigrams._bm25,
        "measure_bigrams": store.measure_bigrams._bm25,
        "begins": store.begins,
        "places": store.places,
        "rows": store.rows_of["plan"],
    }
    return {name: ref(part) for name, part in parts.items()}


def test_nothing_holds_a_replaced_generation(site: Site, running: LiveAnswerer):
    """Questions were asked of it and answered; after the switch, and a question to the next, every part of it is gone."""
    said = []
    for number, words in enumerate((REVISED, PLAN, REVISED)):
        running.ask(QUESTION)
        parts = hanging(running.current)
        site.library.replace("plan", site.file(f"{number}.txt", words), {})
        running.refresh()
        said.append(running.ask(QUESTION).citations[0].quote)
        assert [name for name, part in parts.items() if part() is not None] == []
    assert said == ["每年培训农民工500人。", "每年培训农民工450人。", "每年培训农民工500人。"]


def test_large_arrays_are_kept_apart_before_any_is_dropped(
    site: Site, running: LiveAnswerer, monkeypatch: pytest.MonkeyPatch
):
    """Each generation says how many rows its largest index has, while the one before it is still held."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(live, "keep_large_apart", lambda rows: told.append((rows, running.generation)))
    before, rows = running.generation, len(running.store.passages)
    site.library.replace("plan", site.file("new.txt", PLAN + "(二)经费。列入年度预算。\n"), {})
    running.refresh()
    assert told == [(rows + 1, before)]


def test_the_dictionary_is_read_once(site: Site, running: LiveAnswerer):
    """The next generation goes on with the encoder and the tokenizer, and with all they have read by then."""
    running.ask(QUESTION)
    before = running.current.context.tokenizer
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    running.refresh()
    assert running.ask(QUESTION).citations[0].quote == "每年培训农民工500人。"
    assert running.current.context.tokenizer is before


def test_new_words_of_the_thesaurus_take_effect(site: Site, running: LiveAnswerer):
    """A generation that was cut with another word is read with that word."""
    before = running.current.context.tokenizer
    (site.config.corpus_dir / app.LEXICON).write_text(WORDS.format("欠薪保障金"), encoding="utf-8")
    site.library.update()
    running.refresh()
    after = running.current.context.tokenizer
    assert (before.words("零工驿站")[-1], after.words("零工驿站")[-1]) == ("零工驿站", "驿站")
    assert after.words("欠薪保障金")[-1] == "欠薪保障金"
