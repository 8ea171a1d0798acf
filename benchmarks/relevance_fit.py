"""Fits the weights of ``retrieval.relevance``: python benchmarks/relevance_fit.py GOLD.jsonl [GOLD.jsonl …] UNRELATED.jsonl.

Each GOLD is a set for ``policybot eval``; its answerable questions are the positives. UNRELATED holds questions of other
fields, one ``{"question": …}`` a line; those and GOLD's unanswerable ones are the negatives. Needs scikit-learn, which
comes with sentence-transformers. Prints the coefficients and both error rates under 10-fold cross-validation, and those
of the weights as they are, with and without the last of them.
"""

import json
import sys
from dataclasses import astuple
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from bot import app, config
from retrieval.dialogue import resolve
from retrieval.pipeline import Answerer
from retrieval.relevance import THRESHOLD, UNKNOWN_WEIGHT, Signals, relevance, signals
from retrieval.types import Turn

SEED = 1
UNRELATED = 400  # questions drawn from the last file


def load(path: str) -> list[dict]:
    """Read a JSONL file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def features(answerer: Answerer, row: dict) -> tuple[float, float, bool, bool] | None:
    """Signals of a question, None where an address or another place settles it before any search."""
    turns = [Turn(text) for text in row.get("history") or ()]
    question = resolve(row["question"], turns, answerer.context).question
    if question.addresses or (question.elsewhere and not question.regions):
        return None
    texts = answerer.store.texts.values()
    return astuple(
        signals(question, answerer.rank(question), lambda term: any(term in text for text in texts))
    )


def errors(name: str, odds: np.ndarray, y: np.ndarray) -> None:
    """Print both error rates of some log-odds."""
    refused, answered = np.mean(odds[y] <= THRESHOLD), np.mean(odds[~y] > THRESHOLD)
    print(
        f"{name}: refused {refused:.3f} of {y.sum()} answerable, answered {answered:.3f} of {(~y).sum()} others"
    )


def main() -> None:
    """Fit on the files named on the command line and print the figures."""
    gold = [row for path in sys.argv[1:-1] for row in load(path)]
    unrelated = load(sys.argv[-1])
    drawn = np.random.default_rng(SEED).choice(len(unrelated), min(UNRELATED, len(unrelated)), replace=False)
    answerer = app.open_answerer(config.load())
    labelled = [(row, row["expect"] != "not_found") for row in gold] + [(unrelated[i], False) for i in drawn]
    found = [(signal, label) for row, label in labelled if (signal := features(answerer, row))]
    x, y = np.array([signal for signal, _ in found], float), np.array([label for _, label in found])
    scale = np.array([20.0, 1.0, 1.0, 1.0])  # one order of magnitude: the penalty treats them alike
    model = LogisticRegression(class_weight="balanced")
    odds = cross_val_predict(model, x * scale, y, cv=10, method="decision_function")
    model.fit(x * scale, y)
    cosine, coverage, translated, unknown = model.coef_[0] * scale
    print(f"COSINE_WEIGHT, COVERAGE_WEIGHT = {cosine:.1f}, {coverage:.1f}")
    print(
        f"TRANSLATED_WEIGHT, UNKNOWN_WEIGHT, BIAS = {translated:.1f}, {unknown:.1f}, {model.intercept_[0]:.1f}"
    )
    errors("fitted", odds, y)
    shipped = np.array([relevance(Signals(*signal)) for signal, _ in found])
    errors("as they are", shipped, y)
    errors("without UNKNOWN_WEIGHT", shipped - UNKNOWN_WEIGHT * x[:, 3], y)


if __name__ == "__main__":
    main()
