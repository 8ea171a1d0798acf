"""A corpus of a few small texts with the real encoder, for tests that need other documents than the shipped ones."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import yaml

from bot import app, config
from retrieval.pipeline import Answerer
from tests.conftest import ROOT, TODAY


def answerer_over(
    folder: Path, texts: Mapping[str, str], entries: Mapping[str, Mapping[str, str]]
) -> Answerer:
    """Index ``texts`` by document id, each with its manifest entry (title, region), and return what answers."""
    corpus = folder / "docs_corpus"
    corpus.mkdir()
    (corpus / app.LEXICON).write_bytes((ROOT / "docs_corpus" / app.LEXICON).read_bytes())
    listed = []
    for name, text in texts.items():
        (corpus / f"{name}.txt").write_bytes(text.encode())
        digest = sha256(text.encode()).hexdigest()
        listed.append({"id": name, **entries[name], "file": f"{name}.txt", "sha256": digest})
    (corpus / "manifest.yaml").write_text(yaml.safe_dump({"documents": listed}, allow_unicode=True), "utf-8")
    found = replace(config.load(ROOT / "config.yaml", folder / "var", environment={}), corpus_dir=corpus)
    app.build_index(found, rebuild=False, on_progress=lambda _stage, _done, _total: None)
    return app.open_answerer(found, today=lambda: TODAY)
