"""A chart into a file, by the ending of its name."""

from pathlib import Path

from bot.charts.types import ChartData
from bot.errors import InputError

ENDINGS = (".png", ".svg")


def save(data: ChartData, path: Path) -> None:
    """Write a chart as PNG or SVG.

    :raises InputError: the name ends in neither, or the file cannot be written
    """
    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"图只能存成 .png 或 .svg,而不是“{path.name}”;请改文件名的结尾")
    try:
        if path.suffix.lower() == ".svg":
            from bot.charts.svg import svg

            path.write_text(svg(data), encoding="utf-8")
        else:
            from bot.charts.png import write_png

            write_png(data, path)
    except OSError as error:
        raise InputError(f"写不了 {path}:{error.strerror};请检查文件夹和权限") from None
