"""What an indicator is found by, the words of its category and name, and which names mean one measure."""

import re
from functools import lru_cache
from hashlib import sha256

from index.types import Indicator

_RHYTHM = re.compile(r"年均|每年|累计")
# 帮助创业成功人数 counts what 帮助成功创业 names: what is counted is said by the unit too.
_COUNT = re.compile(r"(?:总?人数|人次|户数|家数|个数|件数|总数|数量|总量|总额|数)$")
_PARTICLES = re.compile(r"[的了、,\s()“”\"]|\uff08|\uff09|\uff0c")
_SHARES = frozenset("%‰")


@lru_cache(maxsize=65_536)  # names of a province's plans: a question compares each with several others
def _bare(name: str) -> str:
    """The characters of what a name says, in order of their code points."""
    name = _PARTICLES.sub("", _RHYTHM.sub("", name))
    # 人数 alone is the measure itself
    return "".join(sorted(_COUNT.sub("", name) or name))


def _is_share(row: Indicator) -> bool:
    return row.unit[:1] in _SHARES or row.unit.endswith("百分点")


def same_measure(one: Indicator, other: Indicator) -> bool:
    """Whether two rows of a document are of one measure, by their names.

    年均新增就业岗位 of a table is 新增就业岗位 in prose, 帮助成功创业 is 帮助创业成功人数: the same characters, whatever their
    order, leaving out rhythm and the word that counts. A word more is another measure: 参保人数 and 新增参保人数; so is a
    share beside a number. Units that contradict each other (个, 人) do not part two rows: the text does.
    """
    if one.document != other.document or _is_share(one) != _is_share(other):
        return False
    return _bare(one.name) == _bare(other.name)


def measure_text(row: Indicator) -> str:
    """Return the text whose vector stands for an indicator's measure."""
    return f"{row.category} {row.name}".strip()


def measure_digest(row: Indicator) -> str:
    """Return the SHA-256 of :func:`measure_text`, the key under which its vector is cached."""
    return sha256(measure_text(row).encode()).hexdigest()
