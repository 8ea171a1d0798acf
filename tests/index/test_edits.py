"""Files of docs_corpus/ with one thing more: everything else stays byte for byte."""

from pathlib import Path

import pytest

from index import lexicon, questions
from index.errors import CorpusError
from index.lexicon_edit import with_entry
from index.questions_edit import same_words, with_question
from index.yaml_edit import edited_list
from index.yamlfile import read_yaml

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = """# 说明
- clause: 一/(一)  # 补贴
  sentence: 灵活就业
  ask:
  - 打零工有补贴吗
- clause: 二
  ask:
  - "谁来管"  # 常问
"""
NESTED = """- clause: 二
  ask:
    - 谁来管
"""
LEXICON = """# 词库
entries:
  # ---- 工资 ----
  - say: [工钱,
      薪水]   # 口语
    official: [工资]
  - say:
      - 讨薪
    official:
      - 欠薪   # 尾注

# 跳过
guards: [提升, 提高]
"""


def _file(folder: Path, words: str) -> None:
    path = questions.path_of(folder, "jia")
    path.parent.mkdir()
    path.write_text(words, encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "clause", "added"),
    [
        (QUESTIONS, "二", QUESTIONS + "  - 问: 新的\n".replace("问: 新的", "谁负责")),
        (
            QUESTIONS,
            "一/(一)",
            QUESTIONS.replace("- clause: 二\n", "- clause: 一/(一)\n  ask:\n  - 谁负责\n- clause: 二\n"),
        ),
        (QUESTIONS, "三", QUESTIONS + "- clause: 三\n  ask:\n  - 谁负责\n"),
        ("# 只有说明\n", "三", "# 只有说明\n- clause: 三\n  ask:\n  - 谁负责\n"),
    ],
    ids=["to its clause", "beside a sentence's", "a new clause", "an empty file"],
)
def test_a_question_is_added(tmp_path, before, clause, added):
    """To the entry of the whole clause; comments, order and quotation marks stay."""
    _file(tmp_path, before)
    assert with_question(tmp_path, "jia", clause, "谁负责").decode() == added
    assert questions.path_of(tmp_path, "jia").read_text(encoding="utf-8") == before


def test_a_nested_list_stays_readable(tmp_path):
    """A file that sets its lists in is still the same list afterwards."""
    _file(tmp_path, NESTED)
    after = with_question(tmp_path, "jia", "二", "谁负责")
    questions.path_of(tmp_path, "jia").write_bytes(after)
    assert questions.load(tmp_path, "jia") == (questions.Entry(clause="二", ask=("谁来管", "谁负责")),)


@pytest.mark.parametrize("words", ["a: 1", "- [", "一句话"])
def test_what_is_no_list_is_left_alone(tmp_path, words):
    """It is refused, naming the file."""
    _file(tmp_path, words)
    with pytest.raises(CorpusError, match=r"jia\.yaml"):
        with_question(tmp_path, "jia", "二", "谁负责")


@pytest.mark.parametrize("name", ["qingpu", "xiangyang"])
def test_a_long_file_changes_in_one_line(name):
    """Of thousands of lines, three are new."""
    before = questions.path_of(ROOT / "docs_corpus", name).read_text(encoding="utf-8").splitlines()
    clause = questions.load(ROOT / "docs_corpus", name)[9].clause
    after = with_question(ROOT / "docs_corpus", name, clause, "谁也没有问过的").decode().splitlines()
    at = after.index("  - 谁也没有问过的")
    assert after[at - 2 : at + 1] == [f"- clause: {clause}", "  ask:", "  - 谁也没有问过的"]
    assert after[: at - 2] + after[at + 1 :] == before


def test_a_thesaurus_entry_is_added(tmp_path):
    """Behind the last entry, in front of the comment that follows; nothing else moves."""
    path = tmp_path / "lexicon.yaml"
    path.write_text(LEXICON, encoding="utf-8")
    after = with_entry(path, ["996"], ["超时加班", "工作时间"])
    line = "  - say: ['996']\n    official: [超时加班, 工作时间]\n"
    assert after.decode() == LEXICON.replace("      - 欠薪   # 尾注\n", f"      - 欠薪   # 尾注\n{line}")
    path.write_bytes(after)
    assert lexicon.load(path).entries[-1] == lexicon.Entry(("996",), ("超时加班", "工作时间"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "entries:\n  - say: [工钱]\n    official: [工资]\n"),
        ("guards: [提升]", "guards: [提升]\nentries:\n  - say: [工钱]\n    official: [工资]\n"),
        (
            "entries:\n- say: [甲乙]\n  official: [丙丁]",
            "entries:\n- say: [甲乙]\n  official: [丙丁]\n- say: [工钱]\n  official: [工资]\n",
        ),
    ],
)
def test_a_thesaurus_without_entries(tmp_path, before, after):
    """It gets them; a last line without its end is ended."""
    path = tmp_path / "lexicon.yaml"
    path.write_text(before, encoding="utf-8")
    assert with_entry(path, ["工钱"], ["工资"]).decode() == after


@pytest.mark.parametrize("words", ["entries: []", "entries: [{say: [甲乙], official: [丙丁]}]", "entries: ["])
def test_a_thesaurus_laid_out_otherwise(tmp_path, words):
    """It is refused, with how it should look."""
    path = tmp_path / "lexicon.yaml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"lexicon\.yaml"):
        with_entry(path, ["工钱"], ["工资"])


def test_a_hand_made_word_is_quoted(tmp_path):
    """What YAML would take for something else comes back as the words it was."""
    path = tmp_path / "list.yaml"
    words = ["是: 否", "# 号", "12", "null", "- 项", "“引号”'\"", "换\n行"]
    path.write_bytes(edited_list(path, "# 头\n", lambda listed: listed.extend(words)))
    assert path.read_text(encoding="utf-8").startswith("# 头\n- ")
    assert read_yaml(path).content == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("谁来管?", "谁来管", True), ("A类 补贴", "a类补贴", True), ("谁来管", "谁管", False), ("", "?", True)],
)
def test_same_words(one, other, same):
    """Width, case, blanks and punctuation do not count."""
    assert same_words(one, other) is same
