"""A bot to be killed: ``python -m tests.bot.channels.telegram.killed BASE_URL TOKEN FOLDER ANSWERS``.

It answers so many questions (-1: all of them), then none any more, as if it were still thinking. It takes those before it
for gone sooner than a bot does: there is only one at a time.
"""

import asyncio
import sys
import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.assistant import Assistant
from bot.channels.telegram.service import serve_in
from bot.records import inbox
from bot.records.records import open_records
from bot.settings import BotSettings, RecordsSettings, TelegramSettings
from retrieval.types import Answer
from tests.bot.channels.telegram.conftest import EXAMPLES, ScriptedAnswerer


@dataclass
class Tiring(ScriptedAnswerer):
    """Answers a number of questions and thinks about the next for ever."""

    left: int = -1

    def ask(self, question, history=(), region=None) -> Answer:
        if not self.left:
            threading.Event().wait()
        self.left -= 1
        return super().ask(question, history, region)


async def main(base_url: str, token: str, folder: str, answers: str) -> None:
    inbox.LEASE = timedelta(seconds=2)
    telegram = TelegramSettings(base_url=base_url, base_file_url=base_url.replace("/bot", "/file/bot"))
    settings = BotSettings(telegram=telegram, asks_per_person=600, answer_deadline_s=120)
    records = open_records(RecordsSettings(), Path(folder), 5)
    core = Assistant(Tiring(left=int(answers)), settings, records)
    await serve_in(core, settings, token, EXAMPLES, asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
