"""A conversation in the terminal, typed and read."""

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from bot.assistant import Assistant
from bot.channels.terminal import run
from bot.settings import BotSettings
from tests.bot.test_assistant import Echo


def talk(monkeypatch: pytest.MonkeyPatch, *lines: str) -> tuple[str, Echo]:
    """Type lines until the input ends; return the screen and what was asked."""
    typed: Iterator[str] = iter(lines)

    def read(*_: object, **__: object) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(Console, "input", read)
    echo, screen = Echo(), io.StringIO()
    run(Assistant(echo, BotSettings()), Console(file=screen, width=100))
    return screen.getvalue(), echo


def test_a_conversation(monkeypatch: pytest.MonkeyPatch):
    """Questions are answered with those before them in mind; the end of the input ends it."""
    screen, echo = talk(monkeypatch, "一", "", "二")
    assert "例如:例如这个?" in screen
    assert screen.count("好") == 2
    assert [(question, history) for question, history, _ in echo.asked] == [("一", ()), ("二", ("一",))]


def test_commands(monkeypatch: pytest.MonkeyPatch):
    """/region decides, /clear forgets, /quit ends, anything else explains."""
    screen, echo = talk(monkeypatch, "/region 甲市", "一", "/clear", "二", "/what", "/quit", "三")
    assert echo.asked == [("一", (), "甲市"), ("二", (), None)]
    assert "之后的问题只看甲市。" in screen
    assert screen.count("直接输入问题") == 2


def test_markup_in_an_answer_is_only_text(monkeypatch: pytest.MonkeyPatch):
    """Square brackets, as in [1], are shown, not interpreted."""
    monkeypatch.setattr("bot.channels.terminal.plain", lambda _answer: "“有[bold]补贴”[1]")
    assert "“有[bold]补贴”[1]" in talk(monkeypatch, "一")[0]
