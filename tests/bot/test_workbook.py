"""Indicator values as an Excel sheet, read back."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli.workbook import write_workbook
from bot.errors import InputError
from index.generation import Generation


def test_numbers_are_numbers_and_sources_are_there(store: Generation, tmp_path: Path):
    """A frozen header, a row a value, digits as numbers, words as words."""
    rows = [row for row in store.indicators if row.name in {"零就业家庭", "完成职业技能培训人数"}]
    write_workbook(store, rows, tmp_path / "值.xlsx")
    sheet = load_workbook(tmp_path / "值.xlsx").active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == (
        "地区", "类别", "指标", "属性", "性质", "时期", "比较", "值", "单位", "来源", "有效期", "原文",
    )  # fmt: skip
    assert sheet.freeze_panes == "A2"
    trained = next(line for line in lines if line[2] == "完成职业技能培训人数" and line[4] == "基准")
    assert trained[7:10] == (11.42, "万人", "《青浦区就业和社会保障“十四五”规划》二(三)表1")
    assert any(line[7] == "动态为0" for line in lines)
    assert len(lines) == len(rows) + 1


@pytest.mark.parametrize("words", ['=HYPERLINK("http://x")', "+1", "@x", "坏\x00字\x1b"])
def test_words_never_become_formulas(store: Generation, tmp_path: Path, words: str):
    """What a document prints is text to Excel; characters it cannot hold are left out."""
    write_workbook(store, [replace(store.indicators[0], name=words)], tmp_path / "值.xlsx")
    sheet = load_workbook(tmp_path / "值.xlsx").active
    assert sheet is not None
    assert (sheet["C2"].value, sheet["C2"].data_type) == (words.replace("\x00", "").replace("\x1b", ""), "s")


@pytest.mark.parametrize(("name", "said"), [("值.xls", "只能存成 .xlsx"), ("没有/值.xlsx", "写不了")])
def test_a_file_that_cannot_be(store: Generation, tmp_path: Path, name: str, said: str):
    """One clear sentence."""
    with pytest.raises(InputError, match=said):
        write_workbook(store, [], tmp_path / name)
