"""An error for a log that may hold nobody's words: its classes and the lines of code it passed through."""

import traceback
from collections.abc import Iterator


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def describe(error: BaseException) -> str:
    """Name the classes of an error and of what caused it, outermost first: ``NetworkError < ConnectError``."""
    return " < ".join(dict.fromkeys(type(link).__name__ for link in _chain(error)))


def lines_of(error: BaseException) -> list[str]:
    """List the lines of code an error passed through, without any values: ``search.py:184 search``."""
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for link in _chain(error)
        for frame in traceback.extract_tb(link.__traceback__, limit=None)
    ]
