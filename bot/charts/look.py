"""Colours, names and words that both drawings share."""

from bot.charts.types import ChartData
from index.types import Role

# Okabe and Ito's palette (Color Universal Design, 2008), told apart with any colour vision; each bar is also named
COLOURS = {Role.BASELINE: "#999999", Role.TARGET: "#0072B2", Role.ACTUAL: "#009E73"}
# The same hues, lighter: at least 3:1 against a dark page (WCAG 1.4.11)
DARK_COLOURS = {Role.BASELINE: "#B0B0B0", Role.TARGET: "#56B4E9", Role.ACTUAL: "#2FC79B"}

_FULL_WIDTH = 0x2E80  # from here on characters are as wide as they are high
_NARROW = 0.56  # of a Latin letter or a digit, in em


def width(text: str) -> float:
    """Estimate the width of a text in em, Chinese characters as 1."""
    return sum(1.0 if ord(c) >= _FULL_WIDTH or c in "“”—·→" else _NARROW for c in text)


def wrapped(text: str, limit: float) -> list[str]:
    """Break a text into lines of at most ``limit`` em; a Chinese text breaks anywhere."""
    lines = [""]
    for character in text:
        if lines[-1] and width(lines[-1] + character) > limit:
            lines.append("")
        lines[-1] += character
    return lines


def footer(data: ChartData) -> tuple[str, ...]:
    """The lines below a chart: what it leaves out, where its values stand."""
    left = (f"没有画(单位或口径不同,或不是数字):{';'.join(data.left_out)}",) if data.left_out else ()
    return (*left, *(f"来源:{source}" for source in data.sources))


def axis_title(data: ChartData) -> str:
    """Name the axis: its unit, and that it begins at zero."""
    return f"单位:{data.unit or '无'}(从 0 起)"


def described(data: ChartData) -> str:
    """Say in words all that a chart shows, for those who cannot see it."""
    groups = (
        f"{group.label}:" + ",".join(f"{bar.label}{bar.printed}" for bar in group.bars)
        for group in data.groups
    )
    return ";".join(groups) + "。" + "。".join(footer(data))
