"""What each rule and tuned number is worth: python benchmarks/ablation.py GOLD.jsonl [GOLD.jsonl …].

Answers every gold set once with everything, then once with each rule switched off or each number moved, and prints a
Markdown table of hit@1 / hit@3 / indicators / false answers / false refusals. Needs a built index.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from bot import app, config
from bot.config import Config
from index.lexicon import Lexicon
from index.store import open_generation
from retrieval.evaluation import evaluate
from retrieval.pipeline import Answerer
from retrieval.types import Turn


@dataclass(frozen=True)
class Variant:
    """A name, weights that differ, constants that differ by ``module.NAME``, and whether the thesaurus is used."""

    name: str
    weights: Mapping[str, float] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    lexicon: bool = True


RRF_K = 60  # Cormack, Clarke and Büttcher, SIGIR 2009


def rrf(scores: Sequence[np.ndarray], _weights: Sequence[float]) -> np.ndarray:
    """Fuse by reciprocal rank, times ``RRF_K`` so that the first place is worth about 1 a ranking."""
    fused = np.zeros(len(scores[0]), dtype=np.float32)
    for vector in scores:
        rank = np.empty(len(vector), dtype=np.int64)
        rank[np.argsort(-vector, kind="stable")] = np.arange(1, len(vector) + 1)
        fused += np.where(vector > 0, RRF_K / (RRF_K + rank), 0.0).astype(np.float32)
    return fused


VARIANTS = (
    Variant("全部 / everything"),
    Variant("合名次 RRF,不合分数 / ranks, not scores", constants={"retrieval.search.combine": rrf}),
    Variant("不用向量 / no vectors", {"dense": 0.0}),
    Variant("不用词 / no words", {"words": 0.0}),
    Variant("不用二字 / no bigrams", {"bigrams": 0.0}),
    Variant("词和二字权重减半 / word weights halved", {"words": 2.0, "bigrams": 2.0}),
    Variant("词和二字权重加倍 / word weights doubled", {"words": 8.0, "bigrams": 8.0}),
    Variant("不用相似问 / no similar questions", {"asked": 0.0}),
    Variant("相似问权重加倍 / similar questions doubled", {"asked": 2.0}),
    Variant("相似问门槛 / asked.FROM 2.5", constants={"retrieval.asked.FROM": 2.5}),
    Variant("相似问不看字 / asked.SHARED 0", constants={"retrieval.asked.SHARED": 0.0}),
    Variant("不看整份文件 / no document vote", {"document": 0.0}),
    Variant("不用词库 / no thesaurus", lexicon=False),
    Variant("不用词库和相似问 / neither", {"asked": 0.0}, lexicon=False),
    Variant("不看前后句 / BESIDE 0", constants={"retrieval.search.BESIDE": 0.0}),
    Variant("不看事实的样子 / FORMED 0", constants={"retrieval.search.FORMED": 0.0}),
    Variant("FORMED 4", constants={"retrieval.search.FORMED": 4.0}),
    Variant("沾边的地区也答 / FAINT 0", constants={"retrieval.scope.FAINT": 0.0}),
    Variant("FAINT 0.7", constants={"retrieval.scope.FAINT": 0.7}),
    Variant("BESIDE 0.5", constants={"retrieval.search.BESIDE": 0.5}),
    Variant("相邻句不合引 / NEAR_SHARE 9", constants={"retrieval.evidence.NEAR_SHARE": 9.0}),
    Variant("NEAR_SHARE 0.8", constants={"retrieval.evidence.NEAR_SHARE": 0.8}),
    Variant("列项不带领起的话 / SHORT_ITEM 0", constants={"retrieval.evidence.SHORT_ITEM": 0}),
    Variant("MAX_RUN 160", constants={"retrieval.evidence.MAX_RUN": 160}),
    Variant("复述题目的句也引 / NEWS 0", constants={"retrieval.evidence.NEWS": 0.0}),
    Variant("引号里的词不加分 / PHRASE_BONUS 0", constants={"retrieval.search.PHRASE_BONUS": 0.0}),
    Variant("OFFICIAL_WORDS 1", constants={"retrieval.search.OFFICIAL_WORDS": 1}),
    Variant("指标不看名称字词 / NAME_WEIGHT 0", constants={"retrieval.values.NAME_WEIGHT": 0.0}),
    Variant("NAME_WEIGHT 6", constants={"retrieval.values.NAME_WEIGHT": 6.0}),
    Variant("指标不看所在句 / PASSAGE_WEIGHT 0", constants={"retrieval.values.PASSAGE_WEIGHT": 0.0}),
    Variant("不看时期 / WRONG_PERIOD 0", constants={"retrieval.values.WRONG_PERIOD": 0.0}),
    Variant("不偏本期 / OTHER_PERIOD 0", constants={"retrieval.values.OTHER_PERIOD": 0.0}),
    Variant("不看性质 / WRONG_ROLE 0", constants={"retrieval.values.WRONG_ROLE": 0.0}),
    Variant("VALUE_SCORE 3", constants={"retrieval.choice.VALUE_SCORE": 3.0}),
    Variant("VALUE_SCORE 5", constants={"retrieval.choice.VALUE_SCORE": 5.0}),
    Variant("VALUE_WITHIN 0.5", constants={"retrieval.choice.VALUE_WITHIN": 0.5}),
    Variant("VALUE_WITHIN 2", constants={"retrieval.choice.VALUE_WITHIN": 2.0}),
    Variant(
        "ERA_WITHIN 1", constants={"retrieval.choice.ERA_WITHIN": 1.0, "retrieval.comparison.ERA_WITHIN": 1.0}
    ),
    Variant("只说目标、要求的也答值 / NAMED 0", constants={"retrieval.choice.NAMED": 0.0}),
    Variant("NAMED 0.6", constants={"retrieval.choice.NAMED": 0.6}),
    Variant("不看单位 / WRONG_UNIT 0", constants={"retrieval.values.WRONG_UNIT": 0.0}),
    Variant("WRONG_UNIT 3", constants={"retrieval.values.WRONG_UNIT": 3.0}),
    Variant("不按标题列清单 / HEADING_HELD 2", constants={"retrieval.outline.HEADING_HELD": 2.0}),
    Variant(
        "不管词库的话文件里有没有 / UNKNOWN_WEIGHT 0", constants={"retrieval.relevance.UNKNOWN_WEIGHT": 0.0}
    ),
    Variant("UNKNOWN_WEIGHT −3", constants={"retrieval.relevance.UNKNOWN_WEIGHT": -3.0}),
    Variant("从不拒答 / THRESHOLD −99", constants={"retrieval.relevance.THRESHOLD": -99.0}),
    Variant("THRESHOLD 0", constants={"retrieval.relevance.THRESHOLD": 0.0}),
)
FIGURES = ("hit@1", "hit@3", "indicators", "abstain", "false_abstain", "partial")


class Remembering:
    """An encoder that encodes each question once however many variants ask it."""

    def __init__(self, encoder: Any) -> None:
        self._encoder, self._known = encoder, {}
        self.fingerprint, self.dimension = encoder.fingerprint, encoder.dimension

    def encode_queries(self, texts: Sequence[str], _on_progress: object = None) -> np.ndarray:
        """Encode what was not asked before."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_queries([text])[0]
        return np.stack([self._known[text] for text in texts])


