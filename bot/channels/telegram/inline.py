"""Inline mode: ``@bot 双随机`` in any chat offers passages to post, each with where it stands."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.answering import Desk
from bot.channels.telegram.presses import Context
from bot.render.parts import source_title
from bot.render.telegram import BOLD, PLAIN, pages
from index.generation import Generation
from retrieval.cite import cite
from retrieval.phrases import rows_with
from retrieval.types import Citation

# Telegram answers the same words again from its own cache: long enough for a run of letters typed and taken back,
# short enough that a new version of a document shows soon.
_CACHE_S = 60
_RESULTS = 20  # Telegram takes 50; nobody scrolls through more than a few screens of a phone
_ID_CHARS = 32
_TOO_LATE = "query is too old"
_TITLE_CHARS = 80
_DESCRIPTION_CHARS = 120


def _exact(store: Generation, words: str, today: date) -> list[Citation]:
    """Passages that hold the very words."""
    passages = [store.passages[row] for row in rows_with(words, store)[:_RESULTS]]
    return [cite(store.documents[p.document], p.clause, p.span, store, today) for p in passages]


def _distinct(citations: Iterable[Citation]) -> list[Citation]:
    kept = {(c.document, c.span.start, c.span.end): c for c in citations}
    return list(kept.values())[:_RESULTS]


def _found(desk: Desk, words: str) -> list[tuple[str, Citation]]:
    """What to offer, each with its title: the exact words first, then what answers them as a question."""
    if not words:
        asked = [(question, desk.assistant.ask(question).citations[:1]) for question in desk.examples]
        return [(question, cited) for question, citations in asked for cited in citations]
    exact = _exact(desk.assistant.store, words, date.today())
    citations = _distinct([*exact, *desk.assistant.ask(words).citations])
    return [(f"{cited.region} {cited.address}", cited) for cited in citations]


def _article(title: str, cited: Citation) -> InlineQueryResultArticle:
    quote = cited.quote.strip()
    where = source_title(cited)
    key = f"{title}\n{where}\n{quote}".encode("utf-8", "replace")
    return InlineQueryResultArticle(
        id=sha256(key).hexdigest()[:_ID_CHARS],
        title=title[:_TITLE_CHARS],
        description=quote[:_DESCRIPTION_CHARS],
        input_message_content=InputTextMessageContent(
            pages([(quote, PLAIN), ("\n\n", PLAIN), (where, BOLD)])[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )


def _articles(desk: Desk, words: str) -> Sequence[InlineQueryResultArticle]:
    return [_article(title, cited) for title, cited in _found(desk, words)]


async def on_inline(desk: Desk, update: Update, _: Context) -> None:
    """Answer an inline query. It is neither logged nor remembered: it comes with each letter typed."""
    query = update.inline_query
    if query is None:
        return
    work = asyncio.to_thread(_articles, desk, query.query.strip())
    try:
        articles = await asyncio.wait_for(work, desk.settings.answer_deadline_s)
    except TimeoutError:
        articles = []
    try:
        await query.answer(articles, cache_time=_CACHE_S if articles else 0)
    except BadRequest as error:
        if _TOO_LATE not in error.message.lower():  # the person has typed on
            raise
