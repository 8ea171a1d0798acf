"""What an admin corrects, hides and adds: read from the file, applied to the rows, refused when the words are gone."""

from pathlib import Path

import pytest

from index.corrections import apply
from index.errors import CorpusError
from index.indicators import extract
from index.overrides import OVERRIDES, digest_of, load
from index.recipe import key_of, read_version
from index.settings import IndexSettings
from index.tree import parse
from index.types import Document, Indicator, Role

PLAN = """\
甲市就业“十四五”规划
第一章 主要目标
到2025年,城镇新增就业10万人。失业率控制在5%以内。
第二章 重点任务
建设就业驿站三十处。
"""
DOCUMENT = Document("jia", "甲市就业“十四五”规划", "甲市", (), None, None, None, None, "jia.txt", "0" * 64)
CLAUSES = parse("jia", PLAN)
SIGNED = "by: 张三, why: 核对过原件, when: 2026-01-05"
UNIT = f"{{document: jia, clause: 第一章, words: 城镇新增就业10万人, value: 10, action: correct, set: {{unit: 万个}}, {SIGNED}}}"
HIDE = f"{{document: jia, clause: 第一章, words: 失业率控制在5%以内, value: '5', action: hide, {SIGNED}}}"
ADD = (
    "{document: jia, clause: 第二章, words: 建设就业驿站三十处, value: 三十, action: add, "
    f"set: {{name: 就业驿站, role: target, unit: 处}}, {SIGNED}}}"
)


def write(folder: Path, *entries: str) -> Path:
    """Write a file of corrections."""
    lines = ["corrections:", *(f"- {entry}" for entry in entries)]
    (folder / OVERRIDES).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def corrected(folder: Path, text: str = PLAN) -> list[tuple[str, str, str, str]]:
    """Apply the corrections of a folder to what is read from a text; name, value, unit and note of each row."""
    clauses = parse("jia", text)
    rows: tuple[Indicator, ...] = apply(
        load(folder, "jia"), extract(DOCUMENT, text, clauses).rows, text, clauses
    )
    assert all(row.value_span.of(text) == row.value and row.value_span in row.span for row in rows)
    return [(row.name, row.value, row.unit, row.corrected) for row in rows]


def test_nothing_written_changes_nothing(tmp_path: Path) -> None:
    """Without the file the rows are as they were read."""
    assert corrected(tmp_path) == [("城镇新增就业", "10", "万人", ""), ("失业率", "5", "%", "")]
    assert (load(tmp_path, "jia"), digest_of(tmp_path, "jia")) == ((), "")


def test_correct_hide_and_add(tmp_path: Path) -> None:
    """A field changes, a row goes, a row comes; each says what was done, who did it, when and why."""
    assert corrected(write(tmp_path, UNIT, HIDE, ADD)) == [
        ("城镇新增就业", "10", "万个", "更正:核对过原件(张三,2026-01-05)"),
        ("就业驿站", "三十", "处", "补充:核对过原件(张三,2026-01-05)"),
    ]


LISTED = """\
第一章 主要目标
到2025年:
——岗位。新增岗位5万个。
——技能。培训3万人。
到2035年,新增岗位9万个。
专栏1 工程
1.驿站。建设驿站30处。
第二章 保障
"""


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("第一章/——2", "到2035年,新增岗位9万个"),
        ("第一章", "到2035年,新增岗位9万个"),
        ("第一章/——2/专栏1/1", "建设驿站30处"),
    ],
)
def test_a_correction_finds_its_words_behind_a_list(tmp_path: Path, clause: str, words: str) -> None:
    """Where they were read as part of the last item when it was written, and a box below it."""
    value = "9" if "9" in words else "30"
    entry = f"{{document: jia, clause: {clause}, words: '{words}', value: '{value}', action: hide, {SIGNED}}}"
    left = [found[1] for found in corrected(write(tmp_path, entry), LISTED)]
    assert (value in left, "5" in left) == (False, True)


def test_a_corrected_value_is_still_a_slice_of_the_text(tmp_path: Path) -> None:
    """Another run of digits of the same words may be meant; a number that is not printed there may not."""
    entry = UNIT.replace("words: 城镇新增就业10万人", "words: '到2025年,城镇新增就业10万人'")
    rows = corrected(write(tmp_path, entry.replace("unit: 万个", "value: 10万, unit: 人")))
    assert rows[0][:3] == ("城镇新增就业", "10万", "人")
    with pytest.raises(CorpusError, match=r"set 里的值“12”在“到2025年.*值只能是原文里的字"):
        corrected(write(tmp_path, entry.replace("unit: 万个", "value: 12")))


