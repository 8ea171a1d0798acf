"""Faults with real processes: python benchmarks/faults.py [FAULT …]. Needs root for the full disk (a small tmpfs).

A small installation is made, ``policybot serve`` is started over it, askers ask without a pause, and one thing is broken at
a time. Prints per fault: what held, questions asked and failed meanwhile, and the seconds until all was well again. A
fault whose promise does not hold ends the run with an error.
"""

import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from broken_channels import telegram_down, telegram_killed, wechat_down
from broken_site import (
    PAUSE_S,
    QUESTION,
    START_S,
    Load,
    Site,
    configure,
    flip,
    live_folder,
    load,
    make,
    plan,
    promise,
    publish,
)

from bot.admin.library import Library
from index.database import DATABASE

_MEMORY = 700 * 2**20  # bytes of address space: the program itself takes 550 MB of it
_BOMB_MB = 4096


Told = tuple[str, Load | None, float]  # what held, the load meanwhile, seconds until all was well


def kill_under_load(site: Site) -> Told:
    """Kill -9 of the server: what was answered before is in the log, and the server comes back."""
    site.start()
    with load(site) as asked:
        time.sleep(3)
        # an answer is logged within a quarter of a second: it is off the asker's way
        before = set(asked.answered)
        time.sleep(0.5)
        site.stop(signal.SIGKILL)
        seconds = site.start()
    site.stop()
    lost = before - site.logged()
    promise(not lost, f"{len(lost)} of {len(before)} questions lost")
    late = set(asked.answered) - site.logged()
    return (
        f"{len(before)} answered before all in the log; {len(late)} answered in the last 0.5 s not",
        asked,
        seconds,
    )


def flipped_bytes(site: Site) -> Told:
    """The live index has a wrong bit: a running server goes on, a new one answers from the generation before."""
    site.start()
    with load(site) as asked:
        flip(live_folder(site) / "vectors.faiss")
        for path in live_folder(site).rglob("*.npy"):
            path.write_bytes(b"")
        time.sleep(1)
        promise("500人" in site.says())
        site.stop()
        site.start()
        promise("450人" in site.says())
        told = site.run("doctor").stdout
        promise("发布时" in told and "请运行 policybot index" in told, told)
        begun = time.perf_counter()
        promise(site.run("index").returncode == 0)
        site.wait_for("500人")
        seconds = time.perf_counter() - begun
    site.stop()
    return "running: 500; restarted: the generation before (450); policybot index: 500 again", asked, seconds


def full_disk(site: Site) -> Told:
    """No byte is left: questions are answered, a change is refused in words, and goes through once there is room."""
    small = site.folder / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(small)], check=True)
    try:
        shutil.copytree(site.data, small / "var")
        shutil.move(site.data, site.folder / "was")
        site.data.symlink_to(small / "var")
        site.start()
        with load(site) as asked:
            filler = small / "filler"
            with filler.open("wb", buffering=0) as file, _no_space():
                while True:
                    file.write(bytes(2**16))
            (site.folder / "new.txt").write_text(plan(550), encoding="utf-8")
            (document,) = Library(site.config, "故障测试").listed()
            refused = site.run("docs", "replace", document.id, str(site.folder / "new.txt"), "--yes")
            promise(refused.returncode == 1 and "Traceback" not in refused.stderr, refused.stderr)
            answered = len(asked.answered)
            time.sleep(2)
            promise(len(asked.answered) > answered and "500人" in site.says())
            filler.unlink()
            begun = time.perf_counter()
            publish(site, 550)
            site.wait_for("550人")
            seconds = time.perf_counter() - begun
            time.sleep(3)  # the log tries again every two seconds
        site.stop()
        lost = set(asked.answered) - site.logged()
        promise(not lost, f"{len(lost)} questions lost")
    finally:
        site.stop()
        subprocess.run(["umount", "-l", str(small)], check=True)
        site.data.unlink(missing_ok=True)
        (site.folder / "was").rename(site.data)
    return (
        f"refused: {refused.stderr.strip().splitlines()[-1][:60]}…; nothing lost from the log",
        asked,
        seconds,
    )


@contextmanager
def _no_space() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        promise(error.errno == 28, error)


