"""Signatures, the AES envelope and the cutter."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wechat import wire
from bot.channels.wechat.shorten import LIMIT, cut, words_of
from bot.channels.wechat.texts import MORE
from bot.errors import ConfigError, InputError
from tests.bot.channels.web.stub import ANSWER

KEY = bytes(range(32))
ANY_TEXT = st.text(st.characters(), max_size=1500) | st.text("政策😀𠮷é", max_size=1500)


def test_a_signature_is_the_sha1_of_the_sorted_parts():
    """SHA-1 of abc, by the standard."""
    assert wire.signature("c", "a", "b") == "a9993e364706816aba3e25717850c26c9cd0d89d"


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300))
def test_what_is_sealed_can_be_opened(content):
    """Any content, with the account's own key and id only."""
    sealed = wire.encrypt(KEY, "wx1", content)
    assert wire.decrypt(KEY, "wx1", sealed) == content
    with pytest.raises(InputError):
        wire.decrypt(KEY, "wx2", sealed)
    with pytest.raises(InputError):
        wire.decrypt(bytes(32), "wx1", sealed)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_no_rubbish_gets_through_the_cipher(sealed):
    """Whatever is claimed to be sealed is refused in words."""
    with pytest.raises(InputError):
        wire.decrypt(KEY, "wx1", sealed)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=400))
def test_no_rubbish_gets_through_the_parser(body):
    """Any bytes are a message's fields or refused in words."""
    try:
        fields = wire.read_fields(body)
    except InputError:
        return
    assert all(isinstance(value, str) for value in fields.values())


@settings(max_examples=30, deadline=None)
@given(ANY_TEXT, st.integers(min_value=len(MORE.encode()), max_value=LIMIT))
def test_a_cut_text_is_a_beginning_in_whole_characters(text, limit):
    """At most the limit in bytes; what fits stays as it is."""
    text = text.encode("utf-8", "replace").decode()
    shown = cut(text, limit)
    assert len(shown.encode()) <= limit
    if len(text.encode()) <= limit:
        assert shown == text
    else:
        assert shown.endswith(MORE)
        assert text.startswith(shown.removesuffix(MORE))


@settings(max_examples=30, deadline=None)
@given(ANY_TEXT)
def test_an_answer_never_passes_the_limit(text):
    """Not with a link either, which stays whole."""
    answer = replace(ANSWER, statements=(replace(ANSWER.statements[0], text=text),), notes=(text,))
    shown = words_of(answer, lambda _: "https://zc.example/d/1")
    assert len(shown.encode("utf-8", "replace")) <= LIMIT
    assert shown.endswith("https://zc.example/d/1")


@pytest.mark.parametrize("text", ["", "short", "!" * 43, "a" * 44])
def test_a_malformed_aes_key_is_named(text):
    """The message says which variable, and what it should be."""
    with pytest.raises(ConfigError, match="POLICYBOT_WECHAT_AES_KEY 应是公众平台上 43 个字符"):
        wire.aes_key_of(text)
