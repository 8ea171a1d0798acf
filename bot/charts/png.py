"""A chart as PNG for chats, drawn by matplotlib with the font the package brings.

Matplotlib serves as a canvas only: places come from ``layout``, so that both drawings are the same. It is imported
here and nowhere else, when a picture is asked for.
"""

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from bot.charts.layout import WIDTH, Rule, Scene, Words, lay_out
from bot.charts.look import COLOURS
from bot.charts.types import ChartData

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FONT = "NotoSansSC-GB2312.otf"
# For characters outside GB 2312, where one of these is installed
_OTHERS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Microsoft YaHei",
    "DejaVu Sans",
)
_DPI = 144  # pixels an inch of the picture: two for each pixel of the layout
_LAYOUT_DPI = 72  # one pixel of the layout is one point
_INK, _MUTED, _GRID = "#1a1a1a", "#595959", "#d9d9d9"
_ALIGNED = {"start": "left", "middle": "center", "end": "right"}


def _families(words: str) -> list[str]:
    """Register the package's own font; its name, then installed fonts where it lacks a character."""
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    with as_file(files("bot").joinpath("charts", "fonts", _FONT)) as path:
        font_manager.fontManager.addfont(path)
        own = font_manager.FontProperties(fname=path).get_name()
        held = FT2Font(path).get_charmap()
    if all(ord(character) in held for character in words):
        return [own]
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return [own, *(name for name in _OTHERS if name in installed)]


def _write(axes: "Axes", words: Words, families: list[str]) -> None:
    from matplotlib.patheffects import withStroke

    axes.text(
        words.x,
        words.y,
        words.text,
        fontsize=words.size,
        ha=_ALIGNED[words.anchor],
        va="baseline",
        color=_MUTED if words.muted else _INK,
        family=families,
        parse_math=False,  # a dollar sign is a dollar sign
        path_effects=[withStroke(linewidth=3, foreground="white")] if words.halo else None,
    )


def _rule(axes: "Axes", rule: Rule) -> None:
    axes.plot(
        [rule.x, rule.x],
        [rule.top, rule.bottom],
        color=_MUTED if rule.strong else _GRID,
        linewidth=0.8,
        zorder=1,
    )


def _draw(scene: Scene) -> "Figure":
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure(figsize=(WIDTH / _LAYOUT_DPI, scene.height / _LAYOUT_DPI), dpi=_DPI, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(scene.height, 0)
    axes.axis("off")
    families = _families("".join(words.text for words in scene.words))
    for rule in scene.rules:
        _rule(axes, rule)
    for box in scene.boxes:
        axes.add_patch(
            Rectangle(
                (box.x, box.y), box.width, box.height, facecolor=COLOURS[box.role], linewidth=0, zorder=2
            )
        )
    for words in scene.words:
        _write(axes, words, families)
    return figure


def write_png(data: ChartData, path: Path) -> None:
    """Draw a chart into a file, 1280 pixels wide.

    :raises OSError: the file cannot be written
    """
    with path.open("wb") as file:
        _draw(lay_out(data)).savefig(file, format="png", metadata={"Title": data.title})
