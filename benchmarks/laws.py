"""How retrieval holds on laws: python benchmarks/laws.py PASSAGES.jsonl QUESTIONS.jsonl [--most N] [--candidates N] [--work DIR] [--failures].

The files are those of STARD (MIT): an article a line, ``{"id", "title": "劳动合同法第十条", "text"}``, and questions of
laypeople, ``{"question", "gold": [ids of articles]}``. The laws named below become a corpus, each a text of its articles
in order, without similar questions; asked are the questions whose gold articles all stand in them. Counted: the law of
the first citation (document@1), the very article first (hit@1) or among three (hit@3), and refusals; and of OTHERS
questions, drawn at random, whose articles all stand in other laws, the share that is answered all the same. With --most the
corpus is every law that a question asks of and then the others as the file has them, up to N articles: encoding 21,300
takes some 40 minutes on two cores, and goes on where it was interrupted. Last, JSON.
"""

import argparse
import json
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from bot import app, config
from bot.config import Config
from index.numerals import parse_chinese_numeral
from retrieval import search
from retrieval.types import Answer, AnswerStatus

LAWS = [
    "劳动合同法",
    "劳动合同法实施条例",
    "劳动法",
    "社会保险法",
    "工伤保险条例",
    "失业保险条例",
    "就业促进法",
    "劳动争议调解仲裁法",
    "职业病防治法",
    "女职工劳动保护特别规定",
    "农村土地承包法",
    "行政许可法",
    "旅游法",
    "合伙企业法",
    "土地管理法",
    "政府信息公开条例",
    "产品质量法",
    "物业管理条例",
    "保险法",
    "行政处罚法",
    "商标法",
    "著作权法",
    "国有土地上房屋征收与补偿条例",
    "教育法",
    "消费者权益保护法",
    "医疗纠纷预防和处理条例",
    "未成年人保护法",
    "最高人民法院关于审理劳动争议案件适用法律问题的解释（一）",
    "公司法",
    "保障农民工工资支付条例",
    "住房公积金管理条例",
    "城市居民最低生活保障条例",
    "社会救助暂行办法",
]
_ARTICLE = re.compile(r"(.*?)(第([零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?)")
_STATE = "中华人民共和国"
FIRST = 3
OTHERS, SEED = 300, 3

Place = tuple[str, str]  # a law and the article of it


def rows_of(path: Path) -> list[dict]:
    """Read a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def places_of(
    passages: Iterable[dict],
) -> tuple[dict[str, dict[str, str]], dict[str, Place]]:
    """Law → article → words, in order; and the place of each passage by its id."""
    laws: dict[str, dict[str, str]] = defaultdict(dict)
    places: dict[str, Place] = {}
    for passage in passages:
        found = _ARTICLE.fullmatch(passage["title"])
        law = found[1].removeprefix(_STATE) if found else ""
        if found:
            laws[law].setdefault(found[2], passage["text"].strip())
            places[passage["id"]] = (law, found[2])
    return laws, places


def up_to(most: int, laws: dict[str, dict[str, str]], asked_of: Iterable[str]) -> list[str]:
    """The laws asked of, then those of the others, in order, with which there are no more than ``most`` articles."""
    chosen = list(dict.fromkeys(asked_of))
    held = sum(len(laws[law]) for law in chosen)
    for law, articles in laws.items():
        if law not in chosen and held + len(articles) <= most:
            chosen.append(law)
            held += len(articles)
    return chosen


def _number(article: str) -> tuple[int, int]:
    """The number of an article and, of 第十条之二, that behind it."""
    found = _ARTICLE.fullmatch(article)
    number, behind = (found[3], found[4]) if found else ("", "")
    return parse_chinese_numeral(number), parse_chinese_numeral(behind) if behind else 0


def write_corpus(laws: dict[str, dict[str, str]], folder: Path) -> dict[str, str]:
    """Write a text for each law and the manifest; return the ids of the documents → laws."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(config.load().corpus_dir / app.LEXICON, folder / app.LEXICON)
    ids, entries = {}, []
    for number, law in enumerate(laws):
        ids[f"law{number}"] = law
        articles = sorted(
            laws[law].items(), key=lambda pair: _number(pair[0])
        )  # the file has some out of order
        lines = [law, "", *(f"{article}\u3000{words}" for article, words in articles)]
        content = ("\n".join(lines) + "\n").encode()
        (folder / f"law{number}.txt").write_bytes(content)
        digest = sha256(content).hexdigest()
        entry = {
            "id": f"law{number}",
            "title": law,
            "region": "全国",
            "file": f"law{number}.txt",
            "sha256": digest,
        }
        entries.append("  - " + json.dumps(entry, ensure_ascii=False))
    (folder / "manifest.yaml").write_text("\n".join(["documents:", *entries, ""]), encoding="utf-8")
    return ids


