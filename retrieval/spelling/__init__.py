"""What a question says, whatever slips, script or letters it was typed with."""

from retrieval.spelling.read import Reader
from retrieval.spelling.types import Reading

__all__ = ["Reader", "Reading"]
