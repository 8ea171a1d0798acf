"""All checks, in the order in which one rests on another."""

from collections.abc import Iterator

from bot.config import Config
from bot.doctor.index_checks import check_answering, check_corpus
from bot.doctor.record_checks import check_clock, check_disk, check_records, check_salt
from bot.doctor.types import Finding


def examine(config: Config) -> Iterator[Finding]:
    """Look over an installation, one finding a part; nothing of it is changed but the encoder's cache."""
    yield check_corpus(config)
    yield from check_answering(config)
    yield check_records(config)
    yield check_salt(config)
    yield check_disk(config)
    yield check_clock(config)
