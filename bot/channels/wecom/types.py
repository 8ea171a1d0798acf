"""The nouns of the WeCom channel."""

from dataclasses import dataclass, field
from typing import Any

from index.errors import PolicybotError


class NotDeliveredError(PolicybotError):
    """A frame that did not reach WeCom, or that it did not take."""


@dataclass(frozen=True, slots=True)
class Robot:
    """One robot; its secret never appears in a ``repr``."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between heartbeats, for an answer to a frame, before connecting anew (doubled up to the longest)."""

    heartbeat_s: float = 30.0
    answer_s: float = 5.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What WeCom sent: a command with its body, or (``command`` empty) the answer to the request of the same id."""

    command: str
    request: str
    body: dict[str, Any]
    errcode: int


@dataclass(frozen=True, slots=True)
class Message:
    """What a person did: wrote, spoke, sent a picture (``kind`` message), opened the chat (event)."""

    id: str  # tells a repetition from a new message
    request: str  # what a reply refers to
    sender: str
    chat: str  # of a group; empty where the person and the robot are alone
    kind: str  # text, voice, mixed, image, file, event, …
    text: str  # empty where there are no words
    event: str  # enter_chat, disconnected_event, …; empty for a message

    @property
    def conversation(self) -> str:
        """Name the conversation as the assistant wants it; colons part its name and are in no id."""
        parts = ("wecom", *(part.replace(":", "_") for part in (self.chat, self.sender) if part))
        return ":".join(parts)

    @property
    def target(self) -> str:
        """Where words go that answer no request: the group, or the person."""
        return self.chat or self.sender
