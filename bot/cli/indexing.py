"""``policybot index``: once, or whenever a file of docs_corpus/ changes."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bot.admin.library import Library
from bot.cli.progress import progress
from bot.config import Config
from index.build import BuildReport
from index.errors import PolicybotError

ACTOR = "命令行"
SETTLED_MS = 1_500  # a copy of a large file arrives in pieces: wait until nothing has changed for this long
_FIRST_LOOK_MS = 500  # how long the watch waits for a change before it says that there is none
_SHOWN = 10  # document ids a line names


def _print(report: BuildReport) -> None:
    for label, names in (
        ("新增", report.added),
        ("更新", report.changed),
        ("移除", report.removed),
        ("沿用", report.reused),
        *((("重读", report.reread),) if report.reread else ()),
    ):
        listed = "、".join(names[:_SHOWN]) + (" 等" if len(names) > _SHOWN else "")
        print(f"{label} {len(names)} 份" + (f":{listed}" if names else ""))
    print(
        f"共 {report.passages} 条原文,新编码 {report.embedded} 条;"
        f"用时 {report.seconds:.2f} 秒(编码 {report.embedding_seconds:.2f} 秒);索引 {report.generation}",
        flush=True,
    )


def once(config: Config, *, rebuild: bool = False, force: bool = False) -> None:
    """Bring the index up to date and say what was done."""
    with progress() as on_progress:
        _print(Library(config, ACTOR, on_progress).update(rebuild=rebuild, force=force))


def _follow(config: Config, watched: Iterator[Any]) -> None:
    """Index once, then again whenever ``watched`` tells of changes."""
    # the first time round nothing has changed yet, but from now on no change is missed
    next(watched, None)
    once(config)
    print(f"在看 {config.corpus_dir},文件一变就更新;Ctrl-C 结束", flush=True)
    for changed in watched:
        if not changed:
            continue
        try:
            once(config)
        except PolicybotError as error:  # the live index goes on answering; the next change may mend it
            print(f"没有更新:{error}", flush=True)


def watch(config: Config) -> None:
    """Index, then wait for changes and index again, the gate included; ends with Ctrl-C."""
    from watchfiles import watch as changes

    watched = changes(
        config.corpus_dir,
        debounce=SETTLED_MS,
        step=SETTLED_MS // 3,
        rust_timeout=_FIRST_LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    with suppress(KeyboardInterrupt):  # also while it indexes: what was begun is undone by the library
        _follow(config, watched)
