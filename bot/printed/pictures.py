"""Pictures of pages, drawn when they are first asked for and kept."""

import asyncio
import json
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.printed.types import BusyError, NotDrawnError, PrintedPage
from index.errors import StoreError
from index.types import Document

LOG = logging.getLogger(__name__)
AT_ONCE = 2  # pages drawn at once; each keeps a core busy for about a second
WAITING = 12  # pages being drawn or waiting for it; whoever comes then is asked to come again
PATIENCE_S = 20.0  # for one page
KEPT_BYTES = 200 << 20  # of pictures: some thousand pages

_BUSY = "现在看页面图的人较多，请过几秒再打开。"
_UNDRAWABLE = "这一页的图画不出来，文件可能有损坏；请看文字，或向发文机关索取原件。"
_GONE = "这份文件的原件没有留存，画不出页面图；请看文字。"


def _prune(folder: Path, most: int) -> None:
    """Delete the pages that were looked at longest ago until what is kept fits."""
    files = sorted(((file.stat(), file) for file in folder.glob("*.*")), key=lambda pair: pair[0].st_mtime)
    held = sum(stat.st_size for stat, _ in files)
    for stat, file in files:
        if held <= most:
            return
        file.unlink(missing_ok=True)
        held -= stat.st_size


def _read(stem: Path) -> PrintedPage | None:
    """Read a kept page and note that it was looked at; None where it is not kept."""
    picture, description = stem.with_suffix(".png"), stem.with_suffix(".json")
    try:
        found = json.loads(description.read_bytes())
        for file in (picture, description):
            os.utime(file)
    except (OSError, ValueError):
        return None
    boxes = tuple((left, top, right, bottom) for left, top, right, bottom in found["boxes"])
    return PrintedPage(found["width"], found["height"], found["letters"], boxes, picture)


async def _run(file: Path, number: int, stem: Path) -> None:
    """Draw a page in a process of its own.

    :raises NotDrawnError: it fails, or takes too long
    """
    command = (sys.executable, "-m", "bot.printed.drawing", str(file), str(number), str(stem))
    process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    try:
        async with asyncio.timeout(PATIENCE_S):
            _, said = await process.communicate()
    except TimeoutError:
        said = f"took longer than {PATIENCE_S:g} s".encode()
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        LOG.warning("page %s of %s was not drawn: %s (%s)", number, file.name, last, process.returncode)
        raise NotDrawnError(_UNDRAWABLE)


@dataclass(slots=True)
class Pictures:
    """Draws the pages of PDF sources; for one event loop.

    ``find`` gives the file of a document's version and raises StoreError where it is gone; ``folder`` keeps what
    was drawn, at most ``kept_bytes`` of it.
    """

    find: Callable[[Document], Path]
    folder: Path
    kept_bytes: int = KEPT_BYTES
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _drawing: dict[Path, asyncio.Task[None]] = field(default_factory=dict)

    async def _draw(self, document: Document, number: int, stem: Path) -> None:
        async with self._turns:
            try:
                file = self.find(document)
            except StoreError:
                raise NotDrawnError(_GONE) from None
            partial = stem.with_name(f"{stem.name}-{os.getpid()}")
            made = [partial.with_suffix(suffix) for suffix in (".png", ".json")]
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                await _run(file, number, partial)
                for part in made:  # the description last: where it is, the picture is
                    part.replace(stem.with_suffix(part.suffix))
                await asyncio.to_thread(_prune, self.folder, self.kept_bytes)
            except OSError as error:
                LOG.error("the picture of page %s of %s cannot be kept: %s", number, document.id, error)
                raise NotDrawnError(_UNDRAWABLE) from None
            finally:
                for part in made:
                    part.unlink(missing_ok=True)

    def _ended(self, stem: Path, task: "asyncio.Task[None]") -> None:
        self._drawing.pop(stem, None)
        if not task.cancelled():
            task.exception()  # whoever waited was told; where all have left, nobody has to be

    async def page(self, document: Document, number: int) -> PrintedPage:
        """Return a page of a document's version, drawn now unless it is kept.

        :param number: from 1; the caller has made sure that there is such a page
        :raises NotDrawnError: it cannot be drawn; ``BusyError`` where it may be a little later
        """
        stem = self.folder / f"{document.version}-{number}"
        kept = await asyncio.to_thread(_read, stem)
        if kept:
            return kept
        task = self._drawing.get(stem)
        if task is None:
            if len(self._drawing) >= WAITING:
                raise BusyError(_BUSY)
            task = asyncio.create_task(self._draw(document, number, stem))
            self._drawing[stem] = task
            task.add_done_callback(lambda done: self._ended(stem, done))
        await asyncio.shield(task)  # who leaves does not take the page from the others
        drawn = await asyncio.to_thread(_read, stem)
        if drawn is None:
            raise NotDrawnError(_UNDRAWABLE)
        return drawn
