"""What holds for files of every format."""

import subprocess
import sys
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import readers
from index.errors import CorpusError
from index.readers.parts.compose import compose
from index.readers.parts.grids import squeeze_grid
from index.readers.parts.numbering import written
from index.readers.parts.types import Grid, GridCell, Line, PageStart
from index.readers.parts.words import tidy
from index.readers.types import StoredText
from index.table_lines import find_tables
from index.types import HeadingLine, Span

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = st.text(st.sampled_from("甲乙丙丁12.%年|a<&\u3000 "), max_size=6)
SUFFIXES = sorted(readers.readers())


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Tables of two rows and columns or more, cells merged at random."""
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        height, width = draw(st.integers(1, rows - row)), draw(st.integers(1, columns - column))
        while any((row, column + at) not in free for at in range(width)):
            width -= 1
        covered = {(row + down, column + right) for down in range(height) for right in range(width)}
        free -= covered
        cells.append(GridCell(row, column, tidy(draw(WORDS)), height, width))
    return squeeze_grid(cells)


def as_read(stored: StoredText) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.column, c.rows, c.columns, c.span.of(stored.text).replace("\uff5c", "|"))
        for table in stored.tables
        for c in table.cells
    ]


def as_made(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in grid.cells]


def is_table(grid: Grid) -> bool:
    return min(grid.rows, grid.columns) > 1 and sum(bool(cell.text) for cell in grid.cells) > 1


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


@given(grid=grids().filter(is_table))
@QUICK
def test_any_table_of_a_page_comes_back(grid: Grid, tmp_path: Path):
    """Every cell stands where it was, merged as it was, and its span covers its words."""
    rows = [
        "".join(
            f"<td rowspan={c.rows} colspan={c.columns}>{escaped(c.text)}</td>"
            for c in grid.cells
            if c.row == row
        )
        for row in range(grid.rows)
    ]
    file = tmp_path / "a.html"
    file.write_text(
        f"<html><body><table><tr>{'<tr>'.join(rows)}</table><p>注,注,注,注。</p>", encoding="utf-8"
    )
    assert as_read(readers.read(file)) == as_made(grid)


@given(grid=grids().filter(is_table))
@QUICK
def test_any_table_of_a_word_document_comes_back(grid: Grid, tmp_path: Path):
    """The same through Word's own merges."""
    document = docx.Document()
    table = document.add_table(grid.rows, grid.columns)
    for cell in grid.cells:
        last = table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        table.cell(cell.row, cell.column).merge(last).text = cell.text
    file = tmp_path / "a.docx"
    document.save(str(file))
    assert as_read(readers.read(file)) == as_made(grid)


@given(st.lists(st.one_of(grids(), st.builds(Line, st.sampled_from(["甲。", "a|b|c"]), st.integers(0, 2)))))
def test_tables_are_the_runs_of_rows_of_the_text(blocks: list[Grid | Line]):
    """Whoever reads the text by its lines finds the same tables as whoever takes the grids."""
    stored = compose(blocks)
    found = [
        Span(table.rows[0].start, table.rows[-1].end) for table in find_tables(stored.text) if table.rows
    ]
    filled = [
        table.span
        for table in stored.tables
        if any(c.span.of(stored.text).strip("- +:") for c in table.cells)
    ]
    assert [span for span in found if any(span in table for table in filled)] == found
    assert len(found) == len(filled)


def test_lines_rows_headings_and_pages_have_their_offsets():
    """A page may begin inside a paragraph, between blocks, or with a row of a table."""
    grid = Grid(2, 2, (GridCell(0, 0, "甲"), GridCell(0, 1, "乙"), GridCell(1, 0, "丙", 1, 2)), (1,))
    stored = compose([PageStart(), Line("第一章", 1), Line("就业创业", 0, (2,)), grid, grid, PageStart()])
    rows = "| 甲 | 乙 |\n| 丙 |  |\n"
    assert stored.text == f"第一章\n就业创业\n{rows}\n{rows}"
    assert stored.headings == (HeadingLine(Span(0, 3), 1),)
    assert stored.pages == (0, 6, 19, 39, 48)
    assert [table.span for table in stored.tables] == [Span(9, 27), Span(29, 47)]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=300))
@QUICK
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes, tmp_path: Path):
    """Whatever a file holds, there is text or one clear line, never another error."""
    heads = {
        ".pdf": b"%PDF-1.7\n",
        ".docx": b"PK\x03\x04",
        ".html": b"<html>",
        ".htm": b"<table><td rowspan=",
    }
    for content in (data, heads.get(suffix, b"# ") + data + b"\n%%EOF"):
        file = tmp_path / f"a{suffix}"
        file.write_bytes(content)
        try:
            said = readers.read(file).text
        except CorpusError as error:
            said = str(error) if str(file) in str(error) else ""
        assert said.strip()


@given(st.text(max_size=200))
@QUICK
def test_any_markdown_and_html_is_read_the_same_twice(source: str):
    """Reading is a function of the file; spans lie in the text."""
    from index.readers.parts.html_blocks import blocks_of as page_blocks
    from index.readers.parts.html_page import parse_page
    from index.readers.parts.markdown_blocks import blocks_of

    assert compose(blocks_of(source)) == compose(blocks_of(source))
    page = parse_page(f"<html><body>{source}")
    assert page is None or compose(page_blocks(page)) == compose(page_blocks(page))


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path):
    """The size is checked before anything is read; the message says where the limit is set."""
    file = tmp_path / "big.pdf"
    with file.open("wb") as out:
        out.truncate(3 << 20)
    with pytest.raises(CorpusError, match=r"big\.pdf:文件有 3 MB,超过上限 2 MB;.*max_file_mb"):
        readers.read(file, max_mb=2)


def test_a_missing_file_and_an_unknown_suffix_are_named(tmp_path: Path):
    """Both say what to do."""
    with pytest.raises(CorpusError, match=r"missing\.docx.*请检查"):
        readers.read(tmp_path / "missing.docx")
    with pytest.raises(CorpusError, match=r"不认识后缀 '\.doc'.*\.docx、.*\.html.*\.md.*\.pdf.*\.txt"):
        readers.read(tmp_path / "old.doc")


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (11, "chineseCounting", "十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "chineseLegalSimplified", "叁"),
        (21, "decimalEnclosedCircle", "21"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "\uff11\uff12"),
        (0, "chineseCounting", "0"),
        (3, "unheard-of", "3"),
        (3, "bullet", ""),
    ],
)
def test_numbers_are_written_in_the_style_of_the_list(number: int, style: str, shown: str):
    """A number that a style cannot write stands in digits."""
    assert written(number, style) == shown


_READING = """
import resource, sys
from pathlib import Path
from index import readers
from index.errors import CorpusError
from index.readers import txt
now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (now + 40 * 2**20,) * 2)
try:
    readers.read(Path(sys.argv[1]))
except CorpusError as error:
    print(error)
"""


def test_a_file_too_large_for_the_memory_is_refused(tmp_path: Path):
    """Out of memory while reading is one line, and the process goes on."""
    file = tmp_path / "large.txt"
    file.write_bytes("每年培训农民工450人。\n".encode() * 600_000)
    done = subprocess.run(
        [sys.executable, "-c", _READING, str(file)],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "large.txt:内存不够" in done.stdout) == (0, True), done.stderr
