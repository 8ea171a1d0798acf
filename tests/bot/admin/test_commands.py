"""``policybot docs …`` and ``policybot index``, as typed: what is printed, what is asked, what a script gets."""

import json
import re
import signal
import subprocess
import sys
from hashlib import sha256

import pytest

from bot.cli import main
from tests.bot.admin.conftest import ROOT
from tests.bot.admin.site import NOTICE, PLAN, REVISED, Site


@pytest.fixture
def policybot(site: Site, capsys, monkeypatch):
    """The command over the site: exit code, lines of stdout, stderr; no terminal unless ``typed`` answers."""

    def run(*arguments: str, typed: str | None = None) -> tuple[int, list[str], str]:
        monkeypatch.setattr("sys.stdin.isatty", lambda: typed is not None, raising=False)
        monkeypatch.setattr("builtins.input", lambda _asked: typed)
        paths = ("--config", str(site.folder / "config.yaml"), "--data-dir", str(site.config.data_dir))
        capsys.readouterr()
        code = main([*paths, *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    return run


def test_a_life(site: Site, policybot):
    """Added, replaced, compared, rolled back, withdrawn: each step as it is printed."""
    code, lines, _ = policybot("docs", "add", site.file("notice.txt", NOTICE), "--region", "乙市")
    assert (code, lines[:4]) == (
        0,
        ["已添加 notice", "  编号:notice", "  标题:乙市养老补贴通知  (原文:乙市养老补贴通知)", "  地区:乙市"],
    )
    _, lines, _ = policybot("docs", "replace", "plan", site.file("new.txt", REVISED))
    assert "  与现行版本相比:+1 条,−1 条,1 条改动;目标值 培训农民工 450人→500人" in lines
    _, lines, _ = policybot("docs", "diff", "plan")
    assert lines[1:] == [
        "+ 二(二):(二)经费。列入年度预算。",
        "− 一(三):(三)欠薪。建立欠薪保障金。",
        "~ 一(二):(二)培训。每年培训农民工[-450-][+500+]人。",
        "# 目标值 培训农民工 450人→500人(每年目标)",
    ]
    assert policybot("docs", "rollback")[0] == 0
    _, lines, _ = policybot("docs", "history", "plan")
    assert [re.sub(r"^\S+ \S+  ", "", line).split("  ")[0] for line in lines] == ["回滚", "更新文件", "添加"]
    assert policybot("docs", "withdraw", "notice", "--reason", "重复")[0] == 0
    _, lines, _ = policybot("docs", "list")
    assert [line.split()[0] for line in lines] == ["plan"]


def test_json(site: Site, policybot):
    """A script gets one object a line and nothing else."""
    _, lines, _ = policybot("docs", "replace", "plan", site.file("new.txt", REVISED), "--json")
    (done,) = map(json.loads, lines)
    assert (done["document"], done["generation"], done["forced"]) == ("plan", 2, [])
    assert done["difference"]["values"][0]["after"] == {"value": "500", "unit": "人", "comparator": "="}
    _, lines, _ = policybot("docs", "diff", "plan", "--json")
    (difference,) = map(json.loads, lines)
    assert [change["clause"] for change in difference["removed"]] == ["一/(三)"]
    _, lines, _ = policybot("docs", "history", "plan", "--json")
    events = [json.loads(line) for line in lines]
    assert [(event["action"], event["generation"]) for event in events] == [("replaced", 2), ("added", 1)]
    _, lines, _ = policybot("docs", "text", "plan", "--version", events[1]["version"])
    assert "\n".join(lines) + "\n" == PLAN


@pytest.mark.parametrize(("typed", "published"), [("n", False), ("", False), ("y", True), ("是", True)])
def test_a_person_is_asked(site: Site, policybot, typed: str, published: bool):
    """In a terminal nothing is published before somebody agrees to what is shown."""
    code, lines, _ = policybot("docs", "replace", "plan", site.file("new.txt", REVISED), typed=typed)
    assert code == 0
    assert any("与现行版本相比:+1 条,−1 条" in line for line in lines)
    assert ("500人" in site.quotes("每年培训多少农民工")[0]) is published
    assert ("没有发布,什么也没有改" in lines) is not published


def test_a_refusal_is_one_line(site: Site, policybot):
    """Exit code 1, the reason on stderr, nothing on stdout."""
    assert policybot("docs", "replace", "plan", site.file("same.txt", PLAN)) == (
        1,
        [],
        "policybot: same.txt 与现有的 plan 一字不差,不用更新\n",
    )
    assert policybot("docs", "diff", "plan")[2].startswith("policybot: plan 只有一个版本 ")
    assert policybot("docs", "history", "bing")[2] == "policybot: 没有 bing 的记录;有记录的文档:plan\n"


def test_watching(site: Site):
    """Files that change are indexed by themselves; Ctrl-C ends it like any other end."""
    # what a shell starts in its background ignores Ctrl-C, and so does what that starts
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heard}; from bot.cli import main; raise SystemExit(main())"]
    command += ["--config", str(site.folder / "config.yaml"), "--data-dir", str(site.config.data_dir)]
    with subprocess.Popen(
        [*command, "index", "--watch"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert any("文件一变就更新" in line for line in iter(process.stdout.readline, ""))
        manifest = site.config.corpus_dir / "manifest.yaml"
        (site.config.corpus_dir / "b.txt").write_text(NOTICE, encoding="utf-8")
        entry = f"  - {{id: b, title: 乙市养老补贴通知, region: 乙市, file: b.txt, sha256: {sha256(NOTICE.encode()).hexdigest()}}}\n"
        manifest.write_text(manifest.read_text(encoding="utf-8") + entry, encoding="utf-8")
        assert any(line == "新增 1 份:b\n" for line in iter(process.stdout.readline, ""))
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    assert process.returncode == 0
    assert site.quotes("老人高龄津贴多少") == ["年满八十岁的老人每月发放高龄津贴100元。"]
