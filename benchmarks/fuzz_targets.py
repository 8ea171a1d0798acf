"""What ``benchmarks/fuzz.py`` attacks: per target the inputs to begin with, and what must hold for any other.

A target's function raises where something is wrong: an error that is not one of the documented ones, or an invariant
that does not hold. What is refused with a line for a person is not wrong.
"""

import asyncio
import json
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import httpx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bot import app, config
from bot.admin.library import Library
from bot.channels.telegram.ingress import read_update
from bot.channels.web import create_app
from bot.channels.wechat import wire
from bot.errors import InputError
from bot.privacy.masking import mask
from bot.settings import BotSettings, WebSettings
from index import lexicon, manifest, numerals, outside, overrides, questions
from index.address import mentions
from index.depth import find_depths
from index.errors import PolicybotError
from index.manifest import check_entry
from index.markers import find_markers
from index.recipe import read_file
from index.sentences import split_sentences
from index.settings import IndexSettings
from index.table_lines import cells_of, find_tables, read_rows
from index.types import Document, Span
from retrieval.types import Turn

PLAN = """甲市就业规划

第一章 就业
(一)补贴。对灵活就业人员给予社会保险补贴,每人每月300元。
1. 培训。到2025年,每年培训农民工450人次以上。
第二章 指标
| 指标 | 单位 | 2020年 | 2025年 | 属性 |
| --- | --- | --- | --- | --- |
| 新增就业 | 万人 | 3.5 | 5 | 约束性 |
第十条 本办法自2021年1月1日起施行,有效期5年。
"""
_MARKDOWN = PLAN.replace("第一章", "# 第一章").replace("1. 培训", "- 培训")
_PAGE = (
    "<html><head><meta charset=utf-8></head><body><h1>第一章</h1><p>每年培训450人。</p>"
    "<table><tr><td rowspan=2>指标</td><td>2025年</td></tr><tr><td>5万人</td></tr></table></body></html>"
)
_XML = (
    "<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName>o1</FromUserName><CreateTime>1700000000</CreateTime>"
    "<MsgType>text</MsgType><Content>灵活就业有补贴吗</Content><MsgId>1</MsgId></xml>"
)
_UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 2,
        "date": 1700000000,
        "chat": {"id": 3, "type": "private"},
        "from": {"id": 3, "is_bot": False, "first_name": "甲"},
        "text": "灵活就业有补贴吗",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
    },
}
_MOST_CHARS = 2000  # longer inputs find no more and take longer
_KEY = bytes(32)

Check = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Target:
    """Inputs to begin with, and the check of any other."""

    seeds: Sequence[bytes]
    check: Check


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")[:_MOST_CHARS]


