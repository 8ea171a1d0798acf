"""Which cosine makes two questions one: python benchmarks/same_question.py [FOLDER_OF_QUESTIONS].

The similar questions (docs_corpus/questions) say which questions belong to one clause. At each threshold: of all pairs of
questions of one clause, how many would merge; of all pairs of different clauses of the same document, how many would;
and the share of the merged pairs that belong together. Questions of different documents are not compared: asked without
a place, they are the same. The last line is JSON.
"""

import json
import sys
from pathlib import Path

import numpy as np

from index.encoders import load as load_encoder
from index.questions import load
from index.settings import EncoderSettings

ROOT = Path(__file__).resolve().parent.parent
THRESHOLDS = (0.88, 0.90, 0.91, 0.92, 0.93, 0.94, 0.95, 0.97)


def cosines(corpus: Path, document: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the cosines of all pairs of a document's questions, and whether each pair is of one clause."""
    asked = [(text, entry.clause) for entry in load(corpus, document) for text in entry.ask]
    texts, owners = zip(*asked, strict=True)
    encoder = load_encoder(EncoderSettings(), ROOT / "var" / "cache")
    vectors = encoder.encode_queries(texts)
    first, second = np.triu_indices(len(texts), 1)
    owner = np.unique(owners, return_inverse=True)[1]
    return (vectors @ vectors.T)[first, second], owner[first] == owner[second]


def main() -> None:
    """Print the table."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs_corpus"
    names = sorted(path.stem for path in (corpus / "questions").glob("*.yaml"))
    read = [cosines(corpus, name) for name in names]
    cosine, same = (np.concatenate(parts) for parts in zip(*read, strict=True))
    print(f"同一条款的问法 {same.sum()} 对,不同条款的 {(~same).sum()} 对")
    rows = []
    for threshold in THRESHOLDS:
        merged = cosine >= threshold
        together, apart = int((merged & same).sum()), int((merged & ~same).sum())
        right = together / max(together + apart, 1)
        rows.append({"threshold": threshold, "same": together, "different": apart, "right": round(right, 3)})
        print(
            f"{threshold:.2f}  同一条款合并 {together} 对({together / same.sum():.2%})"
            f"  不同条款合并 {apart} 对({apart / (~same).sum():.4%})  合并的里面属于同一条款 {right:.1%}"
        )
    print(json.dumps({"same": int(same.sum()), "different": int((~same).sum()), "rows": rows}))


if __name__ == "__main__":
    main()
