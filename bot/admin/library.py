"""The verbs of an admin: add, replace, withdraw, restore, roll back; each checked, published at once, or not done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

from bot import app
from bot.admin import pending, versions
from bot.admin.entries import entry_of, next_version, notes_on, refuse_repeats
from bot.admin.gate import gate
from bot.admin.regression import read_cases
from bot.admin.rollback import roll_back
from bot.admin.types import Outcome, Preview
from bot.config import Config
from bot.errors import InputError
from index import address, archive, manifest, readers
from index.build import BuildReport
from index.database import transaction
from index.diff import compare_versions
from index.errors import PolicybotError
from index.manifest import written_entry
from index.manifest_edit import Edit, adding, changing, edited, removing
from index.order import Order
from index.proposals import propose
from index.publish import writer_lock
from index.recipe import read_file
from index.rows import Version, read_counts
from index.types import Document

LOCK = "corpus.lock"  # one change of docs_corpus/ at a time; a build inside it takes its own


_DOUBTS = 5  # places read with doubt that a preview names


def _silent(_stage: str, _done: int, _total: int) -> None:
    return


def _bytes_of(path: Path, limit_mb: int) -> bytes:
    if path.is_dir():
        raise InputError(f"{path} 是文件夹;请给出一份文件的路径")
    try:
        if path.stat().st_size > limit_mb << 20:
            raise InputError(
                f"{path.name} 超过上限 {limit_mb} MB;请拆分,或调大 config.yaml 的 index.max_file_mb"
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"读不了 {path}:{error.strerror};请检查路径和权限") from None


class Library:
    """The documents of one installation, changed in the name of ``actor``."""

    def __init__(self, config: Config, actor: str, on_progress: app.Progress = _silent) -> None:
        self._config, self._actor, self._on_progress = config, actor, on_progress

    @property
    def _limit(self) -> int:
        return self._config.settings.index.max_file_mb

    def listed(self) -> tuple[Document, ...]:
        """Return the documents of the manifest; none where there is no manifest yet."""
        corpus = self._config.corpus_dir
        return manifest.load(corpus) if (corpus / manifest.MANIFEST).exists() else ()

    def _document(self, name: str) -> Document:
        found = next((document for document in self.listed() if document.id == name), None)
        if found is None:
            known = "、".join(document.id for document in self.listed())
            raise InputError(f"没有 id 为 {name} 的文档;现有:{known or '无'}")
        return found

    def preview(self, path: Path, given: Mapping[str, Any], supersedes: str | None = None) -> Preview:
        """Read a file as it would be read, and say what it would become; nothing is written.

        :param given: manifest keys the admin sets; the others are proposed from the text
        :raises InputError: it is there already, or its region cannot be told
        :raises CorpusError: it cannot be read, or a given value cannot be used
        """
        content = _bytes_of(path, self._limit)
        proposal = propose(readers.read(path, self._limit), path)
        live = self.listed()
        taken = {d.id for d in live} | {event.document for event in versions.events(self._config)}
        document, sources = entry_of(path, content, proposal, given, taken)
        refuse_repeats(document, live, supersedes)
        if supersedes is not None:
            self._document(supersedes)
        others = [d for d in live if d.id != supersedes]
        preview = self._previewed(path, document, read_file(path, document, self._config.settings.index))
        notes = tuple(notes_on(document, proposal, given, others))
        return changed(preview, sources=sources, notes=notes + preview.notes)

    def preview_replacement(self, name: str, path: Path, given: Mapping[str, Any]) -> Preview:
        """Read a file as the next version of a document, and compare it with the live one; nothing is written.

        :raises InputError: there is no such document, or the file is the one that is live
        :raises CorpusError: it cannot be read, or a given value cannot be used
        """
        current = self._document(name)
        content = _bytes_of(path, self._limit)
        proposal = propose(readers.read(path, self._limit), path)
        document = next_version(path, content, current, given)
        if document.sha256 == current.sha256:
            raise InputError(f"{path.name} 与现有的 {name} 一字不差,不用更新")
        refuse_repeats(document, [d for d in self.listed() if d.id != name])
        settings = self._config.settings.index
        version = read_file(path, document, settings)
        now = read_file(self._config.corpus_dir / current.file, current, settings)
        preview = self._previewed(path, document, version)
        notes = tuple(notes_on(document, proposal, given, ()))
        return changed(preview, difference=compare_versions(now, version), notes=notes + preview.notes)

    def _previewed(self, path: Path, document: Document, version: Version) -> Preview:
        if not version.passages:
            raise InputError(f"{path.name} 里没有读出任何一句正文;请检查文件内容")
        return Preview(
            file=path,
            document=document,
            entry=written_entry(document),
            sources={},
            characters=len(version.text),
            clauses=len(version.clauses) - 1,  # without the root
            passages=len(version.passages),
            indicators=len(version.indicators),
            notes=tuple(
                f"{address.display(w.clause)} “{w.quote}…”:{w.message}" for w in version.warnings[:_DOUBTS]
            ),
        )

    def add(
        self, path: Path, given: Mapping[str, Any], *, supersedes: str | None = None, force: bool = False
    ) -> Outcome:
        """Add a document and publish it.

        :param supersedes: id of the document whose place it takes; that one then answers only when asked for
        :param force: publish even where the gate finds something
        :raises GateError: the gate found something; nothing was changed
        """
        with self.alone():
            preview = self.preview(path, given, supersedes)
            new = preview.document
            edits = [adding(preview.entry)]
            if supersedes is not None:
                edits.append(changing(supersedes, {"superseded_by": new.title}))
            new_file = (new.file, _bytes_of(path, self._limit))
            report, forced = self._publish(edits, new_file, "", f"添加 {path.name}", force)
            return Outcome(new.id, report, preview, forced)

    def replace(self, name: str, path: Path, given: Mapping[str, Any], *, force: bool = False) -> Outcome:
        """Publish a new version of a document; the old file goes to the archive.

        :raises GateError: the gate found something; nothing was changed
        """
        with self.alone():
            preview = self.preview_replacement(name, path, given)
            content = _bytes_of(path, self._limit)
            report, forced = self._put(preview.document, content, f"更新为 {path.name}", force)
            return Outcome(name, report, preview, forced)

    def _put(
        self, document: Document, content: bytes, note: str, force: bool
    ) -> tuple[BuildReport, tuple[str, ...]]:
        """Publish another version of a live document."""
        current = self._document(document.id)
        before, after = written_entry(current), written_entry(document)
        changes = {key: value for key, value in after.items() if before.get(key) != value}
        edits = [changing(document.id, changes)]
        old_file = self._unshared(current) if current.file != document.file else ""
        return self._publish(edits, (document.file, content), old_file, note, force)

    def _unshared(self, document: Document) -> str:
        """Name a document's file, unless another one has it too."""
        shared = any(other.file == document.file for other in self.listed() if other.id != document.id)
        return "" if shared else document.file

    def withdraw(self, name: str, reason: str = "", *, force: bool = False) -> Outcome:
        """Take a document out: it stops answering at once, and stays in the history.

        :raises GateError: the gate found something; nothing was changed
        """
        with self.alone():
            gone = self._unshared(self._document(name))
            report, forced = self._publish([removing(name)], None, gone, reason or "撤下", force)
            return Outcome(name, report, forced=forced)

    def restore(self, name: str, version: str | None = None, *, force: bool = False) -> Outcome:
        """Bring a withdrawn document back, or an earlier version of a live one.

        :param version: the version, or how it begins; the last one when None
        :raises InputError: there is no such version, or it is the live one
        :raises StoreError: its file is not kept any more
        :raises GateError: the gate found something; nothing was changed
        """
        with self.alone():
            wanted = versions.find(self._config, name, version)
            current = next((document for document in self.listed() if document.id == name), None)
            if current and current.version == wanted.version:
                raise InputError(f"{name} 现在就是版本 {wanted.version};docs history {name} 列出别的版本")
            kept = archive.find(self._config.data_dir, wanted)
            content, note = kept.read_bytes(), f"恢复版本 {wanted.version}"
            back = changed(wanted, file=f"{name}-{wanted.sha256[:8]}{kept.suffix}")
            if current:
                report, forced = self._put(back, content, note, force)
            else:
                edits = [adding(written_entry(back))]
                report, forced = self._publish(edits, (back.file, content), "", note, force)
            return Outcome(name, report, forced=forced)

    def update(self, *, rebuild: bool = False, force: bool = False) -> BuildReport:
        """Bring the index up to date with docs_corpus/ as it stands."""
        with self.alone():
            report, _ = self.build(Order(self._actor), rebuild=rebuild, force=force)
            return report

    def rollback(self) -> int:
        """Put docs_corpus/ and the index back to how they were before the last publication; return its number.

        :raises StoreError: there is no earlier generation, or a file of it is not kept
        """
        with self.alone():
            return roll_back(self._config, self._actor, self._on_progress)

    def _publish(
        self, edits: list[Edit], new_file: tuple[str, bytes] | None, old_file: str, note: str, force: bool
    ) -> tuple[BuildReport, tuple[str, ...]]:
        text = edited(self._config.corpus_dir, *edits)
        pending.begin(self._config, text, new_file, old_file)
        try:
            report, overruled = self.build(Order(self._actor, note), force=force)
        except PolicybotError:  # from before the switch: what goes wrong after it is only logged
            pending.undo(self._config)
            raise
        except BaseException:  # Ctrl-C may come at any time
            pending.recover(self._config)
            raise
        pending.finish(self._config)
        return report, overruled

    def build(
        self, order: Order, *, rebuild: bool = False, force: bool = False
    ) -> tuple[BuildReport, tuple[str, ...]]:
        """Build, check and publish docs_corpus/ as it stands, inside :meth:`alone`.

        :return: what was done, and what the gate found and was overruled on
        :raises GateError: the gate found something; nothing was published
        """
        overruled: list[str] | None = [] if force else None
        checked = gate(
            read_cases(self._config.corpus_dir),
            self._counts,
            lambda store: app.answerer_of(self._config, store),
            overruled,
        )
        report = app.build_index(
            self._config, rebuild=rebuild, on_progress=self._on_progress, order=changed(order, gate=checked)
        )
        return report, tuple(overruled or ())

    def _counts(self, generation: int) -> dict[str, tuple[int, int]]:
        with transaction(self._config.data_dir) as connection:
            return read_counts(connection, generation)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the right to change docs_corpus/, after whatever a crash left has been cleared up.

        :raises StoreError: another process is changing it
        """
        with writer_lock(self._config.data_dir, LOCK):
            pending.recover(self._config)
            yield
