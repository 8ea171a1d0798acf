"""A build reads and embeds only what changed, and until it is done the live generation stays."""

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import EMBEDDING, INDEXING, NAMING, READING
from index.database import GENERATIONS
from index.generation import Generation
from index.settings import IndexSettings
from tests.index.conftest import Corpus, FakeEncoder, Site

JIA, YI = "新增就业岗位100个\n发放灵活就业补贴\n", "培训2000人次\n"


def summary(site: Site, *, rebuild: bool = False) -> dict[str, object]:
    """Build; return the report without its times and without what is empty, zero or false."""
    report = asdict(site.build(rebuild=rebuild))
    return {name: value for name, value in report.items() if value and "seconds" not in name}


def test_first_build(site: Site):
    """Everything is new: read, embedded, published."""
    assert summary(site) == {
        "added": ("jia", "yi"),
        "passages": 3,
        "embedded": 3,
        "generation": 1,
        "published": True,
    }


def test_nothing_changed(site: Site):
    """A second build reuses everything and publishes nothing."""
    site.build()
    site.encoder.encoded.clear()
    assert summary(site) == {"reused": ("jia", "yi"), "passages": 3, "cached": 3, "generation": 1}
    assert site.encoder.encoded == []


def test_one_document_changed(site: Site):
    """Only the changed line is embedded; the other document is not even read."""
    site.build()
    site.encoder.encoded.clear()
    site.corpus.write({"jia": JIA + "新的一行\n", "yi": YI})
    assert summary(site) == {
        "changed": ("jia",),
        "reused": ("yi",),
        "passages": 4,
        "embedded": 1,
        "cached": 3,
        "generation": 2,
        "published": True,
    }
    assert site.encoder.encoded == ["jia规划\n新的一行"]
    assert [passage.ordinal for passage in site.open().passages] == [0, 1, 2, 0]


def test_added_and_removed(site: Site):
    """A document that left the manifest is gone from the rankers too, and one that came back is not read again."""
    site.build()
    site.corpus.write({"bing": "见习\n", "yi": YI})
    report = site.build()
    assert (report.added, report.removed, report.reused) == (("bing",), ("jia",), ("yi",))
    assert site.open().words.scores([["补贴"]]).tolist() == [[0.0, 0.0]]
    site.encoder.encoded.clear()
    site.corpus.write({"bing": "见习\n", "yi": YI, "jia": JIA})
    assert (site.build().added, site.encoder.encoded) == (("jia",), [])


def test_order_of_the_manifest(site: Site):
    """Another order is another generation, though nothing is read or embedded for it."""
    site.build()
    site.encoder.encoded.clear()
    site.corpus.write({"yi": YI, "jia": JIA})
    report = site.build()
    assert (report.reused, report.published, report.embedded) == (("yi", "jia"), True, 0)
    assert [passage.document for passage in site.open().passages] == ["yi", "jia", "jia"]


def test_metadata_changed(site: Site):
    """Another title in the manifest reads the document again."""
    site.build()
    manifest = site.corpus.folder / "manifest.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("jia规划", "jia新规划"), encoding="utf-8"
    )
    assert site.build().changed == ("jia",)
    assert site.open().documents["jia"].title == "jia新规划"


def test_setting_changed(site: Site):
    """Another passage length reads every document again, and the documents do not count as changed."""
    site.build()
    site.settings = IndexSettings(max_passage_chars=120)
    report = site.build()
    assert (report.reread, report.changed, report.published) == (("jia", "yi"), (), True)
    assert site.open().stamp.max_passage_chars == 120


def test_thesaurus_changed(site: Site):
    """Another thesaurus is another stamp: a new generation from what was read before."""
    site.build()
    site.lexicon = "1" * 64
    report = site.build()
    assert (report.reused, report.embedded, report.published) == (("jia", "yi"), 0, True)
    assert site.open().stamp.lexicon == "1" * 64


def test_encoder_changed_and_changed_back(site: Site):
    """Each encoder has its own vectors, and those of the first are still there when it returns."""
    site.build()
    site.encoder = FakeEncoder(fingerprint="fake-2")
    assert site.build().embedded == 3
    np.testing.assert_array_equal(
        site.open().vectors.reconstruct(np.array([2]))[0], site.encoder.vector("yi规划\n培训2000人次")
    )
    site.encoder = FakeEncoder()
    assert (site.build().embedded, site.encoder.encoded) == (0, [])


