"""What staff look up to the letter without quotation marks."""

import re
from collections.abc import Callable

_SHORTEST = 3  # characters of words that are looked up; two stand nearly everywhere
_LONGEST = 30
_WORDS = rf"(?P<words>[^\s,。?!:;]{{{_SHORTEST},{_LONGEST}}}?)"
_CALLED = r"(?:这(?:句话?|几个字|四个字|个词|个?说法|个?提法)|一词)?"
_IN = r"(?:出自|出于|来自|写在|出现在|提到在|见于?|在|是)"
_PLACE = r"(?:哪里|哪儿|哪一?[条章节款段]|第几[条章节款]|什么地方|何处)"
_END = r"(?:里|中|的|呢|呀|啊)?[?。!]*$"
_LOOKED_UP = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:请问|查一?下|帮我查|找一?下)?{_WORDS}{_CALLED}(?:都|又)?{_IN}(?:文件|规划|政策|原文)?的?{_PLACE}{_END}",
        rf"^(?:请问|查一?下|帮我查|找一?下)?{_WORDS}{_CALLED}的?出处(?:是|在)?(?:哪里|哪儿|什么|哪条)?{_END}",
        rf"^(?:请问|查一?下|帮我查|找一?下)?(?:是)?哪一?[条章节款段](?:里|中)?(?:提到|提及|提|写到|写|讲到|说到|出现)(?:了|过)?{_WORDS}{_END}",
    )
)


def looked_up(text: str, stands: Callable[[str], bool]) -> tuple[str, ...]:
    """The words whose place a question asks for and that stand in the documents to the letter; none where it asks otherwise.

    :param text: the question without quotation marks, regions and documents
    """
    for pattern in _LOOKED_UP:
        if (found := pattern.search(text.strip())) and stands(found["words"]):
            return (found["words"],)
    return ()
