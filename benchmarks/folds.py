"""Ranking weights chosen by cross-validation: python benchmarks/folds.py GOLD.jsonl [GOLD.jsonl …].

Splits the questions of all sets into five folds; for each, takes the weights that do best on the other four (mean of
hit@1, hit@3 and indicators over a grid) and scores the fold with them. Prints the figures of the folds together, beside
those of the shipped weights: what a choice made without the question would have got.
"""

import sys
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
from ablation import FIGURES, Remembering, load

from bot import app, config
from index.store import open_generation
from retrieval.evaluation import evaluate
from retrieval.pipeline import Answerer
from retrieval.types import Answer, Turn

FOLDS = 5
SEED = 7
GRID = [
    {"words": words, "bigrams": bigrams, "asked": asked}
    for words, bigrams, asked in product((3.0, 4.0, 6.0), (3.0, 4.0, 6.0), (0.5, 1.0, 1.5))
]
CHOSEN_BY = ("hit@1", "hit@3", "indicators")

Answered = list[tuple[Mapping[str, Any], Answer]]


def main() -> None:
    """Print both rows."""
    found = config.load()
    parts = app.open_parts(found)
    store = open_generation(found.data_dir, parts.stamp)
    encoder = Remembering(parts.encoder)
    gold = [row for path in sys.argv[1:] for row in load(path)]
    base = found.settings.retrieval

    def answers(weights: Mapping[str, float]) -> Answered:
        settings = base.model_copy(update={"weights": base.weights.model_copy(update=dict(weights))})
        answerer = Answerer(store, encoder, parts.tokenizer, parts.lexicon, settings)
        return [
            (row, answerer.ask(row["question"], [Turn(q) for q in row.get("history") or ()])) for row in gold
        ]

    tried = [answers(weights) for weights in GRID]
    fold_of = np.random.default_rng(SEED).permutation(len(gold)) % FOLDS
    held_out: Answered = []
    for fold in range(FOLDS):
        others = [at for at in range(len(gold)) if fold_of[at] != fold]
        scores = []
        for answered in tried:
            figures = evaluate([answered[at] for at in others], store.texts).figures
            scores.append(sum(figures[name] for name in CHOSEN_BY))
        best = int(np.argmax(scores))
        held_out += [tried[best][at] for at in range(len(gold)) if fold_of[at] == fold]
        print(f"fold {fold + 1}: {GRID[best]}")
    for name, answered in (("5-fold", held_out), ("shipped", answers({}))):
        figures = evaluate(answered, store.texts).figures
        print(f"{name}: " + "  ".join(f"{figure}={figures[figure]:.3f}" for figure in FIGURES))


if __name__ == "__main__":
    main()
