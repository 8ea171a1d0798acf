"""Where updates wait for their turn: noted in the records before Telegram learns that they arrived.

python-telegram-bot puts a whole batch here before it asks for the next, which confirms the batch; the webhook answers
200 after the update was put. A process killed in between loses nothing: Telegram sends again what it was not told of,
and the next process goes on with what is noted. At worst it repeats what was sent and not yet crossed off.
"""

import asyncio
import logging
from collections.abc import Sequence

from telegram import Bot, Update

from bot.channels.telegram.ingress import read_update
from bot.channels.telegram.keeping import taken_of
from bot.channels.telegram.ledger import Ledger
from bot.records.inbox import Inbox as Store
from bot.records.inbox import Left, Taken
from bot.records.records import Records
from bot.telemetry.errors import describe

LOG = logging.getLogger(__name__)
_CHANNEL = "telegram"


def _taken_of(update: Update) -> Taken | None:
    try:
        return taken_of(update)
    except Exception as error:  # whatever Telegram sends: an error here would end the polling
        LOG.error("有一条消息没能先记下,照常处理(%s)", describe(error))
        return None


class Inbox(asyncio.Queue[object]):
    """The application's queue; without records it is an ordinary one."""

    def __init__(self, records: Records | None) -> None:
        super().__init__()
        self._ledger = Ledger(Store(records, _CHANNEL)) if records else None
        self._running: asyncio.Task[None] | None = None
        self._noted: set[int] = set()
        self._restored: set[int] = set()

    async def open(self, bot: Bot) -> None:
        """Go on with what was left, in order, before anything new is asked for."""
        ledger = self._ledger
        if ledger is None:
            return

        async def restore(left: Sequence[Left]) -> None:
            for each in left:
                await self._restore(each, bot)

        left = await ledger.left()
        if left:
            LOG.warning("上次没答完的消息有 %d 条,现在接着答", len(left))
        await restore(left)
        self._running = asyncio.create_task(ledger.run(restore))

    async def _restore(self, left: Left, bot: Bot) -> None:
        update = read_update(dict(left.content), bot) if left.content else None
        self._noted.add(left.number)
        if update is None:
            self._cross_off(left.number)
            return
        self._restored.add(left.number)
        await super().put(update)

    async def put(self, item: object) -> None:
        """Note an update and let it wait; one that was taken before is dropped."""
        if self._running and isinstance(item, Update):
            taken = _taken_of(item)
            if taken and not await self._take(taken):
                return
        await super().put(item)

    async def _take(self, taken: Taken) -> bool:
        if self._ledger is None:
            return True
        fresh = await self._ledger.take(taken)
        if fresh and taken.content is not None:
            self._noted.add(taken.number)
        return fresh

    def is_restored(self, update: Update) -> bool:
        """Whether an update was let in before, by a process that is gone."""
        return update.update_id in self._restored

    def done(self, update: object) -> None:
        """Cross an update off: it is answered, refused, or given up."""
        if isinstance(update, Update):
            self._cross_off(update.update_id)

    def _cross_off(self, number: int) -> None:
        self._restored.discard(number)
        if self._ledger and number in self._noted:
            self._noted.discard(number)
            self._ledger.done(number)

    async def close(self) -> None:
        """Write down what is answered; the application is stopped."""
        if self._ledger:
            self._ledger.end()
            if self._running:
                await self._running
            await self._ledger.close()