def hits_of(answer: Answer, gold: set[Place], ids: dict[str, str]) -> list[bool]:
    """Which of the first citations stand in a gold article."""
    cited = [(ids[citation.document], citation.address) for citation in answer.citations[:FIRST]]
    return [any(law == own and article in address for own, article in gold) for law, address in cited]


def main() -> None:
    """Index, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("passages", type=Path)
    options.add_argument("questions", type=Path)
    options.add_argument("--most", type=int, help="articles: the laws asked of, then the others")
    options.add_argument(
        "--candidates", type=int, default=search.CANDIDATES, help="passages the dense ranker hands on"
    )
    options.add_argument("--work", type=Path, default=Path("var/laws"))
    options.add_argument("--failures", action="store_true", help="print what was cited instead")
    chosen = options.parse_args()
    search.CANDIDATES = chosen.candidates
    laws, places = places_of(rows_of(chosen.passages))
    asked_of = [
        places[gold][0] for row in rows_of(chosen.questions) for gold in row["gold"] if gold in places
    ]
    wanted = up_to(chosen.most, laws, asked_of) if chosen.most else LAWS
    laws = {law: laws[law] for law in wanted if law in laws}
    places = {identifier: place for identifier, place in places.items() if place[0] in laws}
    ids = write_corpus(laws, chosen.work / "docs_corpus")
    made = Config(config.load().settings, chosen.work / "docs_corpus", chosen.work / "var", "")
    report = app.build_index(made, rebuild=False, on_progress=lambda _stage, _done, _total: None)
    answerer = app.open_answerer(made)
    asked = [row for row in rows_of(chosen.questions) if all(gold in places for gold in row["gold"])]
    counts = {"document@1": 0, "hit@1": 0, "hit@3": 0, "refused": 0}
    for row in asked:
        gold = {places[identifier] for identifier in row["gold"]}
        answer = answerer.ask(row["question"])
        hits = hits_of(answer, gold, ids)
        first = ids[answer.citations[0].document] if answer.citations else ""
        counts["document@1"] += first in {law for law, _ in gold}
        counts["hit@1"] += any(hits[:1])
        counts["hit@3"] += any(hits)
        counts["refused"] += answer.status is AnswerStatus.NOT_FOUND
        if chosen.failures and not any(hits):
            print(row["question"], gold, [citation.address for citation in answer.citations[:FIRST]])
    shares = {name: round(count / len(asked), 3) for name, count in counts.items()}
    others = [row for row in rows_of(chosen.questions) if not any(gold in places for gold in row["gold"])]
    others = random.Random(SEED).sample(others, min(OTHERS, len(others)))
    stray = [answerer.ask(row["question"]).status is not AnswerStatus.NOT_FOUND for row in others]
    shares["others_answered"] = round(sum(stray) / max(len(stray), 1), 3)
    print(json.dumps({"laws": len(laws), "passages": report.passages, "questions": len(asked), **shares}))


if __name__ == "__main__":
    main()
