"""Documents, clauses, values and the server-made pages over ASGI."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.bot.channels.web.stub import CITATION, HOSTILE, QUOTE

VALUES = "/api/v1/indicators"


async def test_documents_and_their_clause_tree(client):
    """The list names each document; one document brings its tree."""
    listed = (await client.get("/api/v1/documents")).json()
    assert (listed["generation"], [d["id"] for d in listed["documents"]]) == (7, ["lvyuan"])
    whole = (await client.get("/api/v1/documents/lvyuan")).json()
    assert (whole["status"], [node["clause"] for node in whole["outline"]]) == ("expired", ["三", "四"])
    assert whole["outline"][0]["children"][0]["children"][0]["address"] == "三(二)1"


@pytest.mark.parametrize("address", ["三/(二)/1", "三(二)1", "三\uff08二\uff091"])
async def test_a_clause_by_path_or_as_written(client, address):
    """The words are those of the stored text, and the reader's address goes along."""
    clause = (await client.get("/api/v1/documents/lvyuan/clause", params={"address": address})).json()
    assert (clause["text"], clause["start"], clause["next"]["clause"]) == (QUOTE, 100, "四")
    assert clause["reader"].startswith("d/lvyuan/%E4%B8%89/")


async def test_values_are_filtered_and_linked(client):
    """A filter leaves the values that pass; each leads to its digits in the reader."""
    found = (await client.get(VALUES, params={"role": "target", "words": "新增 12.5"})).json()
    assert (found["total"], found["indicators"][0]["value"]) == (1, "12.5")
    page = await client.get("/" + found["indicators"][0]["reader"])
    assert '<mark id="hl">12.5</mark>' in page.text


async def test_values_as_csv_xlsx_and_chart(client):
    """The same values for a spreadsheet and as a drawing."""
    text = (await client.get(VALUES, params={"format": "csv"})).content.decode("utf-8-sig")
    assert [row["value"] for row in csv.DictReader(io.StringIO(text))] == ["12.5", "9"]
    sheet = load_workbook(io.BytesIO((await client.get(VALUES, params={"format": "xlsx"})).content)).active
    assert [row[7] for row in sheet.iter_rows(min_row=2, values_only=True)] == [12.5, 9]
    drawn = await client.get(VALUES, params={"format": "svg"})
    assert (drawn.headers["content-type"], "<title>新增公园绿地</title>" in drawn.text) == (
        "image/svg+xml",
        True,
    )


async def test_state(client):
    """Health, readiness and version say which generation is live."""
    assert (await client.get("/api/v1/health")).json() == {"status": "ok"}
    ready = {"status": "ready", "generation": 7, "documents": 1, "problems": []}
    assert (await client.get("/api/v1/ready")).json() == ready
    assert (await client.get("/api/v1/version")).json()["generation"] == 7


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/documents/nowhere", 404, "没有收录“nowhere”"),
        ("/api/v1/documents/lvyuan/clause?address=第九章", 404, "里没有“第九章”这一条"),
        ("/api/v1/indicators?role=wish", 422, "参数 role 的值不可用"),
        ("/api/v1/indicators?region=某县", 404, "没有收录“某县”"),
        ("/api/v1/indicators?format=pdf", 422, "参数 format 的值不可用"),
        ("/api/v1/indicators?format=svg&words=没有的词", 422, "没有能画成图的数字"),
    ],
)
async def test_a_refusal_says_what_and_why(client, path, status, said):
    """One Chinese sentence as JSON."""
    response = await client.get(path)
    assert (response.status_code, said in response.json()["error"]) == (status, True)


async def test_the_reader_shows_words_in_place(client):
    """A clause with its banner, its way up, its neighbours and the span marked."""
    text = (await client.get("/d/lvyuan/三/(二)/1?hl=100-103&v=0123456789ab")).text
    assert f'<mark id="hl">{QUOTE[:3]}</mark>{QUOTE[3:]}' in text
    assert CITATION.validity in text
    assert 'rel="next" href="../../../../d/lvyuan/%E5%9B%9B"' in text


@pytest.mark.parametrize("link", ["hl=9-5", "hl=1-99999999", "hl=abc", "hl=%3Cscript%3E", "v=old&hl=100-103"])
async def test_a_stale_or_broken_link_still_shows_the_clause(client, link):
    """No highlight rather than a wrong one."""
    page = await client.get(f"/d/lvyuan/三/(二)/1?{link}")
    assert (page.status_code, "<mark" in page.text, QUOTE in page.text) == (200, False, True)
    assert ("旧版本" in page.text) == link.startswith("v=")


@pytest.mark.parametrize(
    "path",
    [
        "/d/lvyuan/三",
        "/d/lvyuan/四",
        "/d/lvyuan",
        "/d/lvyuan?q=" + "%3Cscript%3E",
        "/d/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/d/lvyuan/%3Cscript%3E",
        "/d/lvyuan/%FF%FE",
        "/indicators?region=%3Cscript%3E&words=%22%3E%3Cscript%3E",
        "/indicators?sort=%3Cscript%3E&dir=%22",
    ],
)
async def test_nothing_hostile_becomes_markup(client, path):
    """Headings, texts, paths and parameters go in as text."""
    page = await client.get(path)
    assert page.status_code in {200, 404}
    assert ("<script>" in page.text, HOSTILE in page.text) == (False, False)


async def test_search_inside_a_document(client):
    """The passage that holds the words, with the word marked and a link to its place."""
    text = (await client.get("/d/lvyuan", params={"q": "绿地 公顷"})).text
    assert '<mark id="hl">绿地</mark>12.5公顷' in text
    assert "hl=100-" in text


@pytest.mark.parametrize(
    ("query", "first"),
    [("sort=value", "9公顷"), ("sort=value&dir=desc", "不低于12.5公顷"), ("sort=none", "不低于12.5公顷")],
)
async def test_the_explorer_sorts(client, query, first):
    """By size, either way; an unknown column keeps the order of the documents."""
    text = (await client.get(f"/indicators?{query}")).text
    assert text.split('<td class="value">')[1].split(">")[1].removesuffix("</a") == first


async def test_the_api_describes_itself(client):
    """Every route has a Chinese summary."""
    described = (await client.get("/api/v1/openapi.json")).json()
    assert "/api/v1/documents/{document}/clause" in described["paths"]
    assert all(way["summary"] for path in described["paths"].values() for way in path.values())
