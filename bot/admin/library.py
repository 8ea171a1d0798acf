"""The verbs of an admin: add, replace, withdraw, roll back; each checked, published at once, or not done at all."""

from collections.abc import Mapping
from dataclasses import replace as changed
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import app
from bot.admin import pending
from bot.admin.entries import entry_of, refuse_repeats
from bot.admin.gate import gate
from bot.admin.rollback import roll_back
from bot.admin.types import Outcome, Preview
from bot.config import Config
from bot.errors import InputError
from index import manifest, manifest_edit, readers
from index.build import BuildReport
from index.database import transaction
from index.diff import compare_versions
from index.order import Order
from index.proposals import propose
from index.publish import writer_lock
from index.recipe import read_version
from index.rows import Version, read_counts
from index.types import Document

LOCK = "corpus.lock"  # one change of docs_corpus/ at a time; a build inside it takes its own


def _silent(_stage: str, _done: int, _total: int) -> None:
    return


def _bytes_of(path: Path, limit_mb: int) -> bytes:
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
        :raises CorpusError: it cannot be read
        """
        content = _bytes_of(path, self._limit)
        stored = readers.read(path, self._limit)
        live = self.listed()
        entry, sources = entry_of(path, content, propose(stored, path), given, live)
        refuse_repeats(entry, live, supersedes)
        return self._previewed(path, entry, sources, self._read_as(path, entry))

    def preview_replacement(self, name: str, path: Path, given: Mapping[str, Any]) -> Preview:
        """Read a file as the next version of a document, and compare it with the live one; nothing is written.

        :raises InputError: there is no such document, or the file is the one that is live
        """
        document = self._document(name)
        content = _bytes_of(path, self._limit)
        digest = sha256(content).hexdigest()
        if digest == document.sha256:
            raise InputError(f"{path.name} 与现有的 {name} 一字不差,不用更新")
        entry = {key: value for key, value in given.items() if value not in (None, "", ())}
        entry |= {"file": f"{name}-{digest[:8]}{path.suffix.lower()}", "sha256": digest}
        version = self._read_as(
            path, {"id": name, "title": document.title, "region": document.region, **entry}
        )
        now = read_version(self._config.corpus_dir, document, self._config.settings.index)
        preview = self._previewed(path, entry, {}, version)
        return changed(preview, difference=compare_versions(now, version))

    def _read_as(self, path: Path, entry: Mapping[str, Any]) -> Version:
        """Read a file that is not in docs_corpus/ as a build would, under the name it would have there."""
        with TemporaryDirectory() as folder:
            (Path(folder) / entry["file"]).write_bytes(_bytes_of(path, self._limit))
            document = Document(
                entry["id"], entry["title"], entry["region"], (), None, None, None, None, entry["file"], ""
            )
            return read_version(Path(folder), document, self._config.settings.index)

    def _previewed(
        self, path: Path, entry: Mapping[str, Any], sources: Mapping[str, str], version: Version
    ) -> Preview:
        if not version.passages:
            raise InputError(f"{path.name} 里没有读出任何一句正文;请检查文件内容")
        return Preview(
            file=path,
            entry=entry,
            sources=sources,
            characters=len(version.text),
            clauses=len(version.clauses) - 1,  # without the root
            passages=len(version.passages),
            indicators=len(version.indicators),
        )

    def add(
        self, path: Path, given: Mapping[str, Any], *, supersedes: str | None = None, force: bool = False
    ) -> Outcome:
        """Add a document and publish it.

        :param supersedes: id of the document whose place it takes; that one then answers only when asked for
        :param force: publish even where the gate finds something
        :raises GateError: the gate found something; nothing was changed
        """
        with self._alone():
            preview = self.preview(path, given, supersedes)
            corpus = self._config.corpus_dir
            text = manifest_edit.with_entry(corpus, preview.entry)
            new_file = (str(preview.entry["file"]), _bytes_of(path, self._limit))
            if supersedes:
                self._document(supersedes)
                title = {"superseded_by": preview.entry["title"]}
                with TemporaryDirectory() as folder:
                    (Path(folder) / manifest.MANIFEST).write_bytes(text)
                    text = manifest_edit.with_changes(Path(folder), supersedes, title)
            name = str(preview.entry["id"])
            report, forced = self._publish(text, new_file, "", f"添加 {path.name}", force)
            return Outcome(name, report, preview, forced)

    def replace(self, name: str, path: Path, given: Mapping[str, Any], *, force: bool = False) -> Outcome:
        """Publish a new version of a document; the old file goes to the archive.

        :raises GateError: the gate found something; nothing was changed
        """
        with self._alone():
            preview = self.preview_replacement(name, path, given)
            old = self._document(name).file
            text = manifest_edit.with_changes(self._config.corpus_dir, name, preview.entry)
            new_file = (str(preview.entry["file"]), _bytes_of(path, self._limit))
            report, forced = self._publish(text, new_file, old, f"更新为 {path.name}", force)
            return Outcome(name, report, preview, forced)

    def withdraw(self, name: str, reason: str = "", *, force: bool = False) -> Outcome:
        """Take a document out: it stops answering at once, and stays in the history.

        :raises GateError: the gate found something; nothing was changed
        """
        with self._alone():
            document = self._document(name)
            text = manifest_edit.without(self._config.corpus_dir, name)
            report, forced = self._publish(text, None, document.file, reason or "撤下", force)
            return Outcome(name, report, forced=forced)

    def update(self, *, rebuild: bool = False, force: bool = True) -> BuildReport:
        """Bring the index up to date with docs_corpus/ as it stands."""
        with self._alone():
            report, _ = self._build(Order(self._actor), rebuild=rebuild, force=force)
            return report

    def rollback(self) -> int:
        """Put docs_corpus/ and the index back to how they were before the last publication; return its number.

        :raises StoreError: there is no earlier generation, or a file of it is not kept
        """
        with self._alone():
            return roll_back(self._config, self._actor, self._on_progress)

    def _publish(
        self, text: bytes, new_file: tuple[str, bytes] | None, old_file: str, note: str, force: bool
    ) -> tuple[BuildReport, tuple[str, ...]]:
        pending.begin(self._config, text, new_file, old_file)
        try:
            report, overruled = self._build(Order(self._actor, note), rebuild=False, force=force)
        except BaseException:
            pending.undo(self._config)
            raise
        pending.finish(self._config)
        return report, overruled

    def _build(self, order: Order, *, rebuild: bool, force: bool) -> tuple[BuildReport, tuple[str, ...]]:
        overruled: list[str] | None = [] if force else None
        checked = gate(
            self._config.corpus_dir,
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

    def _alone(self) -> "_Alone":
        return _Alone(self._config)


class _Alone:
    """One change at a time, after whatever a crash left has been cleared up."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = writer_lock(config.data_dir, LOCK)

    def __enter__(self) -> None:
        self._lock.__enter__()
        try:
            pending.recover(self._config)
        except BaseException as error:
            self._lock.__exit__(type(error), error, error.__traceback__)
            raise

    def __exit__(self, *raised: Any) -> None:
        self._lock.__exit__(*raised)
