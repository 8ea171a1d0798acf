"""The command line as the contract states it, run as the real program over a real index."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import Config

ROOT = Path(__file__).resolve().parents[2]


class Program:
    """The ``policybot`` command over one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __call__(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())", *arguments],
            cwd=ROOT,
            env={**os.environ, "POLICYBOT_DATA": str(self.data_dir), **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@pytest.fixture
def policybot(shipped: Config) -> Program:
    return Program(shipped.data_dir)


def test_an_answer_object(policybot: Program):
    """One line of UTF-8 JSON with the contract's keys; stdout holds nothing else."""
    done = policybot("ask", "襄阳灵活就业有补贴吗", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    assert list(answer) == [
        "id", "question", "status", "answer", "citations", "indicators", "missing", "suggestions", "timing_ms",
    ]  # fmt: skip
    assert "灵活就业" in line  # never escaped
    assert answer["status"] == "answered"
    first = answer["citations"][0]
    text = (ROOT / "docs_corpus" / "xiangyang.txt").read_text(encoding="utf-8")
    assert text[first["start"] : first["end"]] == first["quote"]
    assert first["clause"] == "第三章/第三节/(四)/具体路径/3"


def test_a_batch_is_answered_in_order(policybot: Program, tmp_path: Path):
    """One object in, one out, with its id, history and region."""
    rows = [
        {"id": "b", "question": "襄阳的失业率要控制在多少"},
        {"id": "a", "question": "那青浦呢", "history": ["襄阳灵活就业有补贴吗"]},
        {"id": "c", "question": "灵活就业补贴", "region": "襄阳"},
        {"id": "d", "question": "\ud800"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = policybot("ask", "--json", "--batch", str(batch))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["b", "a", "c", "d"]
    assert answers[0]["indicators"][0]["value"] == "5"
    assert {c["document"] for c in answers[1]["citations"]} == {"qingpu"}
    assert {c["document"] for c in answers[2]["citations"]} == {"xiangyang"}
    assert answers[3]["status"] == "clarify"


def test_documents(policybot: Program):
    """The list names number and validity; the text is the file, character for character."""
    qingpu, xiangyang = map(json.loads, policybot("docs", "list", "--json").stdout.splitlines())
    assert (qingpu["number"], qingpu["period"], qingpu["status"]) == (
        "青府办发〔2021〕57号",
        "2021-2025",
        "expired",
    )
    assert (xiangyang["number"], xiangyang["published"]) == (None, None)
    stored = policybot("docs", "text", "xiangyang").stdout
    assert stored == (ROOT / "docs_corpus" / "xiangyang.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("document", "address", "clause"),
    [
        ("qingpu", "三(一)3", "三/(一)/3"),
        ("qingpu", "三、(一)3.", "三/(一)/3"),
        ("xiangyang", "第三章第三节(四)具体路径3", "第三章/第三节/(四)/具体路径/3"),
        ("襄阳", "第3章第3节(四)3", "第三章/第三节/(四)/具体路径/3"),
    ],
)
def test_a_clause(policybot: Program, document: str, address: str, clause: str):
    """Every way of writing an address finds the clause, with its neighbours."""
    found = json.loads(policybot("clause", document, address, "--json").stdout)
    assert found["clause"] == clause
    text = (ROOT / "docs_corpus" / f"{found['document']}.txt").read_text(encoding="utf-8")
    assert text[found["start"] : found["end"]] == found["text"]
    assert found["previous"]["clause"] == clause[:-1] + "2"


def test_indicators(policybot: Program):
    """Filtered by document, name and role, as JSON lines and as CSV."""
    arguments = ("indicators", "--document", "青浦", "--name", "创建率", "--role", "baseline")
    (row,) = map(json.loads, policybot(*arguments, "--json").stdout.splitlines())
    assert (row["value"], row["unit"], row["period"], row["attribute"]) == ("46", "%", "2020", "约束性")
    (line,) = csv.DictReader(io.StringIO(policybot(*arguments, "--csv").stdout))
    assert (line["name"], line["value"]) == (row["name"], "46")


def test_an_unchanged_corpus_is_reused(policybot: Program):
    """A second index has nothing to do."""
    done = policybot("index")
    assert done.returncode == 0
    assert "沿用 2 份:qingpu、xiangyang" in done.stdout
    assert "新编码 0 条" in done.stdout


def test_a_gold_set_is_scored(policybot: Program, tmp_path: Path):
    """The figures of one question that is answered right."""
    gold = tmp_path / "gold.jsonl"
    evidence = [{"document": "xiangyang", "quote": "按规定落实灵活就业社会保险补贴"}]
    row = {
        "id": "1",
        "question": "襄阳灵活就业有补贴吗",
        "kind": "clause",
        "expect": "answered",
        "evidence": evidence,
    }
    gold.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    figures = json.loads(policybot("eval", str(gold), "--json").stdout)
    assert (figures["hit@1"], figures["hit@3"], figures["verbatim"], figures["questions"]) == (
        1.0,
        1.0,
        1.0,
        1,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clause", "襄阳", "第九十九条"), "xiangyang 里没有“第九十九条”这一条;一级标题有:第一章 发展基础"),
        (("clause", "武汉", "三"), "没有收录“武汉”;现有文件:qingpu(青浦区)、xiangyang(襄阳市)"),
        (("docs", "text", "qingpu", "--version", "000"), "qingpu 没有版本 000;有:"),
        (("ask", "--batch", "nowhere.jsonl"), "找不到题目文件 nowhere.jsonl;请检查路径"),
        (("eval", "nowhere.jsonl"), "读不了题库 nowhere.jsonl"),
        (("--config", "nowhere.yaml", "ask", "x"), "找不到配置文件 nowhere.yaml"),
        (("telegram",), "没有设置 POLICYBOT_TELEGRAM_TOKEN"),
    ],
)
def test_what_cannot_be_done_is_one_line(policybot: Program, arguments: tuple[str, ...], said: str):
    """Exit code 1, one line on stderr, nothing on stdout, never a traceback."""
    done = policybot(*arguments, POLICYBOT_TELEGRAM_TOKEN="")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("policybot: ")
    assert said in line


@pytest.mark.parametrize(
    "arguments", [("ask",), ("ask", "问", "--batch", "f"), ("frobnicate",), ("clause", "襄阳"), ()]
)
def test_wrong_use(policybot: Program, arguments: tuple[str, ...]):
    """Exit code 2 and the usage."""
    done = policybot(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: policybot" in done.stderr


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda folder: None, "里还没有索引;请先运行 policybot index"),
        (lambda folder: (folder / "policybot.sqlite3").write_text("junk"), "file is not a database"),
        (lambda folder: (folder / "policybot.sqlite3").touch(), "请运行 policybot index"),
    ],
)
def test_a_data_directory_that_is_no_index(tmp_path: Path, prepare, said: str):
    """Empty, junk and half-written directories each say what to do."""
    prepare(tmp_path)
    done = Program(tmp_path)("ask", "灵活就业补贴")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert said in line


def test_output_is_utf8_whatever_the_locale(policybot: Program):
    """A terminal set to ASCII gets the same bytes."""
    done = policybot("ask", "今天天气怎么样", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.stdout == "现有文件里没有提到这件事。\n"


def test_no_torch_on_the_query_path(shipped: Config):
    """Answering loads neither torch nor sentence-transformers: that alone would take seconds."""
    code = (
        "import sys; from pathlib import Path; from bot import app, config;"
        f"found = config.load(None, Path({str(shipped.data_dir)!r}));"
        "app.open_assistant(found).ask('灵活就业补贴');"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments", [("--data-dir", "{}", "docs", "list"), ("docs", "list", "--data-dir", "{}")]
)
def test_paths_before_and_after_the_command(shipped: Config, tmp_path: Path, arguments: tuple[str, ...]):
    """--data-dir works on either side of the command's name and stands above the environment."""
    done = Program(tmp_path)(*(a.format(shipped.data_dir) for a in arguments))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("qingpu  《青浦区就业和社会保障“十四五”规划》")