def test_rebuild(site: Site):
    """A rebuild reads every file and computes every vector anew; the next build has nothing to do."""
    site.build()
    site.encoder.encoded.clear()
    assert summary(site, rebuild=True) == {
        "reread": ("jia", "yi"),
        "passages": 3,
        "embedded": 3,
        "generation": 2,
        "published": True,
    }
    assert site.build().published is False


def test_damaged_files_are_built_again(site: Site):
    """A live generation that lost a file is replaced, without embedding anything."""
    site.build()
    next((site.data_dir / GENERATIONS).rglob("*.faiss")).unlink()
    report = site.build()
    assert (report.published, report.embedded, site.open().id) == (True, 0, 2)


def test_database_moved_away(site: Site):
    """After a damaged database was moved away, the folders it left are in nobody's way."""
    site.build()
    for path in site.data_dir.glob("policybot.sqlite3*"):
        path.unlink()
    (site.data_dir / GENERATIONS / "000001" / "stray").touch()
    assert site.build().generation == 1
    assert not (site.data_dir / GENERATIONS / "000001" / "stray").exists()


def test_equal_texts_are_embedded_once(site: Site):
    """A wording that stands twice is one vector in both rows."""
    site.corpus.write({"jia": "同一句\n同一句\n"})
    report = site.build()
    assert (report.passages, report.embedded, report.cached) == (2, 1, 1)
    first, second = site.open().vectors.reconstruct(np.arange(2))
    np.testing.assert_array_equal(first, second)


def test_progress(site: Site):
    """Each stage counts up to its end."""
    site.build()
    assert site.progress == [
        *((READING, 0, 2), (READING, 1, 2), (READING, 2, 2)),
        (EMBEDDING, 3, 3),
        (NAMING, 1, 1),
        *((INDEXING, done, 8) for done in range(9)),
    ]


def content(generation: Generation) -> tuple[object, ...]:
    """Return all a generation holds that does not depend on how it came to be."""
    words = generation.words.scores([["甲乙"], ["丙"], ["12"]]).tolist()
    rows = {document: listed.tolist() for document, listed in generation.rows_of.items()}
    vectors = generation.vectors.reconstruct(np.arange(len(generation.passages))).tolist()
    facts = (generation.documents, generation.texts, generation.clauses, generation.passages)
    return (*facts, generation.indicators, words, rows, vectors)


TEXTS = st.lists(st.sampled_from(["甲乙。", "丙12", "甲丙 3.5", ""]), max_size=3).map("\n".join)
CORPORA = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), TEXTS, max_size=3), min_size=1, max_size=3
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora=CORPORA)
def test_any_history_ends_as_a_fresh_build(site: Site, corpora: list[dict[str, str]]):
    """However a corpus came about, its index holds what one built from nothing holds."""
    with TemporaryDirectory() as folder:
        parts = (site.encoder, site.tokenizer)
        grown = Site(Corpus(Path(folder) / "corpus"), Path(folder) / "grown", *parts)
        for texts in corpora:
            grown.corpus.write(texts)
            grown.build()
        fresh = Site(grown.corpus, Path(folder) / "fresh", *parts)
        fresh.build()
        assert content(grown.open()) == content(fresh.open())


def test_thousands_of_passages(site: Site):
    """Two thousand passages over twenty documents build, open and rank."""
    site.corpus.write(
        {f"d{at}": "".join(f"第{at}号第{n}条补贴{at * 100 + n}元\n" for n in range(100)) for at in range(20)}
    )
    assert site.build().passages == 2000
    generation = site.open()
    wanted = generation.passages[1234].indexed_text
    found, scores = generation.vectors.search(site.encoder.vector(wanted), 1)
    assert (found.tolist(), scores.round(4).tolist()) == ([1234], [1.0])
    assert np.flatnonzero(generation.words.scores([["1234"]])[0]).tolist() == [1234]
    assert generation.rows_of["d12"].tolist() == list(range(1200, 1300))


def test_program_changed(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Another program reads every document again; equal passages keep their vectors."""
    site.build()
    monkeypatch.setattr("index.build.fingerprint", lambda: "another program")
    report = site.build()
    assert (report.reread, report.embedded, report.published) == (("jia", "yi"), 0, True)
