"""What the rules for many documents are worth: python benchmarks/collection_ablation.py QUESTIONS.jsonl [--work DIR].

Over the collection that benchmarks/collection.py built: everything, then each rule switched off or each number moved.
Prints a Markdown table. Rules of reading (clauses of a pasted text, a repeated title) need another index and are measured
by building one.
"""

import argparse
from pathlib import Path

from ablation import Variant, load, rows

from bot import config
from bot.config import Config

VARIANTS = (
    Variant("全部 / everything"),
    Variant("不看整份文件 / no document vote", {"document": 0.0}),
    Variant("整份文件 6 / document 6", {"document": 6.0}),
    Variant("整份文件 9 / document 9", {"document": 9.0}),
    Variant("标题写着别处的也一样 / ELSEWHERE 0", constants={"retrieval.titled.ELSEWHERE": 0.0}),
    Variant("ELSEWHERE 4", constants={"retrieval.titled.ELSEWHERE": 4.0}),
    Variant("别的文件的清单也答 / OF_THE_BEST 0", constants={"retrieval.outline.OF_THE_BEST": 0.0}),
    Variant("落款也引 / signatures cited", constants={"retrieval.evidence.is_signature": lambda *_: False}),
    Variant(
        "标题里的字就是那份文件 / any title names its document",
        constants={"retrieval.understand.is_named": lambda *_: True},
    ),
    Variant("不看标题说的事项 / HEADED 0", constants={"retrieval.fitting.HEADED": 0.0}),
    Variant("HEADED 4", constants={"retrieval.fitting.HEADED": 4.0}),
    Variant("OPENS 0", constants={"retrieval.fitting.OPENS": 0.0}),
    Variant("SUBJECT 0", constants={"retrieval.fitting.SUBJECT": 0.0}),
    Variant("SUBJECT 3", constants={"retrieval.fitting.SUBJECT": 3.0}),
    Variant("不按句数抬高门槛 / RISE 0", constants={"retrieval.relevance.RISE": 0.0}),
    Variant("不设得分底线 / FLOOR 0", constants={"retrieval.relevance.FLOOR": 0.0}),
    Variant("FLOOR 9", constants={"retrieval.relevance.FLOOR": 9.0}),
    Variant("HIGHEST 1", constants={"retrieval.relevance.HIGHEST": 1.0}),
    Variant("CANDIDATES 128", constants={"retrieval.search.CANDIDATES": 128}),
    Variant("CANDIDATES 2000", constants={"retrieval.search.CANDIDATES": 2_000}),
    Variant("不用词库 / no thesaurus", lexicon=False),
)
FIGURES = ("document@1", "hit@1", "hit@3", "false_abstain", "quote_chars")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("questions")
    options.add_argument("--work", type=Path, default=Path("var/collection"))
    chosen = options.parse_args()
    made = Config(config.load().settings, chosen.work / "docs_corpus", chosen.work / "var", "")
    print("| | " + " | ".join(FIGURES) + " |\n| --- |" + " --- |" * len(FIGURES))
    for name, (found,) in rows([load(chosen.questions)], made, VARIANTS):
        print(f"| {name} | " + " | ".join(f"{found[f]:.3f}" for f in FIGURES) + " |", flush=True)


if __name__ == "__main__":
    main()
