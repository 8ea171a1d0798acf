"""Pages of a real PDF drawn by the real process: pictures, letters, limits, damage."""

import asyncio

import pytest
from PIL import Image

from bot.printed import pictures as module
from bot.printed.marks import marks
from bot.printed.pictures import WAITING, Pictures
from bot.printed.types import BusyError, NotDrawnError
from index.errors import StoreError
from tests.bot.printed.paper import REST, SPLIT, stored, two_pages


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "lvyuan.pdf"
    made.write_bytes(two_pages())
    return made


@pytest.fixture
def document(file):
    return stored(file).documents["lvyuan"]


@pytest.fixture
def pictures(file, tmp_path):
    return Pictures(lambda _: file, tmp_path / "pages")


async def test_a_page_is_drawn_once_with_its_letters_in_place(pictures, document):
    """Two who ask at once get one drawing; the words lie where black pixels are."""
    first, second = await asyncio.gather(pictures.page(document, 1), pictures.page(document, 1))
    assert first == second
    ((left, top, right, bottom),) = marks(first, "补贴标准为每月三百元", "一、补贴标准为每月三百元。二、")
    with Image.open(first.picture) as picture:
        assert (picture.size, picture.mode) == ((1240, 1755), "L")
        assert picture.crop((left, top, right, bottom)).getextrema()[0] < 60
        assert picture.crop((left, bottom + 12, right, bottom + 30)).getextrema() == (255, 255)
    kept = first.picture.stat().st_ino
    assert (await pictures.page(document, 1)).picture.stat().st_ino == kept


async def test_the_letters_of_each_page_are_its_own(pictures, document):
    """What runs over the page's end is parted between the pages."""
    one, two = [await pictures.page(document, number) for number in (1, 2)]
    assert (one.letters.endswith(SPLIT), two.letters) == (True, REST)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%%EOF",
        b"not a PDF",
        two_pages()[:700],
        two_pages().replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ 0 0 0 0 ]    "),
    ],
    ids=["empty", "hollow", "rubbish", "cut off", "no size"],
)
async def test_a_damaged_file_is_told_in_a_sentence(pictures, document, file, content):
    """Whatever the drawing process dies of; what it left half done goes."""
    file.write_bytes(content)
    told = None
    try:
        drawn = await pictures.page(document, 1)
    except NotDrawnError as error:
        told = str(error)
    assert told == "这一页的图画不出来\uff0c文件可能有损坏\uff1b请看文字\uff0c或向发文机关索取原件。" or (
        drawn.width * drawn.height < 5_000_000
    )
    assert [path for path in pictures.folder.glob("*") if path.suffix not in (".png", ".json")] == []


async def test_a_monstrous_page_is_drawn_small(pictures, document, file):
    """A page of two hundred metres costs no more than another."""
    file.write_bytes(two_pages().replace(b"595 842 ]", b"595000 842000 ]"))
    drawn = await pictures.page(document, 1)
    assert drawn.width * drawn.height <= 4_100_000


async def test_what_takes_too_long_is_given_up(pictures, document, monkeypatch):
    """The process is ended, and the page says so."""
    monkeypatch.setattr(module, "PATIENCE_S", 0.0)
    with pytest.raises(NotDrawnError, match="画不出来"):
        await pictures.page(document, 1)


async def test_a_file_that_is_gone_is_told(document, tmp_path):
    """Only the last few versions are kept."""

    def gone(_):
        raise StoreError("gone")

    with pytest.raises(NotDrawnError, match="没有留存"):
        await Pictures(gone, tmp_path / "pages").page(document, 1)


async def test_whoever_comes_when_many_wait_is_asked_to_come_again(pictures, document):
    """No queue grows without end; those in it are served or let go."""
    waiting = [asyncio.create_task(pictures.page(document, number)) for number in range(3, 3 + WAITING)]
    while len(pictures._drawing) < WAITING:
        await asyncio.sleep(0)
    with pytest.raises(BusyError, match="请过几秒"):
        await pictures.page(document, 1)
    drawing = list(pictures._drawing.values())
    for task in (*waiting, *drawing):
        task.cancel()
    await asyncio.gather(*waiting, *drawing, return_exceptions=True)
    assert (await pictures.page(document, 2)).letters == REST


async def test_who_leaves_does_not_take_the_page_from_others(pictures, document):
    """A phone that is put away in the middle costs nobody else their picture."""
    leaves = asyncio.create_task(pictures.page(document, 1))
    while not pictures._drawing:
        await asyncio.sleep(0)
    stays = asyncio.create_task(pictures.page(document, 1))
    leaves.cancel()
    assert (await stays).width == 1240


async def test_the_pages_looked_at_longest_ago_make_room(file, document, tmp_path):
    """The folder stays within its bytes."""
    pictures = Pictures(lambda _: file, tmp_path / "pages", kept_bytes=40_000)
    await pictures.page(document, 1)
    await pictures.page(document, 2)
    assert sum(path.stat().st_size for path in pictures.folder.glob("*")) <= 40_000
    assert (pictures.folder / f"{document.version}-2.json").exists()