def _texts(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


def _document(file: str) -> Document:
    entry = {"id": "a", "title": "甲市规划", "region": "甲市", "file": file, "sha256": "0" * 64}
    return check_entry({**entry, "issuer": None, "number": None, "published": None})


def _reading(folder: Path, suffix: str, made: Callable[[bytes], bytes] = bytes) -> Check:
    """Read a file all the way to passages and values; ``read_file`` itself refuses a span outside the text."""
    path, document, settings = folder / f"a{suffix}", _document(f"a{suffix}"), IndexSettings()

    def check(data: bytes) -> None:
        path.write_bytes(made(data))
        with suppress(PolicybotError):
            version = read_file(path, document, settings)
            for passage in version.passages:
                assert len(passage.span.of(version.text)) <= settings.max_passage_chars
            for row in version.indicators:
                assert row.value_span in row.span, row

    return check


def _word_file() -> bytes:
    document, out = docx.Document(), BytesIO()
    document.add_heading("第一章 就业", 1)
    document.add_paragraph("每年培训农民工450人次。", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "指标"
    document.save(out)
    return out.getvalue()


def _word_parts(word: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    """Return the main part of a Word file, and what puts another in its place."""
    with zipfile.ZipFile(BytesIO(word)) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    def packed(main: bytes) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, content in {**parts, "word/document.xml": main}.items():
                package.writestr(name, content)
        return out.getvalue()

    return parts["word/document.xml"], packed


def _pdf_file() -> bytes:
    out = BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(out, pageCompression=0)
    canvas.setFont("STSong-Light", 14)
    for at, line in enumerate(PLAN.splitlines()):
        canvas.drawString(72, 760 - 20 * at, line)
    canvas.rect(72, 300, 200, 60)
    canvas.save()
    return out.getvalue()


def _outline(data: bytes) -> None:
    """Markers, depths, sentences, tables and addresses of any text."""
    text = _text(data)
    markers = find_markers(text)
    assert len(find_depths(markers)) == len(markers)
    sentences = split_sentences(text, Span(0, len(text)), 300)
    ends = [0, *(span.end for span in sentences)]
    assert all(before <= span.start < span.end for before, span in zip(ends, sentences, strict=False))
    for table in find_tables(text):
        list(read_rows(text, table))
    for line in text.splitlines():
        cells_of(line)
    for mention in mentions(text):
        assert mention.span in Span(0, len(text))
    mask(text)


def _numeral(data: bytes) -> None:
    text = _text(data)[:50]
    with suppress(ValueError):
        number = numerals.parse_chinese_numeral(text)
        assert number >= 0
        if number < 10_000:
            assert numerals.parse_chinese_numeral(numerals.to_chinese(number)) == number


def _file(path: Path, load: Callable[[], object]) -> Check:
    path.parent.mkdir(parents=True, exist_ok=True)

    def check(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(PolicybotError):
            load()

    return check


def _wechat(data: bytes) -> None:
    with suppress(InputError):
        message = wire.message_of(wire.read_fields(data))
        assert wire.read_fields(wire.text_reply(message, message.text))["ToUserName"] == message.sender
    with suppress(InputError):
        wire.decrypt(_KEY, "wx", data.decode("latin-1"))


def _telegram(data: bytes) -> None:
    with suppress(ValueError, RecursionError):  # answered with 400 before anything reads it
        content = json.loads(data)
        if isinstance(content, dict) and isinstance(content.get("update_id"), int):
            read_update(content, None)


def _site(folder: Path) -> config.Config:
    """An installation over one small document."""
    (folder / "docs_corpus").mkdir()
    root = Path(__file__).resolve().parent.parent
    (folder / "config.yaml").write_bytes((root / "config.yaml").read_bytes())
    (folder / "docs_corpus" / "lexicon.yaml").write_bytes((root / "docs_corpus/lexicon.yaml").read_bytes())
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    found = config.load(folder / "config.yaml", folder / "var", environment={})
    Library(found, "fuzz").add(folder / "plan.txt", {"region": "甲市", "period": "2021-2025"})
    return found


def _asking(folder: Path) -> Check:
    """Any question, after any other one: an answer made of the documents' words."""
    answerer = app.open_answerer(_site(folder))

    def check(data: bytes) -> None:
        first, _, second = _text(data).partition("\n")
        for answer in (answerer.ask(first), answerer.ask(second, [Turn(first)]) if second else None):
            for citation in answer.citations if answer else ():
                assert citation.quote == citation.span.of(answerer.texts[citation.document])

    return check


def _serving(folder: Path) -> Check:
    """Any body at the API, any path: nothing but documented refusals (an error inside is raised through the app)."""
    settings = BotSettings(web=WebSettings(asks_per_minute=10_000))
    web = create_app(app.open_assistant(_site(folder)), settings=settings)
    transport = httpx.ASGITransport(app=web, raise_app_exceptions=True)
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
    loop = asyncio.new_event_loop()
    headers = {"content-type": "application/json"}

    async def send(data: bytes) -> httpx.Response:
        kind, body = data[:1], data[1:]
        if kind == b"g":
            return await client.get("/" + quote(body, safe="/?&=%"))
        path = "/api/v1/feedback" if kind == b"f" else "/api/v1/ask"
        return await client.post(path, content=body, headers=headers)

    def check(data: bytes) -> None:
        response = loop.run_until_complete(send(data))
        assert response.status_code < 500 or response.status_code == 503, (
            response.status_code,
            response.text,
        )

    return check


def _yaml_targets(folder: Path) -> dict[str, Target]:
    root = Path(__file__).resolve().parent.parent
    corpus = root / "docs_corpus"
    listed = (corpus / "manifest.yaml").read_bytes()
    spoken = b"entries:\n  - {say: [no pay], official: [arrears]}\nguards: [abc]\nwords: [abcd]\n"
    corrections = b"corrections:\n  - {document: a, clause: '1', quote: q, value: '5', reason: r}\n"
    asked = (corpus / "questions" / "qingpu.yaml").read_bytes()[:1500]
    settings = folder / "config.yaml"
    kept = folder / "c"
    (folder / "p").mkdir()
    return {
        "manifest": Target(
            [listed], _file(folder / "m" / "manifest.yaml", lambda: manifest.load(folder / "m"))
        ),
        "lexicon": Target(
            [spoken],
            _file(kept / "lexicon.yaml", lambda: lexicon.load(kept / "lexicon.yaml").expand("no pay")),
        ),
        "overrides": Target(
            [corrections], _file(kept / overrides.OVERRIDES, lambda: overrides.load(kept, "a"))
        ),
        "questions": Target([asked], _file(questions.path_of(kept, "a"), lambda: questions.load(kept, "a"))),
        "out_of_scope": Target([b"- a\n- b\n"], _file(kept / outside.FILE, lambda: outside.load(kept))),
        "config": Target(
            [(root / "config.yaml").read_bytes()],
            _file(settings, lambda: config.load(settings, folder, environment={})),
        ),
    }


def targets(folder: Path) -> dict[str, Callable[[], Target]]:
    """Return the targets by name; each is made when called, with ``folder`` to work in."""
    word = _word_file()
    main, packed = _word_parts(word)
    ask = _texts(
        "灵活就业有补贴吗", "第十条怎么说\n那培训多少人", "2025年新增就业指标是多少?", "甲市3.5万人对不对"
    )
    served = [
        b'a{"question": "abc", "history": ["x"], "region": "r"}',
        b'f{"id": "00000000000000000000000000000000", "verdict": "useless", "reason": "wrong", "comment": "c"}',
        *_texts(
            "gd/plan", "gapi/v1/indicators?region=甲市&format=csv", "gapi/v1/documents/plan/clause?path=1"
        ),
        *_texts("gindicators?q=就业", "gversions/plan/changes"),
    ]
    made: dict[str, Callable[[], Target]] = {
        "txt": lambda: Target(_texts(PLAN), _reading(folder, ".txt")),
        "markdown": lambda: Target(_texts(_MARKDOWN), _reading(folder, ".md")),
        "html": lambda: Target(_texts(_PAGE), _reading(folder, ".html")),
        "docx": lambda: Target([word], _reading(folder, ".docx")),
        "docx_xml": lambda: Target([main], _reading(folder, ".docx", packed)),
        "pdf": lambda: Target([_pdf_file()], _reading(folder, ".pdf")),
        "outline": lambda: Target(_texts(PLAN), _outline),
        "numerals": lambda: Target(_texts("一百零五", "二十", "10", "两千零一", "廿三"), _numeral),
        "wechat": lambda: Target(_texts(_XML), _wechat),
        "telegram": lambda: Target([json.dumps(_UPDATE).encode()], _telegram),
        "ask": lambda: Target(ask, _asking(folder)),
        "web": lambda: Target(served, _serving(folder)),
    }
    names: tuple[Any, ...] = ("manifest", "lexicon", "overrides", "questions", "out_of_scope", "config")
    made.update({name: (lambda name=name: _yaml_targets(folder)[name]) for name in names})
    return made
