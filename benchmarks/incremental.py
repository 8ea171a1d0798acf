"""One sentence of a plan changed: what is embedded anew, and how long it takes, against building everything.

    python benchmarks/incremental.py

Copies docs_corpus/ into a folder of its own, builds it from nothing, changes one sentence of its longest text through
``docs replace``, then builds everything anew, all in the same run. The last line is JSON.
"""

import json
import shutil
import tempfile
from pathlib import Path

from bot import config
from bot.admin.library import Library
from index.types import Document

ROOT = Path(__file__).resolve().parent.parent


def longest(corpus: Path, documents: tuple[Document, ...]) -> tuple[Document, str]:
    """The document of the longest text, and its text."""
    texts = [(d, (corpus / d.file).read_text(encoding="utf-8")) for d in documents if d.file.endswith(".txt")]
    return max(texts, key=lambda found: len(found[1]))


def with_one_sentence_changed(text: str) -> str:
    """Put a word into a sentence in the middle of a text."""
    at = text.index("。", len(text) // 2)
    return text[:at] + ",并定期公布进展" + text[at:]


def main() -> None:
    """Build, change, rebuild; print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "docs_corpus", folder / "docs_corpus")
        shutil.copy(ROOT / "config.yaml", folder)
        found = config.load(folder / "config.yaml", folder / "var", environment={})
        library = Library(found, "增量测试")
        first = library.update()
        document, text = longest(found.corpus_dir, library.listed())
        changed = folder / "changed.txt"
        changed.write_text(with_one_sentence_changed(text), encoding="utf-8")
        one = library.replace(document.id, changed, {}).report
        whole = library.update(rebuild=True)
    figures = {
        "passages": first.passages,
        "first_s": round(first.seconds, 2),
        "first_encoding_share": round(first.embedding_seconds / first.seconds, 3),
        "one_sentence_s": round(one.seconds, 2),
        "one_sentence_embedded": one.embedded,
        "rebuild_s": round(whole.seconds, 2),
        "rebuild_embedded": whole.embedded,
        "time_ratio": round(whole.seconds / one.seconds, 1),
        "embedded_ratio": round(whole.embedded / one.embedded, 1),
    }
    for label, value in figures.items():
        print(f"{label:<24}{value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
