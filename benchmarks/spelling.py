"""How well slips are repaired and correct words left alone: python benchmarks/spelling.py [CORRECT.txt|.jsonl …].

Repaired: one random slip in a term of the corpus or the thesaurus, inside a carrier sentence; it counts when the whole
sentence is right again. A slip that happens to make other known words is counted apart: it cannot be told from what
is right. Changed: sentences written correctly that are not the same afterwards, each printed. Needs a built index.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np

from bot import app, config
from index.store import open_generation
from index.tokens import Tokenizer
from retrieval.spelling.characters import Slip, alike
from retrieval.spelling.correct import apply, corrections
from retrieval.spelling.terms import Terms

ROOT = Path(__file__).resolve().parent.parent
CORRECT = ROOT / "tests" / "retrieval" / "spelling" / "correct.txt"
SEED = 20251
PER_KIND = 400
COMMON = 500  # how often a character stands alone in texts at large: people do not type rare ones by accident
TERM_CHARS = range(3, 9)
LONG = 5  # characters from which a missing one is tried
WORD_PASSAGES = 3  # passages that hold a word of two characters
CARRIERS = (
    "请问{}怎么办",
    "我想问一下{}的事",
    "{}有什么规定",
    "今年的{}是多少",
    "咱们这儿{}还有没有",
    "听说{}变了,是真的吗",
    "规划里对{}怎么说",
    "{}",
    "怎么申请{}",
    "关于{},谁负责",
)


def _mistype(term: str, slip: Slip, chance: random.Random, tokenizer: Tokenizer) -> str:
    """Make one slip in a term; the term itself where none of that kind can be made."""
    at = chance.randrange(len(term))
    if slip is Slip.SWAP:
        at = min(at, len(term) - 2)
        return term[:at] + term[at + 1] + term[at] + term[at + 2 :]
    if slip is Slip.MISSING:
        at = min(max(at, 1), len(term) - 2)
        return term[:at] + term[at + 1 :] if len(term) >= LONG else term
    if slip is Slip.DOUBLED:
        at = min(max(at, 1), len(term) - 2)  # one at the end leaves the term whole
        return term[:at] + term[at] + term[at:]
    others = [c for c, kind in alike(term[at]).items() if kind is slip and tokenizer.frequency(c) >= COMMON]
    return term[:at] + chance.choice(sorted(others)) + term[at + 1 :] if others else term


def _reads(words: str, tokenizer: Tokenizer) -> bool:
    """Whether the dictionary knows every word of what was typed."""
    return all(len(word) > 1 for word in tokenizer.segments(words))


def repaired(vocabulary: list[str], kinds: list[Slip], terms: Terms, tokenizer: Tokenizer) -> None:
    """Print the share of slips repaired, by kind."""
    chance = random.Random(SEED)
    totals: Counter[str] = Counter()
    for slip in kinds:
        counts: Counter[str] = Counter()
        while counts["tried"] < PER_KIND:
            term, carrier = chance.choice(vocabulary), chance.choice(CARRIERS)
            typed = _mistype(term, slip, chance, tokenizer)
            if typed == term:
                continue
            if _reads(typed, tokenizer) or terms.stands(typed):
                counts["known words"] += 1
                continue
            counts["tried"] += 1
            text = carrier.format(typed)
            fixed = apply(text, corrections(text, terms, tokenizer))
            outcome = "right" if fixed == carrier.format(term) else "left" if fixed == text else "wrong"
            counts[outcome] += 1
            if outcome != "right" and "-v" in sys.argv:
                print(f"  {slip.value} {text} → {fixed}")
        totals += counts
        _print_row(slip.value, counts)
    _print_row("all", totals)


def _print_row(name: str, counts: Counter[str]) -> None:
    tried = counts["tried"]
    shares = "  ".join(f"{what} {counts[what] / tried:.3f}" for what in ("right", "left", "wrong"))
    print(f"{name:<12}{tried:>6}  {shares}  (and {counts['known words']} that made known words)")


def _sentences(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield json.loads(line)["question"] if path.suffix == ".jsonl" else line.strip()


def changed(name: str, sentences: list[str], terms: Terms, tokenizer: Tokenizer) -> None:
    """Print how many correct sentences are changed, each of them, and what a sentence costs."""
    took, hits = [], []
    for sentence in sentences:
        start = perf_counter()
        found = corrections(sentence, terms, tokenizer)
        took.append((perf_counter() - start) * 1000)
        hits += [(one.typed, one.meant, sentence[:60]) for one in found[:1]]
    p50, p95 = np.percentile(took, (50, 95))
    share = len(hits) / len(sentences)
    print(
        f"{name:<24}{len(sentences):>6} sentences, changed {len(hits)} = {share:.4f}; ms p50 {p50:.2f} p95 {p95:.2f}"
    )
    for typed, meant, sentence in hits:
        print(f"    {typed} → {meant}: {sentence}")


def main() -> None:
    """Print both tables."""
    loaded = config.load()
    parts = app.open_parts(loaded)
    store = open_generation(loaded.data_dir, parts.stamp)
    tokenizer = parts.tokenizer
    tokenizer.words("创业")  # loaded by any question
    start = perf_counter()
    terms = Terms(store, tokenizer, parts.lexicon)
    corrections("创业但保贷款", terms, tokenizer)
    print(f"first question of a process: {(perf_counter() - start) * 1000:.0f} ms")
    listed = sorted(
        t for t in terms.listed if len(t) in TERM_CHARS and any(t in text for text in store.texts.values())
    )
    words = sorted(
        w
        for w in store.words.tokens
        if len(w) == 2 and store.words.vocabulary.rows_with(w) >= WORD_PASSAGES and tokenizer.frequency(w)
    )
    print(f"\nterms of {min(TERM_CHARS)} to {max(TERM_CHARS)} characters ({len(listed)})")
    repaired(listed, list(Slip), terms, tokenizer)
    print(f"\nwords of 2 characters ({len(words)})")
    repaired(words, [Slip.SOUND, Slip.NEAR_SOUND, Slip.SHAPE], terms, tokenizer)
    print("\ncorrect sentences")
    passages = [passage.span.of(store.texts[passage.document]) for passage in store.passages]
    changed("the documents", passages, terms, tokenizer)
    changed("similar questions", [q.text for q in store.questions], terms, tokenizer)
    for path in (CORRECT, *(Path(name) for name in sys.argv[1:] if name != "-v")):
        changed(f"{path.parent.name}/{path.name}", list(_sentences(path)), terms, tokenizer)


if __name__ == "__main__":
    main()
