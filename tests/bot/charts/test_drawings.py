"""The two drawings of a chart: SVG with real text, PNG with the package's own font."""

import struct
from importlib.resources import as_file, files
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.charts.layout import WIDTH, lay_out
from bot.charts.look import wrapped
from bot.charts.save import save
from bot.charts.svg import svg
from bot.charts.types import Bar, ChartData, Group
from bot.errors import InputError
from index.types import Role

SVG = "{http://www.w3.org/2000/svg}"
DATA = ChartData(
    "和谐企业创建率",
    "%",
    (
        Group(
            "甲市 · 建会企业创建率",
            (Bar("2020年基准", Role.BASELINE, 46, "46%"), Bar("2025年目标", Role.TARGET, 50, "50%")),
        ),
        Group("乙市 · 创建率", (Bar("“十三五”期末完成", Role.ACTUAL, 0, "0%"),)),
    ),
    ("《甲市规划》二(三)表1",),
    ("创建率:逐步提高(2025年目标)",),
)
HOSTILE = ChartData(
    "<script>alert(1)</script>&\x00\ufffe",
    "个<",
    (Group("很长" * 60, (Bar("长" * 40, Role.TARGET, 1e12, "1000000000000个"),)),),
    ("《" + "规划" * 80 + "》",),
)


def test_an_svg_says_everything_in_words():
    """A name, a description with every value, text as text, and nothing fetched from elsewhere."""
    root = ET.fromstring(svg(DATA))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "和谐企业创建率"
    assert root.findtext(f"{SVG}desc") == (
        "甲市 · 建会企业创建率:2020年基准46%,2025年目标50%;乙市 · 创建率:“十三五”期末完成0%。"
        "没有画(单位或口径不同,或不是数字):创建率:逐步提高(2025年目标)。来源:《甲市规划》二(三)表1"
    )
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"2020年基准", "46%", "50%", "100", "单位:%(从 0 起)", "来源:《甲市规划》二(三)表1"} <= set(words)
    assert "prefers-color-scheme: dark" in (root.findtext(f"{SVG}style") or "")
    assert "http" not in svg(DATA).replace("http://www.w3.org/2000/svg", "")


def test_bars_begin_at_zero_and_are_true_to_length():
    """46 and 50 of 100, from one line; a zero has no length."""
    boxes = lay_out(DATA).boxes
    marks = {rule.x for rule in lay_out(DATA).rules if rule.strong}
    assert {box.x for box in boxes} == marks
    assert boxes[0].width / boxes[1].width == pytest.approx(46 / 50)
    assert boxes[2].width == 0


@pytest.mark.parametrize("data", [DATA, HOSTILE])
def test_everything_stays_on_the_page(data: ChartData):
    """However long the names, no bar and no line of text begins or ends outside."""
    scene = lay_out(data)
    assert all(box.x >= 0 and box.x + box.width <= WIDTH for box in scene.boxes)
    assert all(0 <= words.x <= WIDTH and 0 <= words.y <= scene.height for words in scene.words)


def test_hostile_words_are_only_words():
    """Markup is escaped; characters XML cannot hold are left out."""
    root = ET.fromstring(svg(HOSTILE))
    assert root.findtext(f"{SVG}title") == "<script>alert(1)</script>&"
    assert not list(root.iter(f"{SVG}script"))


def test_a_text_is_broken_by_width():
    """A Chinese character is as wide as it is high, a digit about half."""
    assert wrapped("一二三四五", 2) == ["一二", "三四", "五"]
    assert wrapped("1234", 2) == ["123", "4"]
    assert wrapped("", 2) == [""]


@pytest.mark.parametrize("data", [DATA, HOSTILE])
def test_a_png_is_written(tmp_path: Path, data: ChartData):
    """A PNG of twice the layout's size."""
    path = tmp_path / "图.png"
    save(data, path)
    raw = path.read_bytes()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", raw[16:20])[0] == 2 * WIDTH


def test_the_package_brings_its_font_and_licence():
    """Every common character has a glyph; the licence lies beside it."""
    from fontTools.ttLib import TTFont

    folder = files("bot").joinpath("charts", "fonts")
    with as_file(folder.joinpath("NotoSansSC-GB2312.otf")) as path:
        held = TTFont(path).getBestCmap()
    common = "指标目标基准完成约束性预期性单位来源年均不低于超过“十四五”期末《》〔〕、,。:()%→鄂沪襄浦"
    assert [c for c in common if ord(c) not in held] == []
    assert "SIL OPEN FONT LICENSE Version 1.1" in folder.joinpath("OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [("图.jpg", "只能存成 .png 或 .svg"), ("没有/图.svg", "写不了"), ("没有/图.png", "写不了")],
)
def test_a_file_that_cannot_be(tmp_path: Path, name: str, said: str):
    """One clear sentence."""
    with pytest.raises(InputError, match=said):
        save(DATA, tmp_path / name)
