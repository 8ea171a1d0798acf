from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml

from index.errors import CorpusError
from index.readers.types import StoredText

Read = Callable[[str, bytes | str], StoredText]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(*xml: str) -> Any:
    """A document of these paragraphs and tables."""
    document = docx.Document()
    for part in xml:
        element = parse_xml(part.replace(">", f" {W} {MC}>", 1))
        document.element.body.insert(len(document.element.body) - 1, element)
    return document


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def listed(words: str, level: int = 0, number: int = 77) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def add_list(
    document: Any, levels: list[tuple[str, str]], number: int = 77, start: int | None = None
) -> None:
    """Add a list: number format and text of each level; ``start`` makes a second list of the same shape."""
    numbering = document.part.numbering_part.element
    shape = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="770">{shape}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="770"/></w:num>'))
    if start is not None:
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="{number + 1}"><w:abstractNumId w:val="770"/>{override}</w:num>')
        )


def test_paragraphs_and_tables_stand_in_order_with_their_headings(read_as: Read):
    """A heading's level is that of its style; Word's title is none."""
    document = docx.Document()
    document.add_heading("某市规划", 0)
    document.add_heading("总体要求", 1)
    document.add_paragraph("\u3000\u3000坚持就业优先。\n另起一行。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "指标", "2025年", "新增\n就业|岗位"
    document.add_heading("保障", 2)
    stored = read_as("a.docx", saved(document))
    assert stored.text == (
        "某市规划\n总体要求\n坚持就业优先。\n另起一行。\n| 指标 | 2025年 |\n| 新增 就业\uff5c岗位 |  |\n保障\n"
    )
    assert [(h.level, h.span.of(stored.text)) for h in stored.headings] == [(1, "总体要求"), (2, "保障")]


def test_merged_cells_are_read_with_their_spans(read_as: Read):
    """Merges over rows and columns at once."""
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "乙"
    stored = read_as("a.docx", saved(document))
    assert [(c.row, c.column, c.rows, c.columns, c.span.of(stored.text)) for c in stored.tables[0].cells] == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "11"),
        (1, 2, 1, 1, "12"),
        (2, 0, 1, 1, "20"),
        (2, 1, 1, 1, "21"),
        (2, 2, 1, 1, "22"),
    ]
    assert stored.text == "| 甲 | 乙 |  |\n|  | 11 | 12 |\n| 20 | 21 | 22 |\n"


@pytest.mark.parametrize(
    ("levels", "items", "lines"),
    [
        ([("chineseCountingThousand", "第%1条")], [0, 0], ["第一条 项", "第二条 项"]),
        (
            [("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3.")],
            [0, 1, 1, 2, 0, 1],
            ["一、项", "(一)项", "(二)项", "1. 项", "二、项", "(一)项"],
        ),
        ([("decimal", "%1"), ("decimal", "%1.%2")], [0, 1, 1], ["1 项", "1.1 项", "1.2 项"]),
        ([("decimalEnclosedCircleChinese", "%1"), ("bullet", "\uf06c")], [0, 1, 0], ["① 项", "项", "② 项"]),
        ([("upperRoman", "%1."), ("lowerLetter", "%2)")], [1, 0, 0, 1], ["a)项", "I. 项", "II. 项", "a)项"]),
        ([("ideographTraditional", "%1、")], [0, 0], ["甲、项", "乙、项"]),
    ],
)
def test_numbers_that_live_in_the_list_are_written_out(
    read_as: Read, levels: list[tuple[str, str]], items: list[int], lines: list[str]
):
    """Each level counts by itself and begins anew below a new item above it."""
    document = with_body(*(listed("项", level) for level in items))
    add_list(document, levels)
    assert read_as("a.docx", saved(document)).text.splitlines() == lines


def test_a_list_of_the_same_shape_counts_on_or_begins_anew(read_as: Read):
    """Unless it says where it starts, a list goes on where the one of its shape stopped."""
    document = with_body(listed("甲"), listed("乙"), listed("丙", number=78), listed("丁"))
    add_list(document, [("decimal", "%1.")], start=9)
    assert read_as("a.docx", saved(document)).text.splitlines() == ["1. 甲", "2. 乙", "9. 丙", "10. 丁"]


