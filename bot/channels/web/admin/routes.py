"""All routes of the console."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter

from bot.accounts.accounts import Accounts
from bot.channels.web.admin import api
from bot.channels.web.admin.asked import question_routes
from bot.channels.web.admin.documents import document_routes
from bot.channels.web.admin.figures import figure_routes
from bot.channels.web.admin.guard import PREFIX
from bot.channels.web.admin.jobs import Jobs
from bot.channels.web.admin.publishing import publishing_routes
from bot.channels.web.admin.sign_in import sign_in_routes
from bot.channels.web.admin.types import Console
from bot.channels.web.admin.values import value_routes
from bot.channels.web.admin.words import word_routes
from bot.config import Config
from bot.curation.desk import Bench
from bot.limits import Limiter, TokenBuckets
from bot.records.records import Records
from index.generation import Generation

_PARTS = (
    sign_in_routes,
    document_routes,
    publishing_routes,
    value_routes,
    question_routes,
    word_routes,
    figure_routes,
)
_FORM_BYTES = 512 * 1024  # of an upload, beside its file


def body_limits(config: Config) -> Mapping[str, int]:
    """Return the bytes of a body at the addresses that take files."""
    most = (config.settings.index.max_file_mb << 20) + _FORM_BYTES
    return dict.fromkeys((f"{PREFIX}/upload", api.PREVIEW, api.ADD, api.REPLACE), most)


def console_routes(
    config: Config,
    records: Records,
    bench: Bench,
    store: Callable[[], Generation],
    limiter: Limiter | None = None,
) -> APIRouter:
    """Make the console over whichever generation ``store()`` returns when a request comes, and its verbs for programs.

    :param limiter: counts how often programs come; in memory where none is given
    """
    accounts = Accounts(records, config.settings.bot.web.console)
    console = Console(config, records, accounts, Jobs(), bench, store)
    pages = APIRouter(include_in_schema=False)
    for add in _PARTS:
        add(console, pages)
    both = APIRouter()
    both.include_router(pages)
    both.include_router(api.admin_api_routes(console, limiter or TokenBuckets()))
    return both
