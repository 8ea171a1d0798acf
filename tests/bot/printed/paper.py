"""A PDF of two pages, as a municipal office would print one, and the generation that holds it."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index import readers
from index.generation import Generation
from index.types import Clause, ClauseKind, Document, Span
from tests.bot.channels.web.stub import STORE

WIDTH, HEIGHT = 595, 842
FONT = "STSong-Light"
SPLIT = "对符合条件的家庭发放补贴，每户每月三百元，由街道办事处审核"
REST = "后于次月十日前发放到户。"


def two_pages() -> bytes:
    """Page 1: a title, a sentence twice, a table; page 2 goes on with the paragraph that page 1 ends in."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)

    def line(words: str, y: float, x: float = 70, size: float = 15) -> None:
        canvas.setFont(FONT, size)
        canvas.drawString(x, HEIGHT - y, words)

    line("绿源市住房补贴办法", 80, 200, 20)
    line("一、补贴标准为每月三百元。", 130)
    line("二、补贴标准为每月三百元。", 170)
    for row, (name, value) in enumerate([("指标", "目标值"), ("新增公租房", "2400套")]):
        for column, words in enumerate((name, value)):
            canvas.rect(70 + column * 150, HEIGHT - 260 - row * 30, 150, 30)
            line(words, 252 + row * 30, 80 + column * 150, 12)
    line(SPLIT, 760)
    canvas.showPage()
    line(REST, 80)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def stored(file: Path) -> Generation:
    """Hold a PDF as the only document of a generation, its whole text one clause."""
    read = readers.read(file)
    document: Document = replace(
        STORE.documents["lvyuan"], file="lvyuan.pdf", sha256=sha256(file.read_bytes()).hexdigest()
    )
    whole = Span(0, len(read.text))
    root = Clause("lvyuan", "", None, "", "", ClauseKind.CLAUSE, 0, whole, whole)
    clause = replace(root, path="一", parent="", marker="一、", depth=1)
    return replace(
        STORE,
        documents={"lvyuan": document},
        texts={"lvyuan": read.text},
        pages={"lvyuan": read.pages},
        clauses={"lvyuan": (root, clause)},
    )
