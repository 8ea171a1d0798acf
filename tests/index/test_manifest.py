"""The manifest: what it may say, and one clear line for everything else."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from index.errors import CorpusError
from index.manifest import load
from index.types import Document, Period

TEXT = "甲市就业规划\n"
SHA256 = sha256(TEXT.encode()).hexdigest()
FULL = f"""\
# 清单
documents:
  - id: jia
    title: 甲市就业规划
    region: 甲市
    aliases: [甲市, 甲, 旧甲]
    places: [东镇, 甲]
    issuer: 甲市人民政府
    number: 甲政〔2022〕1号
    published: 2022-01-05
    period: "2021-2025"
    file: jia.txt
    sha256: {SHA256}
    contacts: [12333 人社服务热线]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds one document."""
    (tmp_path / "jia.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def write(folder: Path, manifest: str) -> Path:
    """Write the manifest; return its folder."""
    (folder / "manifest.yaml").write_text(manifest, encoding="utf-8")
    return folder


def test_full_entry(folder: Path):
    """Every field arrives; places follow the names, and a name given twice stands once."""
    assert load(write(folder, FULL)) == (
        Document(
            id="jia",
            title="甲市就业规划",
            region="甲市",
            aliases=("甲市", "甲", "旧甲", "东镇"),
            issuer="甲市人民政府",
            number="甲政〔2022〕1号",
            published=date(2022, 1, 5),
            period=Period(2021, 2025),
            file="jia.txt",
            sha256=SHA256,
            contacts=("12333 人社服务热线",),
        ),
    )


def test_what_the_source_does_not_say_stays_none(folder: Path):
    """Nothing is invented for a document without issuer, number, date and period."""
    short = f"documents:\n- {{id: jia, title: 规划, region: 甲市, file: jia.txt, sha256: {SHA256}, number: null}}\n"
    (document,) = load(write(folder, short))
    assert (document.issuer, document.number, document.published, document.period) == (None,) * 4
    assert (document.aliases, document.contacts) == ((), ())


@pytest.mark.parametrize("written", ['"2021-2025"', "2021—2025", "2021至2025", "2021 – 2025"])
def test_period(folder: Path, written: str):
    """A period may be written with any dash."""
    (document,) = load(write(folder, FULL.replace('"2021-2025"', written)))
    assert document.period == Period(2021, 2025)


def test_no_documents(folder: Path):
    """An empty list is a corpus of nothing, not an error."""
    assert load(write(folder, "documents: []\n")) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    region: 甲市\n",
            "    region: 甲市\n    regoin: 甲市\n",
            r"第 6 行:不认识的键 regoin;可用的键:id、title、",
        ),
        ("    title: 甲市就业规划\n", "", r"第 3 行:title:缺少这一项"),
        ("title: 甲市就业规划", "title: ' '", r"第 4 行:title = ' ':不能为空"),
        ("id: jia", "id: 甲", r"第 3 行:id = '甲':只能由小写字母、数字"),
        ("id: jia", "id: ../jia", r"第 3 行:id = '../jia':只能由小写字母"),
        ("id: jia", "id: 7", r"第 3 行:id = 7:应是文字,数字要加引号"),
        ("[甲市, 甲, 旧甲]", "甲市", r"第 6 行:aliases = '甲市':应是列表"),
        ("2022-01-05", "去年", r"第 10 行:published = '去年':应写成 2021-12-30"),
        ('"2021-2025"', '"2025-2021"', r"第 11 行:period = '2025-2021':应写成"),
        ("file: jia.txt", "file: ../jia.txt", r"第 12 行:file = '../jia.txt':应是清单所在目录里的文件名"),
        ("file: jia.txt", "file: yi.txt", r"第 12 行:jia 的文件 .*yi.txt 不存在或读不了"),
        (SHA256, "f" * 64, rf"第 13 行:jia 的 sha256 是 f{{64}},文件 jia.txt 实际是 {SHA256};"),
        (SHA256, "abc", r"第 13 行:sha256 = 'abc':应是 64 位十六进制数"),
        ("documents:", "documents: [", r"第 \d+ 行不是合法的 YAML"),
        ("    title:", "    id: yi\n    title:", r"第 4 行:键 id 在同一条里出现了两次"),
        ("2022-01-05", "2022-13-05", r"不是合法的 YAML:month must be in"),
        ("甲市就业规划\n    region", "甲\a市\n    region", r"不是合法的 YAML"),
        ("[甲市, 甲, 旧甲]", "&names [*names]", r"不是合法的 YAML|应是文字"),
        ("documents:", "files:", r"最外层应是 documents:"),
        ("# 清单", "version: 2", r"第 1 行:不认识的键 version"),
        ("  - id: jia\n", "  - 甲\n  - id: jia\n", r"第 3 行:这一条 = '甲':应是一组“键: 值”"),
    ],
)
def test_unusable(folder: Path, old: str, new: str, message: str):
    """One line: the file, the line, the value, what to do."""
    assert old in FULL
    with pytest.raises(CorpusError, match=message) as caught:
        load(write(folder, FULL.replace(old, new, 1)))
    assert str(caught.value).startswith(str(folder / "manifest.yaml"))
    assert "\n" not in str(caught.value)


def test_id_given_twice(folder: Path):
    """The second entry of an id is refused, with its line."""
    again = FULL + FULL.split("documents:\n")[1]
    with pytest.raises(CorpusError, match=r"第 15 行:id jia 出现了两次"):
        load(write(folder, again))


def test_no_manifest(tmp_path: Path):
    """A folder without a manifest is one clear line."""
    with pytest.raises(CorpusError, match=r"找不到文档清单 .*manifest\.yaml"):
        load(tmp_path)


def test_manifest_in_another_encoding(tmp_path: Path):
    """A manifest saved as GB18030 is refused by name, not misread."""
    (tmp_path / "manifest.yaml").write_bytes("# 清单\n".encode("gb18030"))
    with pytest.raises(CorpusError, match=r"读不了 .*manifest\.yaml:.*请存为 UTF-8"):
        load(tmp_path)


def test_the_shipped_manifest():
    """The two shipped plans pass their own checks, and what the texts do not say is None."""
    documents = load(Path(__file__).parents[2] / "docs_corpus")
    facts = [
        (d.id, d.region, d.issuer, d.number, d.published, d.period) for d in documents if d.id in SHIPPED
    ]
    assert facts == [
        (
            *("qingpu", "青浦区", "上海市青浦区人民政府", "青府办发〔2021〕57号"),
            *(date(2021, 12, 30), Period(2021, 2025)),
        ),
        ("xiangyang", "襄阳市", None, None, None, Period(2021, 2025)),
    ]


SHIPPED = {"qingpu", "xiangyang"}
