"""What a reader returns."""

from dataclasses import dataclass

from index.types import HeadingLine, Table


@dataclass(frozen=True, slots=True)
class StoredText:
    """A document as it is stored: never edited afterwards; every span of the index counts its characters.

    What plain text cannot say stands beside it: the grids of tables with their merges, the lines the format marks as
    headings, where pages begin (``pages[0]`` is the offset of page 1; empty where the format has no pages), and what
    the file says of itself outside the text (``("ArticleTitle", "…")``: a web page's meta tags, front matter).
    """

    text: str
    tables: tuple[Table, ...] = ()
    headings: tuple[HeadingLine, ...] = ()
    pages: tuple[int, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()
