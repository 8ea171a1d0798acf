"""What happens when something fails: who is told, and what the log may say.

Neither a person's words nor the token ever reach the log: of an error it gets the class and the lines of code it
passed through, of python-telegram-bot's own records the template without its values.
"""

import logging
import secrets
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import CallbackContext

from bot.channels.telegram import texts
from bot.channels.telegram.delivery import say
from bot.telemetry.errors import describe, lines_of

LOG = logging.getLogger(__name__)
_ID_BYTES = (
    4  # eight hex digits: unique among the errors of a log, and short enough to read out on the telephone
)


class _TemplatesOnly(logging.Handler):
    """Takes the values and the traceback out of a record before the handlers further up write it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Empty one record."""
        record.args, record.exc_info, record.exc_text = None, None, None


def guard_logs() -> None:
    """Keep the token and people's words out of the log; calling it again changes nothing.

    At INFO httpx logs each address it calls, and the token is part of the address.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    library = logging.getLogger("telegram")
    library.setLevel(logging.WARNING)
    if not any(isinstance(handler, _TemplatesOnly) for handler in library.handlers):
        library.addHandler(_TemplatesOnly())


def on_polling_error(error: TelegramError) -> None:
    """Note that a poll failed; the next one follows by itself."""
    if isinstance(error, Conflict):
        LOG.warning("另一个程序正在用同一个令牌收消息;请只留一个运行,会自动重试")
    elif not isinstance(error, InvalidToken):
        LOG.warning("收不到 Telegram 的消息(%s),会自动重试", describe(error))


async def on_error(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Log what a handler raised; tell the person, unless it is Telegram itself that failed."""
    error = context.error
    if error is None:
        return
    if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
        LOG.warning("有一条回复没有送出(%s)", describe(error))
        return
    identifier = secrets.token_hex(_ID_BYTES)
    LOG.error("处理消息时出错,编号 %s:%s\n%s", identifier, describe(error), "\n".join(lines_of(error)))
    message = update.effective_message if isinstance(update, Update) else None
    if message is None:
        return
    try:
        await say(message, texts.failed(identifier))
    except TelegramError as unsent:
        LOG.warning("编号 %s 的说明没有送出(%s)", identifier, describe(unsent))
