"""A build that breaks off, or gets something unusable, leaves the live generation as it was."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.database import GENERATIONS, transaction
from index.errors import CorpusError, EncoderError
from tests.index.conftest import FakeEncoder, Site

JIA, YI = "新增就业岗位100个\n发放灵活就业补贴\n", "培训2000人次\n"


STEPS = [
    "manifest.load",
    "upgrade",
    "read_version",
    "write_version",
    "embed",
    "write_indexes",
    "load_generation",
    "publish",
]


@pytest.mark.parametrize("step", STEPS)
def test_crash_leaves_the_live_generation(site: Site, step: str, monkeypatch: pytest.MonkeyPatch):
    """Whichever step breaks off, readers keep the old generation, and the next build completes."""
    site.build()

    def break_off(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("power cut")

    site.corpus.write({"jia": "改过\n", "bing": "见习\n"})
    with monkeypatch.context() as patch:
        patch.setattr(f"index.build.{step}", break_off)
        with pytest.raises(RuntimeError, match="power cut"):
            site.build()
    assert (site.open().id, dict(site.open().texts)) == (1, {"jia": JIA, "yi": YI})
    report = site.build()
    assert (report.added, report.changed, report.removed) == (("bing",), ("jia",), ("yi",))
    assert dict(site.open().texts) == {"jia": "改过\n", "bing": "见习\n"}
    with transaction(site.data_dir) as connection:
        unfinished = connection.exec_driver_sql("SELECT count(*) FROM generations WHERE state != 'ready'")
        assert unfinished.scalar_one() == 0
    names = [path.name for path in sorted((site.data_dir / GENERATIONS).iterdir())]
    assert names == ["000001", f"{report.generation:06d}"]


def test_crash_inside_the_switch(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Breaking off between the generation's state and the pointer undoes both."""
    site.build()
    site.corpus.write({"jia": "改过\n"})

    def break_off(*_args: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("index.publish._point", break_off)
        with pytest.raises(RuntimeError):
            site.build()
    assert site.open().id == 1
    site.build()
    assert site.open().texts["jia"] == "改过\n"


def test_crash_while_cleaning_up(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Breaking off after the switch leaves the new generation live."""
    site.build()
    site.corpus.write({"jia": "改过\n"})

    def break_off(*_args: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("index.build.prune", break_off)
        with pytest.raises(RuntimeError):
            site.build()
    assert site.open().texts == {"jia": "改过\n"}


def test_interrupted_embedding_is_taken_up_again(site: Site, monkeypatch: pytest.MonkeyPatch):
    """What was embedded before the interruption is not embedded again."""

    class Interrupted(FakeEncoder):
        def encode_passages(self, texts: Sequence[str], on_progress: object = None) -> NDArray[np.float32]:
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    monkeypatch.setattr("index.embed._SAVED_AT_ONCE", 2)
    whole, site.encoder = site.encoder, Interrupted()
    with pytest.raises(KeyboardInterrupt):
        site.build()
    site.encoder = whole
    assert (site.build().embedded, whole.encoded) == (1, ["yi规划\n培训2000人次", "就业 岗位"])


@pytest.mark.parametrize(
    ("vectors", "shape"),
    [
        (np.full((3, 16), np.nan, np.float32), r"\(3, 16\)"),
        (np.ones((3, 8), np.float32), r"\(3, 8\)"),
        (np.ones((2, 16), np.float32), r"\(2, 16\)"),
    ],
)
def test_unusable_vectors(
    site: Site, vectors: NDArray[np.float32], shape: str, monkeypatch: pytest.MonkeyPatch
):
    """An encoder that gives other shapes or no numbers is refused, and nothing of it is kept."""
    with monkeypatch.context() as patch:
        patch.setattr(FakeEncoder, "encode_passages", lambda *_args: vectors)
        with pytest.raises(EncoderError, match=rf"fake-1 给出的向量不可用:形状 {shape},应为 \(3, 16\)"):
            site.build()
    assert site.build().embedded == 3


def test_unusable_corpus(site: Site):
    """A manifest that is wrong stops the build before anything is written."""
    (site.corpus.folder / "yi.txt").unlink()
    with pytest.raises(CorpusError, match="yi 的文件"):
        site.build()
    assert not site.data_dir.exists()


def test_a_build_that_has_nothing_to_do_clears_up(site: Site, monkeypatch: pytest.MonkeyPatch):
    """What a killed build left goes with the next one, though that publishes nothing."""
    site.build()

    def break_off(*_args: object) -> None:
        raise RuntimeError("power cut")

    site.corpus.write({"jia": "改过\n", "yi": YI})
    with monkeypatch.context() as patch:
        patch.setattr("index.build.publish", break_off)
        with pytest.raises(RuntimeError):
            site.build()
    site.corpus.write({"jia": JIA, "yi": YI})
    (site.data_dir / GENERATIONS / "000009").mkdir()
    assert site.build().published is False
    assert [path.name for path in (site.data_dir / GENERATIONS).iterdir()] == ["000001"]
