from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.errors import CorpusError
from index.readers.types import StoredText

Read = Callable[[str, bytes | str], StoredText]

WIDTH, HEIGHT = 595.0, 842.0
LEFT, SIZE, PITCH = 89.5, 16.0, 28.0
PER_LINE = 26  # characters of a full line
FONT = "STSong-Light"


class Paper:
    """A PDF in the making: lines by their place from the top."""

    def __init__(self, encrypt: StandardEncryption | None = None) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.out = BytesIO()
        self.canvas = Canvas(self.out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt)

    def line(self, words: str, y: float, x: float = LEFT, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, words)

    def paragraph(self, words: str, y: float) -> float:
        """Set words as Word does, the first line two characters in; return where the next line stands."""
        lines = [words[: PER_LINE - 2]]
        lines += [words[at : at + PER_LINE] for at in range(PER_LINE - 2, len(words), PER_LINE)]
        for at, part in enumerate(lines):
            self.line(part, y + at * PITCH, LEFT + (0 if at else 2 * SIZE))
        return y + len(lines) * PITCH

    def grid(
        self, top: float, edges: Sequence[float], rows: Sequence[Sequence[str]], height: float = 30.0
    ) -> None:
        """Rule a table; ``None`` cells are merged with the cell before."""
        for at, row in enumerate(rows):
            y = HEIGHT - top - at * height
            for column, words in enumerate(row):
                self.canvas.rect(edges[column], y - height, edges[column + 1] - edges[column], height)
                self.line(words, top + at * height + 20, edges[column] + 4, 10)

    def page(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


LONG = "为" + "了促进高质量充分就业" * 6 + "。"  # three lines and a bit
SHORT = "本办法自二〇二四年一月一日起施行。"


def test_printed_lines_are_put_together_to_paragraphs(read_as: Read):
    """Chinese lines join without blanks; a first line set in, a short line and a marker part paragraphs."""
    paper = Paper()
    y = paper.paragraph(LONG, 120)
    y = paper.paragraph(LONG, y)
    y = paper.paragraph(SHORT, y)
    paper.line("第一章 总则", y, 240)
    assert read_as("a.pdf", paper.bytes()).text == f"{LONG}\n{LONG}\n{SHORT}\n第一章 总则\n"


def test_a_paragraph_runs_on_over_the_page_and_pages_are_kept(read_as: Read):
    """The second page begins in the middle of the paragraph; headers and page numbers are left out."""
    paper = Paper()
    full = "促" * (PER_LINE - 2) + "进" * PER_LINE
    for number, words in enumerate([full, "就业" * 13 + SHORT, SHORT], 1):
        paper.line("某市人民政府公报", 40, 250, 9)
        if number == 2:
            paper.line(words[:PER_LINE], 700)
            paper.line(words[PER_LINE:], 728)
        else:
            paper.paragraph(words, 700)
        paper.line(f"— {number} —", 810, 280, 9)
        paper.page()
    stored = read_as("a.pdf", paper.bytes())
    first = full + "就业" * 13 + SHORT
    assert stored.text == f"{first}\n{SHORT}\n"
    assert stored.pages == (0, len(full), len(first) + 1)


def test_blank_pages_count(read_as: Read):
    """Page 2 holds nothing and begins where page 3 does."""
    paper = Paper()
    paper.line("第一页。", 120)
    paper.page()
    paper.page()
    paper.line("第三页。", 120)
    stored = read_as("a.pdf", paper.bytes())
    assert (stored.text, stored.pages) == ("第一页。\n第三页。\n", (0, 5, 5))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("促" * 26, "进就业。", "促" * 26 + "进就业。"),
        ("促" * 23 + "policy", "of work", "促" * 23 + "policy of work"),
        ("促" * 22 + "employ-", "ment", "促" * 22 + "employment"),
        ("促" * 25 + "20", "25年", "促" * 25 + "2025年"),
    ],
)
def test_lines_join_by_their_script(read_as: Read, first: str, second: str, joined: str):
    """Words keep their blank, broken words and numbers close."""
    paper = Paper()
    paper.line(first, 200)
    paper.line(second, 200 + PITCH)
    assert read_as("a.pdf", paper.bytes()).text == joined + "\n"


def test_ruled_tables_are_grids_also_over_pages(read_as: Read):
    """A table that goes on overleaf with the same columns is one; the repeated header stands once."""
    paper = Paper()
    edges = (100, 250, 400, 500)
    paper.line("主要指标", 600)
    paper.grid(650, edges, [("指标", "2020年", "2025年"), ("新增岗位", "", "18000")])
    paper.page()
    paper.grid(80, edges, [("指标", "2020年", "2025年"), ("失业率", "3.1%", "5%")])
    paper.line("注:数据为累计。", 300)
    stored = read_as("a.pdf", paper.bytes())
    rows = "| 指标 | 2020年 | 2025年 |\n| 新增岗位 |  | 18000 |\n"
    assert stored.text == f"主要指标\n{rows}| 失业率 | 3.1% | 5% |\n注:数据为累计。\n"
    assert [(t.rows, t.columns) for t in stored.tables] == [(3, 3)]
    assert stored.pages == (0, len("主要指标\n" + rows))


def test_merged_cells_of_a_ruled_table(read_as: Read):
    """What has no rule between is one cell."""
    paper = Paper()
    for x, y, width, height, words in (
        (100, 200, 100, 60, "类别"),
        (200, 200, 200, 30, "年份"),
        (200, 230, 100, 30, "2020"),
        (300, 230, 100, 30, "2025"),
    ):
        paper.canvas.rect(x, HEIGHT - y - height, width, height)
        paper.line(words, y + 20, x + 5, 10)
    stored = read_as("a.pdf", paper.bytes())
    assert stored.text == "| 类别 | 年份 |  |\n|  | 2020 | 2025 |\n"
    assert [(c.row, c.column, c.rows, c.columns) for c in stored.tables[0].cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_two_columns_are_read_one_after_the_other(read_as: Read):
    """As in a gazette, the title across both first."""
    paper = Paper()
    paper.line("某市人民政府关于促进就业的若干意见", 120, 170)
    for at in range(8):
        paper.line("左" * 15, 180 + at * 20, 60, 14)
        paper.line("右" * 15, 180 + at * 20, 320, 14)
    stored = read_as("a.pdf", paper.bytes())
    assert stored.text == f"某市人民政府关于促进就业的若干意见\n{'左' * 120}{'右' * 120}\n"


def scan() -> bytes:
    from PIL import Image

    paper = Paper()
    for _ in range(2):
        paper.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)
        paper.page()
    return paper.bytes()


def locked() -> bytes:
    paper = Paper(StandardEncryption("secret", strength=128))
    paper.line(SHORT, 120)
    return paper.bytes()


def plain() -> bytes:
    paper = Paper()
    paper.line(SHORT, 120)
    return paper.bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (scan(), "像是扫描件"),
        (locked(), "加了密码"),
        (plain()[:-60], "不完整"),
        (plain()[:400] + b"%%EOF", "已损坏|没有可读"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "内容却是网页"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "内容却是图片"),
        (b"hello", "内容不是 PDF"),
    ],
    ids=["scan", "encrypted", "truncated", "cut in the middle", "page", "picture", "other"],
)
def test_what_cannot_be_read_is_refused(read_as: Read, content: bytes, said: str):
    """One line names the file, what is wrong and what to do."""
    with pytest.raises(CorpusError, match=rf"a\.pdf.*(?:{said}).*请"):
        read_as("a.pdf", content)
