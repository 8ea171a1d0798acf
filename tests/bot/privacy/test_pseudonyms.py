"""Pseudonyms: stable in one installation, unrelated in another, from a key only its owner reads."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.privacy.pseudonyms import SALT, open_salt, pseudonym
from bot.privacy.types import Kind
from bot.privacy.wording import citizen, forgotten, notice
from index.errors import StoreError


def test_the_salt_is_made_once_and_kept_to_its_owner(tmp_path: Path):
    """A second start reads the first one's salt."""
    salt = open_salt(tmp_path / "var")
    assert open_salt(tmp_path / "var") == salt
    assert stat.S_IMODE((tmp_path / "var" / SALT).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == [SALT]


def test_starters_at_once_agree(tmp_path: Path):
    """Whoever comes first, all use the same salt."""
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(open_salt, [tmp_path] * 32))) == 1


def test_pseudonyms_need_the_salt():
    """The same person is the same within an installation and nobody knows them in another."""
    here, there = b"a" * 32, b"b" * 32
    assert pseudonym(here, "telegram:42") == pseudonym(here, "telegram:42")
    assert pseudonym(here, "telegram:42") != pseudonym(here, "telegram:43")
    assert pseudonym(here, "telegram:42") != pseudonym(there, "telegram:42")
    assert len(pseudonym(here, "\ud800")) == 32


@pytest.mark.parametrize("content", [b"", b"zz", b"00" * 5, "盐".encode()])
def test_a_damaged_salt_is_one_clear_line(tmp_path: Path, content: bytes):
    """It is never made anew by itself: the stored records would lose their owners."""
    (tmp_path / SALT).write_bytes(content)
    with pytest.raises(StoreError, match=r"salt.*从备份恢复"):
        open_salt(tmp_path)


def test_what_askers_are_told():
    """The notice names the kinds; the short version names the periods and the way out."""
    assert notice((Kind.MOBILE, Kind.EMAIL)).startswith("您的问题里有手机号、邮箱,我们没有存下来")
    said = citizen(question_days=180, turns=5, turn_hours=24)
    assert "存 180 天" in said
    assert "最近 5 个问题,24 小时后删掉" in said
    assert said.endswith("/delete_my_data,马上删除。")
    assert "追问" not in citizen(question_days=180, turns=0, turn_hours=24)
    assert (forgotten(0), forgotten(3)[-6:]) == ("没有存过您的信息。", "共 3 条。")
