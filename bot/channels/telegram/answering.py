"""A question → an answer with its buttons, within a deadline, off the event loop."""

import asyncio
from dataclasses import dataclass, replace

from telegram import Message

from bot.assistant import Assistant, Reply
from bot.channels.telegram import keyboards, texts
from bot.channels.telegram.cards import Card, Cards, card_of
from bot.channels.telegram.delivery import deliver, say, typing
from bot.channels.telegram.office import Office
from bot.render.telegram import messages
from bot.settings import BotSettings


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering takes: the core, its settings, what buttons stand for, and what the greetings say."""

    assistant: Assistant
    settings: BotSettings
    cards: Cards
    examples: tuple[str, ...]
    office: Office | None = None  # None where nobody can change documents from here


def conversation_named(chat: int, person: int) -> str:
    """Name the conversation of a person in a chat: ``telegram:42:7``."""
    return f"telegram:{chat}:{person}"


def _card(desk: Desk, reply: Reply, conversation: str, person: int) -> Card:
    assistant = desk.assistant
    region = assistant.conversations.region(conversation)
    return card_of(person, reply, region, assistant.regions, assistant.generation)


def _answered(desk: Desk, conversation: str, question: str, person: int) -> tuple[Reply, str, Card]:
    """Answer and keep what the buttons stand for."""
    reply = desk.assistant.reply(conversation, question)
    card = _card(desk, reply, conversation, person)
    return reply, desk.cards.issue(card), card


async def answer(desk: Desk, message: Message, question: str, person: int) -> None:
    """Answer a question in the chat of ``message``, for the person with this id."""
    conversation = conversation_named(message.chat_id, person)
    work = asyncio.to_thread(_answered, desk, conversation, question, person)
    async with typing(message):
        try:
            reply, identifier, card = await asyncio.wait_for(work, desk.settings.answer_deadline_s)
        except TimeoutError:
            await say(message, texts.LATE)
            return
        # what to ask next stands on the buttons
        parts = messages(replace(reply.answer, suggestions=()))
        await deliver(message, parts, keyboards.under_answer(identifier, card))
