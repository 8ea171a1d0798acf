"""Passages → words, cutting only those no earlier build cut: jieba takes longer over a large corpus than all else."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from index.database import transaction
from index.schema import words_cache
from index.tokens import Tokenizer
from index.types import Passage

_SEPARATOR = "\n"  # stands in no word: words are cut at white space


def cut(data_dir: Path, passages: Sequence[Passage], tokenizer: Tokenizer, *, anew: bool) -> list[list[str]]:
    """Return the words of passages, row for row.

    :param anew: cut every passage, whatever earlier builds left
    """
    texts = {passage.digest: passage.indexed_text for passage in passages}
    query = select(words_cache.c.digest, words_cache.c.words).where(
        words_cache.c.tokenizer == tokenizer.fingerprint
    )
    with transaction(data_dir) as connection:
        stored = {} if anew else {d: w for d, w in connection.execute(query) if d in texts}
        new = {d: _SEPARATOR.join(tokenizer.words(text)) for d, text in texts.items() if d not in stored}
        if new:
            # those of an earlier thesaurus serve nobody: generations keep their own
            connection.execute(delete(words_cache).where(words_cache.c.tokenizer != tokenizer.fingerprint))
            rows = [
                {"tokenizer": tokenizer.fingerprint, "digest": d, "words": words} for d, words in new.items()
            ]
            upsert = insert(words_cache)
            changed = {"words": upsert.excluded.words}
            connection.execute(
                upsert.on_conflict_do_update(index_elements=["tokenizer", "digest"], set_=changed), rows
            )
    found = stored | new
    return [found[passage.digest].split(_SEPARATOR) if found[passage.digest] else [] for passage in passages]
