"""Opening what the web needs from the configuration."""

from functools import partial

from bot.admin import versions
from bot.channels.web.past import Past
from bot.config import Config
from bot.printed.pictures import Pictures
from index import archive
from index.history import versions_of
from index.types import Document


def _listed(config: Config, name: str) -> tuple[Document, ...]:
    return tuple(versions_of(versions.history(config, name)))


def open_past(config: Config) -> Past:
    """Return where earlier versions of documents come from: the archive of the data directory."""
    return Past(
        partial(_listed, config), partial(versions.text, config), partial(versions.difference, config)
    )


def open_pictures(config: Config) -> Pictures:
    """Return what draws pages of PDF sources, kept in the cache of the data directory."""
    return Pictures(partial(archive.find, config.data_dir), config.data_dir / "cache" / "pages")
