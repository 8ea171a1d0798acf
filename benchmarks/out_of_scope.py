"""What the rule for questions out of scope would take along: python benchmarks/out_of_scope.py.

Every similar question of a document is taken for one out of scope, every other one for a question asked. Counted are the
pairs the rule of retrieval/outside.py makes one: of the same clause, and of different ones, which would hide an answer.
The last line is JSON.
"""

import json
from collections import defaultdict
from collections.abc import Hashable
from itertools import combinations
from pathlib import Path

from bot import app, config
from retrieval.dialogue import resolve
from retrieval.outside import SAME, meaning

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print the counts with the cosine and without."""
    answerer = app.open_answerer(config.load(ROOT / "config.yaml", ROOT / "var", environment={}))
    store, counts = answerer.store, {"alike": [0, 0], "with_cosine": [0, 0]}
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for row, known in enumerate(store.questions):
        question = resolve(known.text, (), answerer.context).question
        if question.terms:
            groups[known.document, question.regions, meaning(question)].append(row)
    for rows in groups.values():
        vectors = dict(zip(rows, store.asked.reconstruct(rows), strict=True))
        for one, other in combinations(rows, 2):
            apart = store.questions[one].clause != store.questions[other].clause
            counts["alike"][apart] += 1
            if vectors[one] @ vectors[other] >= SAME:
                counts["with_cosine"][apart] += 1
                if apart:
                    print(f"不同条款:{store.questions[one].text} | {store.questions[other].text}")
    print(json.dumps({name: {"same": s, "different": d} for name, (s, d) in counts.items()}))


if __name__ == "__main__":
    main()
