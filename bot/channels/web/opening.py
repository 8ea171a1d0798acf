"""Opening what the web needs from the configuration."""

from functools import partial

from bot.admin import versions
from bot.channels.web.past import Past
from bot.config import Config
from index.history import versions_of
from index.types import Document


def _listed(config: Config, name: str) -> tuple[Document, ...]:
    return tuple(versions_of(versions.history(config, name)))


def open_past(config: Config) -> Past:
    """Return where earlier versions of documents come from: the archive of the data directory."""
    return Past(
        partial(_listed, config), partial(versions.text, config), partial(versions.difference, config)
    )
