"""Whether a .docx may be unpacked."""

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile

from index.errors import CorpusError

# Word's own XML packs 10- to 40-fold; a bomb a thousandfold. Small parts may pack better and do no harm.
_MAX_RATIO = 200
_HARMLESS = 10 << 20  # bytes unpacked
_MAX_UNPACKED = 1 << 30  # bytes of all parts together
_MAX_PARTS = 10_000
_DOCUMENT = "[Content_Types].xml"


def check_archive(path: Path, data: bytes) -> None:
    """Check that an archive is whole, not encrypted, a Word package, and does not swell beyond reason.

    :raises CorpusError: naming what is wrong
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, LargeZipFile, ValueError, OSError, NotImplementedError) as error:
        raise CorpusError(
            f"读不了 {path}:压缩包不完整或已损坏({error});请重新下载,或用 Word 打开后另存为 .docx"
        ) from None
    if any(part.flag_bits & 1 for part in parts):
        raise CorpusError(f"读不了 {path}:压缩包加了密码;请去掉密码后再试")
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _HARMLESS and part.file_size > _MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if swollen or unpacked > _MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise CorpusError(
            f"读不了 {path}:解压后有 {unpacked / (1 << 20):.0f} MB、{len(parts)} 个部分,像压缩炸弹,没有解压;"
            "若确是正常文件,请用 Word 打开后另存为 .docx"
        )
    names = {part.filename for part in parts}
    if _DOCUMENT not in names or not any(name.startswith("word/") for name in names):
        raise CorpusError(
            f"读不了 {path}:是 ZIP 压缩包,但不是 Word 文档;请改成对应的后缀,或换成真正的 .docx 文件"
        )
