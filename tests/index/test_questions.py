"""相似问: read from their file, pointed at the passages that answer them."""

import logging
import re

import pytest

from index import questions
from index.errors import CorpusError
from index.passages import split
from index.tree import parse

TEXT = "一、就业\n(一)社保补贴。按规定给社保补贴。灵活就业者也能享受。\n(二)培训。开展技能培训。\n"
CLAUSES = parse("jia", TEXT)
PASSAGES = split("jia", "甲规划", TEXT, CLAUSES, 300)


def _write(folder, words):
    path = questions.path_of(folder, "jia")
    path.parent.mkdir()
    path.write_text(words, encoding="utf-8")


def _answers(entry):
    (found,) = questions.attach("jia", [entry], PASSAGES, TEXT)
    return [PASSAGES[row].span.of(TEXT) for row in range(found.first, found.last)]


def test_a_question_of_one_sentence():
    """With ``sentence`` a question is answered by that sentence alone."""
    entry = questions.Entry(clause="一/(一)", sentence="灵活就业", ask=("打零工有补贴吗",))
    assert _answers(entry) == ["灵活就业者也能享受。"]


def test_a_question_of_a_clause():
    """Without, by the whole clause and what stands below it."""
    assert _answers(questions.Entry(clause="一/(一)", ask=("社保补贴",))) == [
        "社保补贴。按规定给社保补贴。",
        "灵活就业者也能享受。",
    ]
    assert _answers(questions.Entry(clause="一", ask=("就业",)))[-1] == "培训。开展技能培训。"


@pytest.mark.parametrize(("clause", "sentence"), [("一/(九)", ""), ("一/(一)", "没有这句")])
def test_words_that_have_gone_are_left_out_and_said(caplog, clause, sentence):
    """A new version of the document may drop a clause: its questions go, the log says which."""
    entry = questions.Entry(clause=clause, sentence=sentence, ask=("问",))
    with caplog.at_level(logging.WARNING):
        assert questions.attach("jia", [entry], PASSAGES, TEXT) == ()
    assert f"jia 的相似问指向的原文不在了,没有采用:{clause}" in caplog.text


LISTED = "二、目标\n到2025年:\n——岗位。新增5万个。\n——技能。培训3万人。\n展望2035年,充分就业。\n三、保障"


@pytest.mark.parametrize("clause", ["二/——2", "二/——9"])
def test_a_sentence_that_is_of_a_clause_above_is_found_there(clause):
    """It was written for the last item of a list, whose end is known better by now."""
    passages = split("jia", "甲规划", LISTED, parse("jia", LISTED), 300)
    entry = questions.Entry(clause=clause, sentence="展望2035", ask=("以后呢",))
    (found,) = questions.attach("jia", [entry], passages, LISTED)
    assert (found.clause, passages[found.first].span.of(LISTED)) == ("二", "展望2035年,充分就业。")
    both = questions.Entry(clause="二/——9", sentence="", ask=("问",))
    assert questions.attach("jia", [both], passages, LISTED) == ()


def test_the_file_is_read_in_order(tmp_path):
    """Entries and questions keep the order of the file."""
    _write(tmp_path, "- clause: 一\n  ask: [甲, 乙]\n- clause: 二\n  sentence: 丙\n  ask: [丁]\n")
    assert questions.load(tmp_path, "jia") == (
        questions.Entry(clause="一", ask=("甲", "乙")),
        questions.Entry(clause="二", sentence="丙", ask=("丁",)),
    )


def test_a_document_without_questions(tmp_path):
    """No file, or an empty one, is no question."""
    assert questions.load(tmp_path, "jia") == ()
    _write(tmp_path, "# 还没有\n")
    assert questions.load(tmp_path, "jia") == ()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("- clause: 一\n", "第 1 行:0.ask:缺少这一项"),
        ("- clause: 一\n  ask: []\n", "第 2 行:0.ask:至少写一个问题"),
        ("- clause: 一\n  ask: [甲]\n  answer: 乙\n", "第 3 行:0.answer:不认识的键"),
        ("- clause: 12\n  ask: [甲]\n", "第 1 行:0.clause:应是文字"),
        ("clause: 一\n", "应是列表"),
        ("- [一\n", "不是合法的 YAML"),
    ],
)
def test_a_broken_file_is_refused(tmp_path, words, message):
    """The message names the line and what should stand there."""
    _write(tmp_path, words)
    with pytest.raises(CorpusError, match=re.escape(message)):
        questions.load(tmp_path, "jia")
