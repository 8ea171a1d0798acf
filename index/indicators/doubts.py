"""What a reader of values was not sure of, or left out."""

from dataclasses import dataclass

from index.types import Span


@dataclass(frozen=True, slots=True)
class Doubt:
    """``span`` is the place in the stored text, ``message`` says what stands there and what was done with it."""

    span: Span
    message: str
