"""下一条, 第二款呢 → steps along the clauses, from the one the conversation is at."""

import re
from dataclasses import dataclass

from index.numerals import parse_chinese_numeral

_UNIT = r"(?:条|款|项|目(?![标录前击]|的[地是在])|节|章)"
# 上上一条 goes two back; 往下念 names no clause and means the next only where nothing else is said
_BACK = re.compile(
    rf"(?P<far>上+)一{_UNIT}|(?<![以之目从])前(?:面)?(?:的)?(?:那)?一{_UNIT}|^(?:那|再|看)*上{_UNIT}[呢吧]?\W*$"
)
_ON = re.compile(
    rf"(?P<far>下+)一{_UNIT}|(?<![以之最今])后(?:面)?(?:的)?(?:那)?一{_UNIT}|^(?:那|再|看)*下{_UNIT}[呢吧]?\W*$"
    r"|^(?:那|请|再|继续|接着|然后)*往[下后](?:看|念|读|翻|说|讲)?(?:一?条)?[呢吧]?\W*$"
)
_COUNTED = r"(?:第(?:[一二三四五六七八九十]{1,3}|\d{1,3})|最[后末]一|末)(?:点|项|条|个|小点|款|目(?![标录前击]|的[地是在]))"
_NTH = re.compile(
    rf"^那?(?:它的?|[这该]一?条的?)?(?P<named>(?:{_COUNTED})+)(?:呢|呀|讲|说|是|怎么|规定|的?内容|$)"
)
_NUMBER = re.compile(r"第(\d+|[一二三四五六七八九十]+)")
LAST = -1


@dataclass(frozen=True, slots=True)
class Move:
    """One step: ``by`` clauses on (下一条: 1) or back (上一条: −1), or to the ``nth`` below or beside; 0 where not meant.

    ``paragraph`` says that the paragraphs (款) of an article are meant, which carry no numbers.
    """

    by: int = 0
    nth: int = 0  # from 1; LAST for the last one
    paragraph: bool = False


def _counted(one: str) -> Move:
    number = _NUMBER.match(one)
    return Move(nth=parse_chinese_numeral(number[1]) if number else LAST, paragraph=one.endswith("款"))


def step_in(text: str) -> Move | None:
    """Return the step to a clause before or after that a message asks for; None where it asks for none."""
    for pattern, way in ((_BACK, -1), (_ON, 1)):
        found = pattern.search(text.strip())
        if found:
            return Move(by=way * len(found["far"] or "1"), paragraph="款" in found[0])
    return None


def counts_in(text: str) -> tuple[Move, ...]:
    """Return the steps to a numbered clause that a message consists of: 第二点呢, 第二款第一项."""
    found = _NTH.search(text.strip())
    named = re.findall(_COUNTED, found["named"]) if found else []
    return tuple(_counted(one) for one in named)
