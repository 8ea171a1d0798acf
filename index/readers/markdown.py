"""Markdown (CommonMark with pipe tables): the words without the marks."""

from pathlib import Path

from index.errors import CorpusError
from index.readers.parts.compose import compose
from index.readers.parts.files import decode, load, refuse_binary
from index.readers.parts.front_matter import split_front_matter
from index.readers.types import StoredText

SUFFIXES = (".md", ".markdown")


def read(path: Path) -> StoredText:
    """Read a Markdown file: its words without ``#``, ``**``, links' addresses, pictures and comments.

    Every line of the source that shows words stays a line of its own; the numbers of numbered lists stay, bullets go.
    Front matter is left out of the text and returned as ``declared``.

    :raises CorpusError: the file cannot be opened or decoded, is plainly of another kind, or shows no words
    """
    from index.readers.parts.markdown_blocks import blocks_of

    data = load(path, None)
    source = decode(path, data)
    refuse_binary(path, source)
    declared, body = split_front_matter(source.replace("\r\n", "\n"))
    stored = compose(blocks_of(body), declared)
    if not stored.text.strip():
        raise CorpusError(f"{path} 里没有正文;请放入文档正文,或从清单中去掉这一项")
    return stored
