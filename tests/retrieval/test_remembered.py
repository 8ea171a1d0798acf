"""Vectors of questions asked before."""

from collections.abc import Sequence
from threading import Thread

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.remembered import RememberingEncoder


class Counting:
    """An encoder of two numbers a text that says what it was asked."""

    fingerprint, dimension = "counting", 2

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode_queries(self, texts: Sequence[str], on_progress=None) -> np.ndarray:
        self.asked.append(list(texts))
        return np.array([[len(text), hash(text) % 1000] for text in texts], np.float32).reshape(-1, 2)

    encode_passages = encode_queries


def test_a_question_is_encoded_once() -> None:
    """The second time only what is new goes to the encoder."""
    inner = Counting()
    encoder = RememberingEncoder(inner)
    first = encoder.encode_queries(["社保卡", "补贴"])
    second = encoder.encode_queries(["补贴", "欠薪", "社保卡"])
    assert inner.asked == [["社保卡", "补贴"], ["欠薪"]]
    assert np.array_equal(second[[2, 0]], first)


def test_the_oldest_goes_first() -> None:
    """No more than the given number is kept; what was used lately stays."""
    inner = Counting()
    encoder = RememberingEncoder(inner, most=2)
    for text in ("一", "二", "一", "三", "一", "二"):
        encoder.encode_queries([text])
    assert inner.asked == [["一"], ["二"], ["三"], ["二"]]


def test_passages_and_identity_are_the_encoders_own() -> None:
    """Passages are not kept here."""
    inner = Counting()
    encoder = RememberingEncoder(inner)
    encoder.encode_passages(["原文"])
    encoder.encode_passages(["原文"])
    assert (encoder.fingerprint, encoder.dimension, len(inner.asked)) == ("counting", 2, 2)
    assert encoder.encode_queries([]).shape == (0, 2)


@given(st.lists(st.lists(st.text(max_size=3), max_size=5), max_size=8), st.integers(1, 4))
def test_always_the_same_as_the_encoder(batches: list[list[str]], most: int) -> None:
    """Whatever was asked before, and however little is kept."""
    encoder = RememberingEncoder(Counting(), most)
    for texts in batches:
        assert np.array_equal(encoder.encode_queries(texts), Counting().encode_queries(texts))


def test_threads_share_it() -> None:
    """Eight at once get the vectors of their own questions."""
    encoder, wrong = RememberingEncoder(Counting(), most=3), []

    def work(own: int) -> None:
        for at in range(200):
            texts = [f"{(own + at) % 7}", f"{at % 5}号"]
            if not np.array_equal(encoder.encode_queries(texts), Counting().encode_queries(texts)):
                wrong.append(texts)

    threads = [Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
