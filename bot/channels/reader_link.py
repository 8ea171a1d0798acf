"""Links from a chat into the reader's public pages."""

from collections.abc import Callable

from bot.assistant import Assistant
from bot.channels.web.library import reader_path
from retrieval.types import Citation

Link = Callable[[Citation], str]


def reader_link(assistant: Assistant, public_url: str) -> Link | None:
    """Return what makes the public address of a citation; None where the reader has none."""
    if not public_url:
        return None

    def address(citation: Citation) -> str:
        document = assistant.store.documents[citation.document]
        return f"{public_url.rstrip('/')}/{reader_path(document, citation.clause, citation.span)}"

    return address
