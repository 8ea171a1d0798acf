"""From a file to a version: every part of the recipe at work, and what it decides."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from index.errors import CorpusError, StoreError
from index.questions import path_of
from index.recipe import fingerprint, key_of, read_version
from index.settings import IndexSettings
from index.types import Document, Passage, Span

PLAN = """\
甲市就业“十四五”规划
第一章 主要目标
第一节 就业
(一)扩大就业。到2025年,城镇新增就业10万人。失业率控制在5%以内。
(二)鼓励创业。落实创业担保贷款政策。
"""
DOCUMENT = Document("jia", "甲市就业“十四五”规划", "甲市", (), None, None, None, None, "jia.txt", "0" * 64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds the plan."""
    (tmp_path / "jia.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_a_file_becomes_a_version(folder: Path):
    """Text, clauses, passages and indicators of one file belong together, and each span is a slice of the text."""
    version = read_version(folder, DOCUMENT, IndexSettings())
    assert (version.document, version.text) == (DOCUMENT, PLAN)
    sentences = [passage.span.of(PLAN) for passage in version.passages]
    assert [text for text in sentences if "万人" in text or "贷款" in text] == [
        text for text in sentences if text.endswith(("10万人。", "贷款政策。"))
    ]
    assert {clause.path for clause in version.clauses} >= {passage.clause for passage in version.passages}
    for passage in version.passages:
        assert passage.digest == sha256(passage.indexed_text.encode()).hexdigest()
    assert {"10", "5"} <= {row.value for row in version.indicators}
    for row in version.indicators:
        assert row.value_span in row.span


def test_a_web_page_becomes_a_version(tmp_path: Path):
    """Marked headings are clauses, the rows of its table passages; a page of the web has no page numbers."""
    rows = "<tr><th>对象</th><th>标准</th></tr><tr><td>毕业生</td><td>每人每月300元</td></tr>"
    body = f"<h2>补贴标准</h2><p>按月发放,每季申报。</p><table>{rows}</table><h2>办理材料</h2><p>身份证、社保卡。</p>"
    (tmp_path / "jia.html").write_text(f"<html><body><p>序。</p>{body}</body></html>", encoding="utf-8")
    version = read_version(tmp_path, replace(DOCUMENT, file="jia.html"), IndexSettings())
    assert [clause.path for clause in version.clauses] == ["", "补贴标准", "补贴标准/表1", "办理材料"]
    assert [(p.clause, p.span.of(version.text)) for p in version.passages if p.clause] == [
        ("补贴标准", "按月发放,每季申报。"),
        ("补贴标准/表1", "| 毕业生 | 每人每月300元 |"),
        ("办理材料", "身份证、社保卡。"),
    ]
    assert version.pages == ()


def test_a_file_over_the_limit_is_refused(folder: Path):
    """The limit is the setting's."""
    with (folder / "jia.txt").open("ab") as file:
        file.truncate(2 << 20)
    with pytest.raises(CorpusError, match="超过上限 1 MB"):
        read_version(folder, DOCUMENT, IndexSettings(max_file_mb=1))


@pytest.mark.parametrize("span", [Span(0, len(PLAN) + 1), Span(5, 5), Span(-1, 3)])
def test_a_span_outside_the_text_is_not_stored(folder: Path, span: Span, monkeypatch: pytest.MonkeyPatch):
    """A part that gives a wrong position stops the build, naming file and position."""
    wrong = Passage("jia", "", 0, span, (), "x", "d")
    monkeypatch.setattr("index.recipe.passages.split", lambda *_args: (wrong,))
    with pytest.raises(StoreError, match=rf"jia\.txt 里读出的位置 {span.start}–{span.end}.*没有发布"):
        read_version(folder, DOCUMENT, IndexSettings())


def test_what_decides_a_version(tmp_path):
    """Another file, manifest entry, set of questions, setting or program is another version; nothing else is."""
    settings = IndexSettings()
    key = key_of(tmp_path, DOCUMENT, settings, "program")
    assert key == key_of(tmp_path, replace(DOCUMENT), IndexSettings(keep_generations=9), "program")
    others = [
        key_of(tmp_path, replace(DOCUMENT, sha256="1" * 64), settings, "program"),
        key_of(tmp_path, replace(DOCUMENT, title="乙"), settings, "program"),
        key_of(tmp_path, DOCUMENT, IndexSettings(max_passage_chars=120), "program"),
        key_of(tmp_path, DOCUMENT, settings, "another program"),
    ]
    path_of(tmp_path, DOCUMENT.id).parent.mkdir()
    path_of(tmp_path, DOCUMENT.id).write_text("- {clause: 一, ask: [问什么]}", encoding="utf-8")
    others.append(key_of(tmp_path, DOCUMENT, settings, "program"))
    assert len({key, *others}) == 6


def test_fingerprint_of_the_program():
    """The program's digest is a SHA-256 and the same each time."""
    assert fingerprint() == fingerprint()
    assert len(bytes.fromhex(fingerprint())) == 32
