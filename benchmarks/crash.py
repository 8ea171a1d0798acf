"""Processes killed at random points of a replacement: python benchmarks/crash.py [KILLS].

Each round starts a process that replaces one document, kills it (SIGKILL) after a random part of the time a whole
replacement takes, and asks at once: the old text or the new one must answer, whole. Then ``Library.update`` runs as
the next command would, and the folder, the tables and the index must agree, with nothing left over.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

from bot import app, config
from bot.admin.library import Library
from bot.config import Config
from index import manifest
from index.archive import ARCHIVE
from index.database import GENERATIONS, generation_folder, transaction

ROOT = Path(__file__).resolve().parent.parent
KILLS = 40
EARLY, LATE = (0.0, 0.8), (0.6, 2.0)  # when the kill falls, in times of a whole replacement
QUESTION = "每年培训多少农民工"
_BEGUN = "begun"


def text(people: int) -> str:
    """A plan of a few hundred sentences, one of which states ``people``."""
    tasks = "".join(f"({at})任务。第{at}项工作由第{at}处负责,年内完成{at * 3}件。\n" for at in range(1, 200))
    return f"甲市就业规划\n\n一、培训\n每年培训农民工{people}人。\n\n二、任务\n{tasks}"


def load(folder: Path) -> Config:
    """The installation in ``folder``."""
    return config.load(folder / "config.yaml", folder / "var", environment={})


def replace(folder: Path) -> None:
    """What a killed process was doing."""
    library = Library(load(folder), "崩溃测试")
    library.listed()
    print(_BEGUN, flush=True)
    library.replace("plan", folder / "new.txt", {})


def start(folder: Path) -> "subprocess.Popen[str]":
    """Start a replacement; returns once it begins."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--replace", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == _BEGUN
    return child


def people(found: Config) -> int:
    """What the live index says now."""
    quote = app.open_answerer(found).ask(QUESTION).citations[0].quote
    return int("".join(filter(str.isdigit, quote)))


def leftovers(found: Config) -> list[str]:
    """Files and folders that nothing points to."""
    listed = {document.file for document in manifest.load(found.corpus_dir)} | {"manifest.yaml"}
    with transaction(found.data_dir) as connection:
        numbers = connection.exec_driver_sql("SELECT id FROM generations WHERE state = 'ready'").scalars()
        kept = {generation_folder(found.data_dir, number).name for number in numbers}
        rows = connection.exec_driver_sql("SELECT count(*) FROM generations WHERE state != 'ready'").scalar()
    strays = [p.name for p in found.corpus_dir.iterdir() if p.name not in listed]
    strays += [p.name for p in (found.data_dir / GENERATIONS).iterdir() if p.name not in kept]
    strays += [p.name for p in (found.data_dir / ARCHIVE).rglob("*.partial")]
    strays += [p.name for p in found.data_dir.glob("*pending*")]
    return strays + ([f"{rows} unfinished generations"] if rows else [])


def differences(found: Config) -> list[str]:
    """What the folder states other than the index answers, and what a further update finds to do."""
    (document,) = manifest.load(found.corpus_dir)
    stated = (found.corpus_dir / document.file).read_text(encoding="utf-8")
    said = people(found)
    wrong = [] if f"{said}人" in stated else [f"the index says {said}, the folder {stated[:40]!r}"]
    report = Library(found, "崩溃测试").update()
    return wrong + ([f"a further update published {report}"] if report.published else [])


def prepare(folder: Path) -> tuple[Config, float]:
    """Make the installation; return it and the seconds a whole replacement takes from its beginning."""
    (folder / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", folder)
    (folder / "plan.txt").write_text(text(1), encoding="utf-8")
    found = load(folder)
    Library(found, "崩溃测试").add(folder / "plan.txt", {"region": "甲市"})
    (folder / "new.txt").write_text(text(2), encoding="utf-8")
    child = start(folder)
    begun = perf_counter()
    child.wait()
    return found, perf_counter() - begun


def main(kills: int) -> None:
    """Kill, ask, recover; print what was seen."""
    generator = random.Random(20261123)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found, whole = prepare(folder)
        outcome = {"before the switch": 0, "after the switch": 0, "not in time": 0}
        for round_number in range(kills):
            old, new = people(found), round_number + 100
            (folder / "new.txt").write_text(text(new), encoding="utf-8")
            child = start(folder)
            # a busy machine may take longer than the one measured: every other kill comes late
            sleep(whole * generator.uniform(*(LATE if round_number % 2 else EARLY)))
            child.kill()
            ended = child.wait() == 0
            said = people(found)
            assert said in (old, new), (said, old, new)
            outcome[
                "not in time" if ended else "after the switch" if said == new else "before the switch"
            ] += 1
            Library(found, "崩溃测试").update()
            assert people(found) == said, "recovery changed the answer"
            found_wrong = differences(found)
            assert not found_wrong, (round_number, said, found_wrong)
            assert leftovers(found) == [], leftovers(found)
        print(f"{kills} kills over {whole:.2f} s: {outcome}; every answer right, nothing left over")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--replace"]:
        replace(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