def test_a_name_picks_one_of_several_rows(tmp_path: Path) -> None:
    """One value may state two measures."""
    text = PLAN.replace("失业率控制在5%以内", "养老保险、失业保险参保率均为95%")
    entry = "{document: jia, clause: 第一章, words: 养老保险、失业保险参保率均为95%, value: 95, name: 养老保险参保率, action: correct, "
    rows = corrected(write(tmp_path, f"{entry} set: {{name: 职工养老保险参保率}}, {SIGNED}}}"), text)
    assert [row[0] for row in rows] == ["城镇新增就业", "职工养老保险参保率", "失业保险参保率"]
    with pytest.raises(
        CorpusError, match="从“95”读出的是养老保险参保率、失业保险参保率,没有工伤保险;请改正 name"
    ):
        corrected(
            write(
                tmp_path,
                f"{entry.replace('name: 养老保险参保率', 'name: 工伤保险')} set: {{unit: 人}}, {SIGNED}}}",
            ),
            text,
        )


@pytest.mark.parametrize(
    ("entry", "text", "message"),
    [
        (
            UNIT,
            PLAN.replace("10万人", "12万人"),
            r"第 2 行:jia 的条款 '第一章' 里找不到这段原文.*城镇新增就业10万人",
        ),
        (UNIT, PLAN.replace("第一章", "第三章"), "jia 里没有条款 '第一章';文件换过版本的话"),
        (UNIT, PLAN.replace("失业率", "城镇新增就业10万人,失业率"), "或不止一处"),
        (
            HIDE.replace("5%以内, value: '5'", "5%以内, value: '7'"),
            PLAN,
            "“7”在“失业率控制在5%以内”里不是正好出现一次",
        ),
        (
            ADD.replace("action: add", "action: correct"),
            PLAN,
            "没有从“三十”读出值;要补上它,请把 action 改成 add",
        ),
    ],
    ids=["words gone", "clause gone", "words twice", "value not there", "nothing read"],
)
def test_words_that_are_gone_are_refused(tmp_path: Path, entry: str, text: str, message: str) -> None:
    """An entry that points nowhere stops the build and says where it is written and what to do."""
    with pytest.raises(CorpusError, match=message):
        corrected(write(tmp_path, entry), text)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "最外层应只有 corrections:"),
        ("corrections: {}", "最外层应只有 corrections:"),
        ("corrections:\n- {document: jia}", r"第 2 行:clause:缺少这一项"),
        (f"corrections:\n- {UNIT.replace('unit:', 'units:')}", r"第 2 行:set.units:不认识的键"),
        (
            f"corrections:\n- {UNIT.replace('correct,', 'delete,')}",
            r"action:可用的值:'correct', 'hide'、'add'",
        ),
        (f"corrections:\n- {UNIT.replace('2026-01-05', '昨天')}", r"when:应写成 2026-01-05 这样的日期"),
        (f"corrections:\n- {UNIT.replace(' set: {unit: 万个},', '')}", "第 2 行:更正了什么"),
        (f"corrections:\n- {HIDE.replace('hide,', 'hide, set: {unit: 个},')}", "隐藏一个值不改它的项"),
        (f"corrections:\n- {ADD.replace('name: 就业驿站, ', '')}", "至少要在 set 下写 name 和 role"),
        ("corrections: [", "不是合法的 YAML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    """Unknown keys and values, missing signatures and empty entries are one line each."""
    (tmp_path / OVERRIDES).write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load(tmp_path, "jia")


def test_corrections_decide_the_version_of_their_document_alone(tmp_path: Path) -> None:
    """A document is read anew when its entries change; the line they stand on and other documents' do not matter."""
    settings = IndexSettings()
    plain = key_of(tmp_path, DOCUMENT, settings, "program")
    write(tmp_path, UNIT.replace("jia", "yi"))
    assert key_of(tmp_path, DOCUMENT, settings, "program") == plain
    one = key_of(write(tmp_path, UNIT), DOCUMENT, settings, "program")
    other = key_of(write(tmp_path, UNIT.replace("jia", "yi"), UNIT), DOCUMENT, settings, "program")
    assert one == other != plain


def test_a_version_holds_what_was_corrected(tmp_path: Path) -> None:
    """The recipe applies the file of the folder."""
    (tmp_path / "jia.txt").write_text(PLAN, encoding="utf-8")
    version = read_version(write(tmp_path, ADD), DOCUMENT, IndexSettings())
    assert [(row.name, row.role) for row in version.indicators if row.corrected] == [
        ("就业驿站", Role.TARGET)
    ]
