"""Draws one page: ``python -m bot.printed.drawing FILE PAGE STEM`` writes STEM.png and STEM.json.

A process of its own, as PDFium is native code, knows no threads, and takes whatever a hostile file makes it take:
what happens to this process happens to nobody else.
"""

import json
import math
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import ImageChops

from index.readers.parts.pdf_page import shown_characters

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_PX = 1240  # A4 at 150 dpi: small print stays readable when a phone zooms in
MOST_PX = 4_000_000  # of a page of an odd shape
MOST_BYTES = 16 << 20  # of one written file
_MEMORY_BYTES = 2 << 30  # of address space
_CPU_S = 15


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _scale(width: float, height: float) -> float:
    """Return pixels per point; at least one pixel is left of either side."""
    wanted = min(WIDTH_PX / width, math.sqrt(MOST_PX / (width * height)), MOST_PX / max(width, height))
    return max(wanted, 1 / min(width, height))


def _plain(image: "Image") -> "Image":
    """Leave out colours where there are none: a page of print weighs half."""
    red, green, blue = image.convert("RGB").split()
    coloured = ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    return image.convert("RGB") if coloured else red


def _picture(file: Path, number: int) -> "Image":
    with pypdfium2.PdfDocument(file) as pdf:
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = _scale(width, height)
        if width * height * scale * scale > 2 * MOST_PX:
            raise ValueError(f"a page of {width:g} by {height:g} points")
        bitmap = page.render(scale=scale, may_draw_forms=False)
        return _plain(bitmap.to_pil())


def _placed(file: Path, number: int, size: tuple[int, int]) -> dict[str, Any]:
    """Return the letters of a page and their boxes in pixels of its picture."""
    import pdfplumber

    with pdfplumber.open(file, pages=[number]) as pdf:
        page = pdf.pages[0]
        left, top, right, bottom = page.cropbox  # PDFium draws no more than that
        across, down = size[0] / (right - left), size[1] / (bottom - top)
        letters, boxes = [], []
        for char in shown_characters(page.chars):
            box = (
                round((char["x0"] - left) * across),
                round((char["top"] - top) * down),
                round((char["x1"] - left) * across),
                round((char["bottom"] - top) * down),
            )
            for letter in char["text"]:
                if not letter.isspace():
                    letters.append(letter)
                    boxes.append(box)
    return {"letters": "".join(letters), "boxes": boxes}


def draw(file: Path, number: int, stem: Path) -> None:
    """Write the picture of a page, counted from 1, to ``stem.png`` and where its letters stand to ``stem.json``.

    A page whose letters cannot be placed gets its picture all the same.
    """
    image = _picture(file, number)
    try:
        placed = _placed(file, number, image.size)
    except Exception as error:  # pdfminer raises whatever a malformed object leads it into
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        placed = {"letters": "", "boxes": []}
    described = {"width": image.width, "height": image.height, **placed}
    image.save(stem.with_suffix(".png"), optimize=True)
    stem.with_suffix(".json").write_text(json.dumps(described), encoding="utf-8")


if __name__ == "__main__":
    _limit()
    draw(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
