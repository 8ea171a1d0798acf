"""The audit log in words."""

import pytest

from bot.render.deeds import deed, detail_of


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("document.replace", "更新文件"),
        ("document.replace.done", "更新文件 · 做完"),
        ("document.add.refused", "收录文件 · 检查没过"),
        ("index.rollback.failed", "回滚索引 · 没做成"),
        ("user.signed_in", "登录"),
        ("synonym.add.done", "加词条 · 做完"),
        ("value.corrected", "更正指标值"),
        ("moon.landed", "moon.landed"),
        ("", ""),
    ],
)
def test_actions_in_words(action: str, said: str) -> None:
    """Known ones in Chinese, unknown ones as they are."""
    assert deed(action) == said


def test_details_in_one_line() -> None:
    """Lists are joined, other values named."""
    assert (
        detail_of({"file": "a.txt", "said": ["已发布", "检查都过了"]})
        == "file: a.txt · 已发布\uff1b检查都过了"
    )
