"""Who signed a document and when: 某某市人民政府办公室 2020年2月8日. Nobody is answered by it who does not ask for that."""

import re

_SIGNATURE = re.compile(
    r"(?:[^。;,:!?\uff1b\uff0c\uff1a\uff01\uff1f]{0,120}[局厅部委办院会府组署处室司社团心]\s*)?(?:\d{4}|[二〇○零一九]{4})\s*年"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
_ASKS = re.compile("发布|印发|发文|出台|落款|成文|颁布|哪个部门|谁发")


def is_signature(words: str, question: str) -> bool:
    """Whether words are a signature that a question does not ask for."""
    return bool(_SIGNATURE.fullmatch(words.strip())) and not _ASKS.search(question)
