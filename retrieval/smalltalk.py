"""Greetings, thanks and questions about the bot itself: answered in a sentence, never searched."""

import re

from retrieval import wording

_END = r"[\s啊呀哈吗嘛呢吧了,。!?~\uff01\uff1f\uff0c]*$"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sentence, re.compile(rf"^\s*(?:{words}){_END}", re.IGNORECASE))
    for sentence, words in (
        (wording.GREETING, r"(?:你好|您好|大家好|哈喽|嗨|hi|hello|早上好|下午好|晚上好|在|有人|在不在|喂)+"),
        (
            wording.THANKS,
            r"(?:好的|嗯+|行)?[\s,\uff0c]*(?:谢谢|感谢|多谢|谢了|thanks|thank you)[你您大家的帮助解答]*",
        ),
        (wording.FAREWELL, r"再见|拜拜|bye"),
        (
            wording.ABOUT_ME,
            r"(?:请问)?(?:你|您)(?:到底)?(?:是谁|叫什么(?:名字)?|是什么|是人|是(?:不是)?(?:个)?(?:真人|人|机器人|AI)|"
            r"是(?:谁|哪个公司|哪家公司).{0,4}(?:开发|做|造|研发)的?|(?:会|能)(?:做|干|回答)?(?:什么|啥)|有什么(?:用|功能))",
        ),
    )
)


def reply(text: str) -> str | None:
    """Return what to say to small talk; None where a message is anything else."""
    return next((sentence for sentence, words in _KINDS if words.match(text)), None)
