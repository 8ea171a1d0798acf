"""From config.yaml and the environment to a robot that may be started."""

from pathlib import Path

import pytest

from bot import config
from bot.channels.wecom.open import check
from bot.errors import ChannelError


def loaded(folder: Path, bot_id: str, **environment: str):
    (folder / "config.yaml").write_text(f"bot:\n  wecom:\n    bot_id: '{bot_id}'\n", encoding="utf-8")
    return config.load(folder / "config.yaml", folder / "var", environment=environment)


def test_a_configured_robot_may_be_started(tmp_path: Path):
    """Id from the file, secret from the environment only, and shown nowhere."""
    found = loaded(tmp_path, "aib1", POLICYBOT_WECOM_SECRET="mima-1")
    check(found)
    assert (found.settings.bot.wecom.bot_id, found.wecom_secret) == ("aib1", "mima-1")
    assert "mima-1" not in repr(found)


@pytest.mark.parametrize(
    ("bot_id", "environment", "words"),
    [
        ("", {"POLICYBOT_WECOM_SECRET": "mima-1"}, r"bot\.wecom\.bot_id"),
        ("aib1", {}, "POLICYBOT_WECOM_SECRET"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, bot_id, environment, words):
    """Before anything heavy is opened."""
    with pytest.raises(ChannelError, match=f"没有设置 {words}"):
        check(loaded(tmp_path, bot_id, **environment))