def load(path: str) -> list[dict[str, Any]]:
    """Read a gold set."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def rows(
    golds: Sequence[list[dict[str, Any]]], found: Config, variants: Sequence[Variant]
) -> Iterator[tuple[str, list[Mapping[str, float]]]]:
    """Yield each variant's name and its figures on every gold set, over the index of a configuration."""
    parts = app.open_parts(found)
    store = open_generation(found.data_dir, parts.stamp)
    encoder = Remembering(parts.encoder)
    for variant in variants:
        with ExitStack() as stack:
            for name, value in variant.constants.items():
                stack.enter_context(patch(name, value))
            base = found.settings.retrieval
            weights = base.weights.model_copy(update=dict(variant.weights))
            settings = base.model_copy(update={"weights": weights})
            lexicon = parts.lexicon if variant.lexicon else Lexicon()
            answerer = Answerer(store, encoder, parts.tokenizer, lexicon, settings, date.today)
            yield variant.name, [figures(answerer, gold) for gold in golds]


def figures(answerer: Answerer, gold: list[dict[str, Any]]) -> Mapping[str, float]:
    """Answer a gold set and score it."""
    pairs = [
        (row, answerer.ask(row["question"], [Turn(q) for q in row.get("history") or ()])) for row in gold
    ]
    return evaluate(pairs, answerer.texts).figures


def main() -> None:
    """Print the table."""
    paths = sys.argv[1:]
    print("| | " + " | ".join(f"{Path(path).stem}: {name}" for path in paths for name in FIGURES) + " |")
    print("| --- |" + " --- |" * (len(paths) * len(FIGURES)))
    for name, found in rows([load(path) for path in paths], config.load(), VARIANTS):
        print(
            f"| {name} | " + " | ".join(f"{one.get(f, 0):.3f}" for one in found for f in FIGURES) + " |",
            flush=True,
        )


if __name__ == "__main__":
    main()
