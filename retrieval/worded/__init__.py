"""An optional language model that puts what the documents say into a sentence or two, and may say nothing else.

Off by default. It sees the question and the quotations already chosen; whatever it returns is checked sentence by
sentence (``check``), and where nothing holds, or the model fails, the documents' own words stand.
"""

from collections.abc import Sequence
from typing import Protocol


class Wording(Protocol):
    """What words quotations; ``client.WordingModel`` in production."""

    def word(self, question: str, quotes: Sequence[str]) -> str:
        """Return a text whose sentences end in the number of the quotation they rest on; "" on any failure."""
        ...
