"""One pointer, one writer, and a way back."""

import os
from pathlib import Path

import pytest

from index.database import GENERATIONS, generation_folder, transaction
from index.errors import StoreError
from index.generation import VECTORS
from index.publish import LOCK, live_generation, rollback, writer_lock
from index.settings import IndexSettings
from tests.index.conftest import Site


def edit(site: Site, *texts: str) -> None:
    """Build once for each text of the only document."""
    for text in texts:
        site.corpus.write({"jia": text})
        site.build()


def folders(site: Site) -> list[str]:
    """Name the folders of generations."""
    return sorted(path.name for path in (site.data_dir / GENERATIONS).iterdir())


def numbers(site: Site) -> list[int]:
    """Return the numbers of the generations the database knows."""
    with transaction(site.data_dir) as connection:
        return list(connection.exec_driver_sql("SELECT id FROM generations ORDER BY id").scalars())


def test_rollback_returns_to_the_one_before(site: Site):
    """Each rollback leads one published generation back, and what it holds is what was read then."""
    edit(site, "一\n", "二\n", "三\n")
    assert [rollback(site.data_dir), site.open().texts["jia"]] == [2, "二\n"]
    assert [rollback(site.data_dir), site.open().texts["jia"]] == [1, "一\n"]


def test_build_after_a_rollback(site: Site):
    """A generation built after a rollback leads back to the one that was live, not to the one rolled back from."""
    edit(site, "一\n", "二\n")
    rollback(site.data_dir)
    edit(site, "三\n")
    assert site.open().texts["jia"] == "三\n"
    assert [rollback(site.data_dir), site.open().texts["jia"]] == [1, "一\n"]


def test_nothing_to_roll_back_to(site: Site):
    """Without an earlier generation a rollback is refused and the live one stays."""
    site.build()
    with pytest.raises(StoreError, match="没有更早的一代索引,不能回滚"):
        rollback(site.data_dir)
    assert site.open().id == 1


def test_rollback_on_an_empty_data_directory(tmp_path: Path):
    """Nothing was ever built: the same clear line."""
    with pytest.raises(StoreError, match="没有更早的一代索引"):
        rollback(tmp_path / "var")


def test_rollback_to_a_damaged_generation(site: Site):
    """A generation whose files are gone cannot become live again."""
    edit(site, "一\n", "二\n")
    (generation_folder(site.data_dir, 1) / VECTORS).unlink()
    with pytest.raises(StoreError, match=r"000001/vectors\.faiss 不见了"):
        rollback(site.data_dir)
    assert site.open().texts["jia"] == "二\n"


def test_old_generations_go(site: Site):
    """The newest few stay with their rows and files; texts and vectors nobody uses go."""
    site.settings = IndexSettings(keep_generations=2)
    edit(site, "一\n", "二\n", "三\n", "四\n")
    assert (folders(site), numbers(site)) == (["000003", "000004"], [3, 4])
    with transaction(site.data_dir) as connection:
        texts = connection.exec_driver_sql("SELECT text FROM texts ORDER BY text").scalars().all()
        vectors = connection.exec_driver_sql("SELECT count(*) FROM vectors_cache").scalar_one()
    assert (sorted(texts), vectors) == (sorted(["三\n", "四\n"]), 2)


def test_the_live_one_never_goes(site: Site):
    """After rollbacks the live generation is kept though newer ones fill the quota."""
    edit(site, "一\n", "二\n", "三\n")
    rollback(site.data_dir)
    rollback(site.data_dir)
    site.settings = IndexSettings(keep_generations=2)
    edit(site, "四\n")
    assert (folders(site), site.open().id) == (["000003", "000004"], 4)
    with pytest.raises(StoreError, match="没有更早的一代索引"):
        rollback(site.data_dir)


def test_second_writer_is_told_who_and_since_when(data_dir: Path):
    """While one process writes, another is refused, with the first one's number and start."""
    with (
        writer_lock(data_dir),
        pytest.raises(
            StoreError, match=r"另一个进程正在更新 .*\(进程 \d+,始于 \d{4}-\d\d-\d\d .*等它结束后再试"
        ),
        writer_lock(data_dir),
    ):
        pass


def test_lock_ends_with_its_holder(data_dir: Path):
    """The words a dead process left in the lock file hold nobody up, and an error frees the lock."""
    data_dir.mkdir()
    (data_dir / LOCK).write_text("进程 999999,始于 2020-01-01 00:00:00+08:00", encoding="utf-8")

    def write_and_fail() -> None:
        with writer_lock(data_dir):
            raise RuntimeError((data_dir / LOCK).read_text(encoding="utf-8"))

    for _ in range(2):
        with pytest.raises(RuntimeError, match=rf"进程 {os.getpid()},始于 \d{{4}}-"):
            write_and_fail()


def test_build_while_another_writes(site: Site):
    """A build does not start beside another writer; readers go on."""
    site.build()
    site.corpus.write({"jia": "新\n"})
    with writer_lock(site.data_dir), pytest.raises(StoreError, match="另一个进程正在更新"):
        site.build()
    assert site.open().id == 1


def test_no_pointer_before_the_first_build(site: Site, monkeypatch: pytest.MonkeyPatch):
    """A first build that fails leaves no live generation."""

    def break_off(*_args: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("index.build.publish", break_off)
    with pytest.raises(RuntimeError, match="power cut"):
        site.build()
    with transaction(site.data_dir) as connection:
        assert live_generation(connection) is None
