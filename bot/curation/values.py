"""Values that were read wrong: corrected or hidden by an admin, in force with the next publication."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.admin.library import Library
from bot.config import Config
from bot.errors import InputError
from index import corrections, overrides
from index.archive import write_atomically
from index.errors import CorpusError
from index.overrides import OVERRIDES, Action, Override
from index.overrides_edit import pointing, with_override, without_override
from index.recipe import read_file
from index.types import Clause, Document, Indicator

Note = Callable[[str, str, Mapping[str, str]], None]  # action, subject, detail → the audit log


def _check(config: Config, document: Document, content: bytes) -> None:
    """Apply the corrections of a document as a build will."""
    version = read_file(config.corpus_dir / document.file, document, config.settings.index)
    with TemporaryDirectory() as name:
        write_atomically(Path(name) / OVERRIDES, content)
        try:
            found = overrides.load(Path(name), document.id)
            corrections.apply(found, version.indicators, version.text, version.clauses)
        except CorpusError as error:
            raise CorpusError(f"没有改:{str(error).replace(f'{name}/', '')}") from None


def correct(
    config: Config,
    library: Library,
    document: Document,
    place: tuple[str, Clause],
    row: Indicator,
    change: Mapping[str, str],
    reason: tuple[str, str],
    note: Note,
) -> None:
    """Correct a value, or hide it where ``change`` is empty.

    :param place: the text of the document, and the clause the row was read from
    :param reason: who corrects it, and why
    :param change: the fields that are to be others, as ``index.overrides.Change`` names them
    :raises InputError: there is no reason
    :raises CorpusError: the value cannot be pointed to, or a field cannot be used; nothing was changed
    :raises StoreError: another process is changing the documents
    """
    by, why = reason
    if not why:
        raise InputError("请写明为什么这样改;理由会跟着这个值")
    text, clause = place
    entry = {
        "document": document.id,
        "clause": row.clause,
        "words": pointing(text, clause, row, change.get("value", "")),
        "value": row.value_span.of(text),
        "name": row.name,
        "action": (Action.CORRECT if change else Action.HIDE).value,
        **({"set": dict(change)} if change else {}),
        "by": by,
        "why": why,
        "when": date.today(),
    }
    with library.alone():
        content = with_override(config.corpus_dir, entry)
        _check(config, document, content)
        note(
            "value.corrected" if change else "value.hidden",
            document.id,
            {**change, "name": row.name, "why": why},
        )
        write_atomically(config.corpus_dir / OVERRIDES, content)


def take_back(config: Config, library: Library, document: Document, override: Override, note: Note) -> None:
    """Take a correction back.

    :raises CorpusError: it is not there any more; nothing was changed
    :raises StoreError: another process is changing the documents
    """
    with library.alone():
        content = without_override(config.corpus_dir, override)
        _check(config, document, content)
        note("value.restored", document.id, {"name": override.name, "why": override.why})
        write_atomically(config.corpus_dir / OVERRIDES, content)
