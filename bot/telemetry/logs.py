"""Every line the service logs: one JSON object, or one readable line in a terminal; never anybody's words.

Modules log through ``logging``; structlog gives the lines their shape. A line bears the id of its request and its
channel; what looks like personal data is masked; of an error its classes and the lines of code are kept, not its
message, which may quote a question.
"""

import logging
import sys
from typing import IO, Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.privacy.masking import mask
from bot.settings import LogFormat, LogSettings
from bot.telemetry.errors import describe, lines_of

_OWN = ("bot", "retrieval", "index")  # the packages whose lines below WARNING are wanted


def _without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event.pop("message", None)  # other handlers leave it on the record; ``event`` says the same
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"], event["where"] = describe(error), lines_of(error)
    return event


def _masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event["event"] = mask(str(event.get("event", ""))).text
    return event


def _line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """One line for a person: time, level, words, then what else is known."""
    at, level, words = event.pop("timestamp"), event.pop("level"), event.pop("event")
    where = event.pop("where", ())
    rest = " ".join(f"{key}={value}" for key, value in event.items() if key != "logger")
    steps = "".join(f"\n    {step}" for step in where)
    return f"{at} {level.upper():<7} {words}{'  ' if rest else ''}{rest}{steps}"


def _formatter(chosen: LogFormat, stream: IO[str]) -> logging.Formatter:
    readable = chosen is LogFormat.PLAIN or (chosen is LogFormat.AUTO and stream.isatty())
    shape: Processor = _line if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    before: tuple[Processor, ...] = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_values,
        _masked,
    )
    remove: Any = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=[remove, shape])


def _wanted(record: logging.LogRecord) -> bool:
    # some libraries set their own level to DEBUG as they are imported
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in _OWN


def start_logging(settings: LogSettings, stream: IO[str] | None = None) -> logging.Handler:
    """Log to ``stream`` (stderr) from now on, in the place of what an earlier call set up.

    Libraries are heard from WARNING on, this program from the level that is set.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(settings.format, stream or sys.stderr))
    handler.addFilter(_wanted)
    root = logging.getLogger()
    for other in [each for each in root.handlers if getattr(each, "policybot", False)]:
        root.removeHandler(other)
    handler.policybot = True  # type: ignore[attr-defined]  # how a second call knows its own
    root.addHandler(handler)
    for name in _OWN:
        logging.getLogger(name).setLevel(settings.level.upper())
    return handler