def test_a_list_may_come_from_the_style_or_name_it(read_as: Read):
    """A style that inherits its list, and a list that is bound to a style, number alike."""
    document = with_body(p("甲", '<w:pStyle w:val="Item"/>'), p("乙", '<w:pStyle w:val="Child"/>'))
    add_list(document, [("chineseCounting", "第%1章")])
    style = '<w:style {} w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/>{}</w:style>'
    numbered = '<w:pPr><w:numPr><w:numId w:val="77"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'
    document.styles.element.append(parse_xml(style.format(W, "Item", "Item", numbered)))
    document.styles.element.append(parse_xml(style.format(W, "Child", "Child", '<w:basedOn w:val="Item"/>')))
    stored = read_as("a.docx", saved(document))
    assert stored.text == "第一章 甲\n第二章 乙\n"
    assert [h.level for h in stored.headings] == [1, 1]


RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (f"<w:del>{RUN.format('旧')}</w:del><w:ins>{RUN.format('新')}</w:ins>", ["新"]),
        (f"<w:moveFrom>{RUN.format('旧')}</w:moveFrom><w:moveTo>{RUN.format('新')}</w:moveTo>", ["新"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>可见</w:t></w:r>", ["可见"]),
        (f"<w:hyperlink>{RUN.format('链接')}</w:hyperlink>", ["链接"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>", ["3"]),
        (
            "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/><w:tab/><w:t>丙</w:t></w:r>",
            ["甲", "乙 丙"],
        ),
        (
            f"{RUN.format('正文')}<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{RUN.format('框')}</w:p>"
            f"</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>{RUN.format('框')}</w:p></w:txbxContent>"
            "</mc:Fallback></mc:AlternateContent></w:r>",
            ["正文", "框"],
        ),
    ],
    ids=["deleted", "moved", "hidden", "link", "field", "breaks", "text box"],
)
def test_a_paragraph_is_read_as_it_stands_now(read_as: Read, inside: str, lines: list[str]):
    """Tracked deletions and hidden words go, insertions stay, a text box follows its paragraph once."""
    assert read_as("a.docx", saved(with_body(f"<w:p>{inside}</w:p>"))).text.splitlines() == lines


def test_a_generated_table_of_contents_is_left_out(read_as: Read):
    """Its lines come again as headings."""
    document = with_body(p("第一章 总则 1", '<w:pStyle w:val="TOC1"/>'), p("正文。"))
    toc = f'<w:style {W} w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    document.styles.element.append(parse_xml(toc))
    assert read_as("a.docx", saved(document)).text == "正文。\n"


def repacked(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A document whose parts were changed."""
    with ZipFile(BytesIO(saved(with_body(p("正文。"))))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_bomb_is_not_unpacked(read_as: Read):
    """What swells beyond reason is refused by the sizes the archive states."""
    bomb = repacked(lambda parts: parts.update({"word/media/a.xml": b"0" * (30 << 20)}))
    with pytest.raises(CorpusError, match=r"a\.docx.*压缩炸弹"):
        read_as("a.docx", bomb)


def test_entities_of_the_file_are_not_resolved(read_as: Read):
    """Neither files of the machine nor swelling entities come into the text."""
    head = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "bomb"><!ENTITY b "&a;&a;&a;&a;">]><w:document'

    def change(parts: dict[str, bytes]) -> None:
        xml = parts["word/document.xml"].replace(b"<w:document", head, 1)
        parts["word/document.xml"] = xml.replace("正文。".encode(), "正文。&x;&b;".encode())

    text = read_as("a.docx", repacked(change)).text
    assert text == "正文。\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (repacked(lambda parts: parts.pop("word/document.xml")), "不是完好的 Word 文档"),
        (repacked(lambda parts: parts.pop("[Content_Types].xml")), "不是 Word 文档"),
        (
            repacked(lambda parts: parts.update({"word/document.xml": b"<w:document>"})),
            "不是完好的 Word 文档",
        ),
        (saved(with_body(p("正文。")))[:3000], "不完整或已损坏"),
        (saved(with_body()), "没有文字"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "加了密码"),
        (b"<html><body>x</body></html>", "内容却是网页"),
    ],
    ids=["no body", "other archive", "broken xml", "truncated", "no words", "encrypted", "mislabelled"],
)
def test_what_is_no_readable_document_is_refused(read_as: Read, content: bytes, said: str):
    """One line names the file, what is wrong and what to do."""
    with pytest.raises(CorpusError, match=rf"a\.docx.*{said}.*请"):
        read_as("a.docx", content)
