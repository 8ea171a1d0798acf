"""A chart as SVG: real text, a title and a description for screen readers, light and dark colours."""

from xml.sax.saxutils import escape, quoteattr

from bot.charts.layout import WIDTH, Box, Rule, Words, lay_out
from bot.charts.look import COLOURS, DARK_COLOURS, described
from bot.charts.types import ChartData

_FONTS = (
    "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC',"
    " 'Source Han Sans SC', 'WenQuanYi Zen Hei', sans-serif"
)
_STYLE = f"""
    text {{ font-family: {_FONTS}; fill: #1a1a1a; }}
    .page {{ fill: #ffffff; }} .halo {{ stroke: #ffffff; stroke-width: 4px; paint-order: stroke; }}
    .muted {{ fill: #595959; }} .grid {{ stroke: #d9d9d9; }} .zero {{ stroke: #595959; }}
    {" ".join(f".{role.value} {{ fill: {colour}; }}" for role, colour in COLOURS.items())}
    @media (prefers-color-scheme: dark) {{
      text {{ fill: #f0f0f0; }}
      .page {{ fill: #1b1b1f; }} .halo {{ stroke: #1b1b1f; }} .muted {{ fill: #b8b8b8; }} .grid {{ stroke: #3d3d45; }} .zero {{ stroke: #b8b8b8; }}
      {" ".join(f".{role.value} {{ fill: {colour}; }}" for role, colour in DARK_COLOURS.items())}
    }}"""


def _text(words: Words) -> str:
    kind = ' class="muted"' if words.muted else ' class="halo"' if words.halo else ""
    weight = ' font-weight="600"' if words.bold else ""
    return (
        f'<text x="{words.x:.1f}" y="{words.y:.1f}" font-size="{words.size}" text-anchor="{words.anchor}"'
        f"{weight}{kind}>{escape(words.text)}</text>"
    )


def _rule(rule: Rule) -> str:
    kind = "zero" if rule.strong else "grid"
    return f'<line class="{kind}" x1="{rule.x:.1f}" y1="{rule.top:.1f}" x2="{rule.x:.1f}" y2="{rule.bottom:.1f}"/>'


def _box(box: Box) -> str:
    return (
        f'<rect class="{box.role.value}" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}"'
        f' height="{box.height:.1f}"/>'
    )


def _printable(text: str) -> str:
    """Leave out what no XML document may hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def svg(data: ChartData) -> str:
    """Draw a chart as one SVG document; every word of it is text, nothing is fetched from elsewhere."""
    scene = lay_out(data)
    size = f'viewBox="0 0 {WIDTH} {scene.height:.0f}" width="{WIDTH}" height="{scene.height:.0f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(data.title)}>',
        f"<title>{escape(data.title)}</title>",
        f"<desc>{escape(described(data))}</desc>",
        f"<style>{_STYLE}\n</style>",
        '<rect class="page" width="100%" height="100%"/>',
        *map(_rule, scene.rules),
        *map(_box, scene.boxes),
        *map(_text, scene.words),
        "</svg>",
    ]
    return _printable("\n".join(lines)) + "\n"
