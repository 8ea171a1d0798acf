"""Before an update waits for its turn: whether its sender asks too fast, and whether too many wait already."""

import logging
from dataclasses import dataclass, field

from telegram import InlineQueryResultsButton, Update
from telegram.error import TelegramError

from bot.channels.telegram import keyboards, texts
from bot.channels.telegram.addressing import asks, sender_of
from bot.channels.telegram.cards import press_of
from bot.channels.telegram.delivery import say
from bot.limits import TOO_FAST, Limiter, TokenBuckets, next_turn
from bot.settings import BotSettings
from bot.telemetry.errors import describe

LOG = logging.getLogger(__name__)
_TOLD_A_MINUTE = 2  # who floods is told now and then: a reply to each message would be a flood of our own
_WORK = frozenset(
    {keyboards.SUGGESTION, keyboards.REGION, keyboards.CHART}
)  # buttons that cost what a question does
_BUTTON_CHARS = 64


@dataclass(frozen=True, slots=True)
class Front:
    """Holds each person to so many questions and presses a minute, and all of them to so many waiting."""

    settings: BotSettings
    limiter: Limiter = field(default_factory=TokenBuckets)

    async def _wait_s(self, update: Update) -> int:
        query, inline = update.callback_query, update.inline_query
        if update.message:
            return await self._asked(sender_of(update.message)) if asks(update.message) else 0
        if query:
            press = press_of(query.data)
            heavy = press is not None and press.verb in _WORK
            return await (self._asked if heavy else self._pressed)(query.from_user.id)
        return await self._pressed(inline.from_user.id) if inline else 0

    async def _asked(self, person: int) -> int:
        return await next_turn(self.limiter, f"telegram ask {person}", self.settings.asks_per_person)

    async def _pressed(self, person: int) -> int:
        return await next_turn(self.limiter, f"telegram press {person}", self.settings.presses_per_person)

    async def _may_tell(self, person: int) -> bool:
        return not await next_turn(self.limiter, f"telegram told {person}", _TOLD_A_MINUTE)

    async def _tell(self, update: Update, sentence: str) -> None:
        if update.callback_query:
            await update.callback_query.answer(sentence)
        elif update.inline_query:
            button = InlineQueryResultsButton(sentence[:_BUTTON_CHARS], start_parameter="help")
            await update.inline_query.answer([], cache_time=0, button=button)
        elif update.message and await self._may_tell(sender_of(update.message)):
            await say(update.message, sentence)

    async def admits(self, update: Update, waiting: int) -> bool:
        """Whether an update may wait for its turn; else its sender is told why not.

        :param waiting: updates that wait already
        """
        if waiting >= self.settings.waiting:
            if update.message and not asks(update.message):
                return False
            refusal = texts.BUSY
        else:
            seconds = await self._wait_s(update)
            if not seconds:
                return True
            refusal = TOO_FAST.format(seconds=seconds)
        try:
            await self._tell(update, refusal)
        except TelegramError as error:
            LOG.warning("有一条回复没有送出(%s)", describe(error))
        return False
