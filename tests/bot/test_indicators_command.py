"""``policybot indicators`` with its filters and forms, in this process over a real index."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.config import Config


def run(shipped: Config, *arguments: str) -> int:
    return main(["indicators", "--data-dir", str(shipped.data_dir), *arguments])


@pytest.mark.parametrize(
    ("filters", "lines"),
    [
        (
            ("--category", "劳资", "--role", "target"),
            [
                "青浦区  建会企业中劳动关系和谐企业创建率  50%  2025年目标  约束性  二(三)表1",
                "青浦区  劳动监察举报投诉按期结案率  98%  2025年目标  约束性  二(三)表1",
                "青浦区  劳动人事争议仲裁年度结案率  92%  2025年目标  约束性  二(三)表1",
            ],
        ),
        (
            ("--region", "襄阳", "--period", "十三五", "--name", "结案率"),
            [
                "襄阳市  劳动人事争议仲裁结案率  不低于98%  “十三五”期末完成  第一章第一节——5",
                "襄阳市  劳动监察结案率  不低于98%  “十三五”期末完成  第一章第一节——5",
                "襄阳市  拖欠农民工工资举报投诉案件结案率  不低于98%  “十三五”期末完成  第一章第一节——5",
            ],
        ),
        (
            ("--document", "qingpu", "--attribute", "预期性", "--period", "2020年"),
            [
                "青浦区  完成职业技能培训人数  11.42万人  2020年基准  预期性  二(三)表1",
                "青浦区  新增首席技师资助项目  60个  2020年基准  预期性  二(三)表1",
            ],
        ),
        (("--name", "没有这个"), []),
    ],
)
def test_filters(
    shipped: Config, capsys: pytest.CaptureFixture[str], filters: tuple[str, ...], lines: list[str]
):
    """Every filter given must hold."""
    assert run(shipped, *filters) == 0
    assert capsys.readouterr().out.splitlines() == lines


def test_the_same_rows_in_every_form(shipped: Config, capsys: pytest.CaptureFixture[str]):
    """JSON and CSV hold the same values."""
    assert run(shipped, "--name", "创建率", "--json") == 0
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert run(shipped, "--name", "创建率", "--csv") == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (
        [row["value"] for row in table]
        == [item["value"] for item in objects]
        == ["45", "49", "46", "50", "50"]
    )


@pytest.mark.parametrize("name", ["图.svg", "图.png"])
def test_a_chart(shipped: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str):
    """The file is written; stdout stays empty."""
    assert run(shipped, "--name", "创建率", "--chart", str(tmp_path / name)) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"已画好:{tmp_path / name}\n")
    assert (tmp_path / name).stat().st_size > 1000


def test_a_sheet(shipped: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The count is told."""
    assert run(shipped, "--role", "baseline", "--xlsx", str(tmp_path / "值.xlsx")) == 0
    assert capsys.readouterr().err == f"已存好 9 个指标值:{tmp_path / '值.xlsx'}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--region", "武汉"), "没有收录“武汉”;现有地区:青浦区、襄阳市"),
        (("--name", "没有这个", "--chart", "图.svg"), "“没有这个”没有能画成图的数字"),
        (("--name", "创建率", "--chart", "图.gif"), "只能存成 .png 或 .svg"),
        (("--xlsx", "值.csv"), "只能存成 .xlsx"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    shipped: Config, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
):
    """What happened and what to do, exit code 1."""
    assert run(shipped, *arguments) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_no_drawing_on_the_way_of_a_question():
    """Neither matplotlib nor openpyxl is loaded by what answers questions."""
    import subprocess

    code = "import sys, bot.app, bot.cli.main, bot.render.plain; print({'matplotlib', 'openpyxl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
