"""What publishing a file would do, in lines an admin reads before saying yes."""

from collections.abc import Iterator

from bot.admin.entries import LABELS
from bot.admin.types import Preview
from bot.render.difference import summary

_SOURCE_CHARS = 40  # of the words a proposed fact was read from


def preview_lines(preview: Preview) -> Iterator[str]:
    """Yield the facts of the document with the words they were read from, what was read, what changes, what to mind."""
    for key, label in LABELS.items():
        value, source = preview.entry.get(key), preview.sources.get(key)
        if value is not None:
            yield f"{label}:{value}" + (
                f"  (原文:{' '.join(source.split())[:_SOURCE_CHARS]})" if source else ""
            )
    yield (
        f"读出 {preview.clauses} 条、{preview.passages} 句、{preview.indicators} 个指标值,共 {preview.characters} 字"
    )
    if preview.difference is not None:
        yield f"与现行版本相比:{summary(preview.difference)}"
    yield from (f"请留意:{note}" for note in preview.notes)
