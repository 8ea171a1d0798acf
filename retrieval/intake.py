"""What comes in from a channel, before it is read as a question: broken text, markup, nothing, too much, small talk."""

import re
from unicodedata import category

from retrieval import smalltalk, wording
from retrieval.answer import refusal
from retrieval.asides import without_code, without_instructions
from retrieval.types import Answer, AnswerStatus

_BREAK = re.compile(r"[\s。!?;,<>\[\]{}\uff0c\uff01\uff1f\uff1b]+")
# markup around a question is no part of it: its numbers would be read as claims; "<5%" is none
_MARKUP = re.compile(
    r"<(script|style)\b[^<>]*>.*?</\1>|<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL | re.IGNORECASE
)
_SHORTEST_PART = 5  # characters: less asks nothing


def _is_readable(text: str) -> bool:
    """Whether a question holds a letter, a digit or a Chinese character at all."""
    return any(category(character)[0] in "LN" for character in text)


def whole(text: str) -> str:
    """Replace halves of surrogate pairs: a broken command line or JSON brings them, and no text can hold them."""
    return text.encode("utf-8", "replace").decode()


def asked(text: str) -> str:
    """What of a message asks something: no tags, no code, no instructions about the reply; "" where nothing does."""
    words = _MARKUP.sub(" ", text).strip() or text  # tags alone are read as they are
    return without_instructions(without_code(words))


def parts(text: str) -> list[str]:
    """The parts of a message that may each ask something, none where it is one part only."""
    found = [part for part in _BREAK.split(text) if len(part) >= _SHORTEST_PART]
    return found if len(found) > 1 else []


def unsearchable(question: str, limit: int) -> Answer | None:
    """The answer to what is no question to search for, None to what is.

    :param limit: characters a question may have
    """
    if not question.strip():
        return refusal(question, AnswerStatus.CLARIFY, wording.EMPTY)
    if len(question) > limit:
        sentence = wording.TOO_LONG.format(length=len(question), limit=limit)
        return refusal(question, AnswerStatus.CLARIFY, sentence)
    if not _is_readable(question):
        return refusal(question, AnswerStatus.CLARIFY, wording.UNREADABLE)
    talk = smalltalk.reply(question)
    return refusal(question, AnswerStatus.NOT_FOUND, talk) if talk else None