def locked_database(site: Site) -> Told:
    """Another program holds both databases for three seconds: answers go on, the log catches up."""
    site.start()
    with load(site) as asked:
        held = [sqlite3.connect(site.data / name, isolation_level=None) for name in (DATABASE, "service.db")]
        for connection in held:
            connection.execute("BEGIN IMMEDIATE")
        time.sleep(1)
        answered = len(asked.answered)
        time.sleep(2)
        promise(len(asked.answered) > answered)
        for connection in held:
            connection.close()
        released = time.perf_counter()
        before = set(asked.answered)
        while before - site.logged():
            promise(time.perf_counter() - released < START_S)
            time.sleep(PAUSE_S)
        seconds = time.perf_counter() - released
    site.stop()
    promise(not set(asked.answered) - site.logged())
    return "answers went on; every question in the log afterwards", asked, seconds


def clock_jump(site: Site) -> Told:
    """A server whose clock stands a year back, then one a year ahead, over the same data (libfaketime)."""
    faketime = shutil.which("faketime")
    if faketime is None:
        return "not tried: apt-get install faketime", None, 0.0
    for moved in ("-365d", "+365d"):
        told = site.run("ask", QUESTION, prefix=(faketime, "-f", moved))
        promise(told.returncode == 0 and "500人" in told.stdout, told.stderr)
    told = site.run("doctor", prefix=(faketime, "-f", "-365d"))
    promise("[注意] 时钟" in told.stdout and "timedatectl" in told.stdout, told.stdout)
    return "answers a year back and ahead; doctor: [注意] 时钟 … timedatectl", None, 0.0


def out_of_memory(site: Site) -> Told:
    """A document that unpacks to gigabytes, and one of 60 MB read under a limit: refused in words, the server goes on."""
    bomb, large = site.folder / "bomb.docx", site.folder / "large.txt"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as out:
            for _ in range(_BOMB_MB):
                out.write(bytes(2**20))
    with large.open("w", encoding="utf-8") as file:
        file.writelines(f"({at})每年培训农民工{at}人,新增就业{at}万人。\n" for at in range(900_000))
    site.start()
    told = []
    with load(site) as asked:
        for path in (bomb, large):
            done = site.run(
                *("docs", "add", str(path), "--region", "乙市", "--yes"),
                limit=lambda: resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY)),
            )
            promise(done.returncode == 1 and "Traceback" not in done.stderr, done.stderr)
            told.append(done.stderr.partition(path.name)[2].strip()[:30])
            promise("500人" in site.says())
    site.stop()
    return f"refused: {'; '.join(told)}", asked, 0.0


def missing_model(site: Site) -> Told:
    """The model's folder is not there: one line says which; as soon as it is back, answers are."""
    configure(site, "backend: bundled", "backend: sentence_transformer")
    configure(site, 'model: ""', f'model: "{site.folder / "no-model"}"')
    told = site.run("ask", QUESTION)
    promise(
        told.returncode == 1 and "Traceback" not in told.stderr and "no-model" in told.stderr, told.stderr
    )
    configure(site, "backend: sentence_transformer", "backend: bundled")
    configure(site, f'model: "{site.folder / "no-model"}"', 'model: ""')
    shutil.rmtree(site.data / "cache", ignore_errors=True)
    begun = time.perf_counter()
    again = site.run("ask", QUESTION)
    promise(again.returncode == 0 and "500人" in again.stdout, again.stderr)
    return (
        f"{told.stderr.strip()[:70]}…; the bundled model's cache deleted: unpacked again",
        None,
        time.perf_counter() - begun,
    )


FAULTS: dict[str, Callable[[Site], Told]] = {
    "kill": kill_under_load,
    "bytes": flipped_bytes,
    "disk": full_disk,
    "locked": locked_database,
    "clock": clock_jump,
    "memory": out_of_memory,
    "model": missing_model,
    "telegram": telegram_down,
    "killed": telegram_killed,
    "wechat": wechat_down,
}


def main(names: list[str]) -> None:
    """Break one thing after the other; print what was seen."""
    print(f"{'fault':8} {'answered':>9} {'failed':>7} {'well again s':>13}  what held", flush=True)
    for name in names or FAULTS:
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            site = make(Path(folder) / "site")
            try:
                held, asked, seconds = FAULTS[name](site)
            finally:
                site.stop(signal.SIGKILL)
            answered, failed = (len(asked.answered), asked.failed) if asked else (0, 0)
            print(f"{name:8} {answered:9} {failed:7} {seconds:13.2f}  {held}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
