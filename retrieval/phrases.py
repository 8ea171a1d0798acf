"""Exact words: where a phrase stands, to the letter."""

from bisect import bisect_right

from index.store import Generation

# Marks a person types one way and a document prints another
_PLAIN = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "(": "(", ")": ")", ",": ",", ":": ":"})


def _places(phrase: str, text: str) -> list[int]:
    found, at = [], text.find(phrase)
    while at >= 0:
        found.append(at)
        at = text.find(phrase, at + 1)
    return found


def rows_with(phrase: str, store: Generation) -> list[int]:
    """List the passage rows whose words hold ``phrase``, in order; quotation marks and width are ignored."""
    wanted = phrase.strip().translate(_PLAIN)
    rows: list[int] = []
    if not wanted:
        return rows
    for document, text in store.texts.items():
        own = store.rows_of[document]
        starts = [store.passages[row].span.start for row in own]
        # one character for one, so that offsets hold
        for at in _places(wanted, text.translate(_PLAIN)):
            position = bisect_right(starts, at) - 1
            if position >= 0 and at < store.passages[int(own[position])].span.end:
                rows.append(int(own[position]))
    return list(dict.fromkeys(rows))
