"""config.yaml and the environment: read once, refused with a line a person can act on."""

from pathlib import Path

import pytest

from bot import config
from bot.errors import ConfigError

SHIPPED = Path(__file__).resolve().parents[2] / "config.yaml"


def written(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(body, encoding="utf-8")
    return path


def test_the_shipped_file_states_the_defaults():
    """What config.yaml spells out is what the program does without it."""
    assert config.load(SHIPPED, environment={}).settings == config.Settings()


def test_the_shipped_file_names_every_setting():
    """A tunable that config.yaml does not show cannot be found by an admin."""
    import yaml

    def keys(section: type, at: str = "") -> set[str]:
        found = set()
        for name, field in section.model_fields.items():
            nested = field.annotation
            is_group = isinstance(nested, type) and hasattr(nested, "model_fields")
            found |= keys(nested, f"{at}{name}.") if is_group else {f"{at}{name}"}
        return found

    def written_keys(node: dict, at: str = "") -> set[str]:
        found = set()
        for name, value in node.items():
            found |= written_keys(value, f"{at}{name}.") if isinstance(value, dict) else {f"{at}{name}"}
        return found

    assert written_keys(yaml.safe_load(SHIPPED.read_text("utf-8"))) == keys(config.Settings)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "index:\n  encodr: {}\n",
            "第 2 行:不认识的键 index.encodr;这里可用的键:encoder、backend、max_passage_chars、max_file_mb、keep_generations",
        ),
        ("bots: {}\n", "第 1 行:不认识的键 bots;这里可用的键:index、retrieval、bot"),
        (
            "bot:\n  web:\n    port: 99999999\n",
            "第 3 行:bot.web.port = 99999999 不可用,不能大于 65535;请改正后重试",
        ),
        (
            "bot:\n  telegram:\n    admins: [1, x]\n",
            "第 3 行:bot.telegram.admins.1 = 'x' 不可用,应为整数;请改正后重试",
        ),
        ("bot: [\n", "第 2 行不是合法的 YAML"),
        ("a: 2021-13-45\n", "不是合法的 YAML"),
        ('a: !!int ""\n', "不是合法的 YAML"),
        ("[" * 1000, "不是合法的 YAML"),
        ("- 1\n", "最外层应是 index / retrieval / bot 三组键,现在是 list"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path, body, said):
    """The message says where, which value, and what would be right."""
    with pytest.raises(ConfigError) as refused:
        config.load(written(tmp_path, body), environment={})
    assert said in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    """The path that was looked for, and how to give another."""
    with pytest.raises(ConfigError, match=r"找不到配置文件.*nowhere\.yaml.*--config"):
        config.load(tmp_path / "nowhere.yaml", environment={})


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    """A GB18030 config gets one line, not a traceback."""
    path = tmp_path / "config.yaml"
    path.write_bytes("bot: {} # 中文注释".encode("gb18030"))
    with pytest.raises(ConfigError, match="请存为 UTF-8 文本"):
        config.load(path, environment={})


def test_the_environment_overrides_the_file(tmp_path):
    """Each variable of the contract stands above its key."""
    path = written(tmp_path, "bot:\n  web:\n    port: 9000\n")
    found = config.load(
        path,
        environment={
            "POLICYBOT_HOST": "0.0.0.0",
            "POLICYBOT_PORT": "8123",
            "POLICYBOT_TELEGRAM_ADMINS": "7, 8",
            "POLICYBOT_TELEGRAM_STAFF": "9",
            "POLICYBOT_TELEGRAM_BASE_URL": "http://127.0.0.1:1/bot",
            "POLICYBOT_TELEGRAM_TOKEN": " 1:secret ",
            "POLICYBOT_DATA": str(tmp_path / "data"),
        },
    )
    assert (found.settings.bot.web.host, found.settings.bot.web.port) == ("0.0.0.0", 8123)
    assert found.settings.bot.telegram.admins == (7, 8)
    assert found.settings.bot.telegram.staff == (9,)
    assert found.settings.bot.telegram.base_url == "http://127.0.0.1:1/bot"
    assert found.telegram_token == "1:secret"
    assert found.data_dir == tmp_path / "data"


def test_a_wrong_variable_is_named(tmp_path):
    """A value from the environment is not blamed on the file."""
    with pytest.raises(ConfigError, match=r"^环境变量 POLICYBOT_PORT:bot.web.port = 'abc' 不可用,应为整数"):
        config.load(written(tmp_path, ""), environment={"POLICYBOT_PORT": "abc"})


def test_the_token_is_never_shown(tmp_path):
    """A log line that prints the configuration gives nothing away."""
    found = config.load(written(tmp_path, ""), environment={"POLICYBOT_TELEGRAM_TOKEN": "1:secret"})
    assert "secret" not in repr(found)


def test_paths_default_beside_the_file(tmp_path):
    """The corpus and the data directory lie beside config.yaml, wherever the program was started."""
    found = config.load(written(tmp_path, ""), environment={})
    assert (found.corpus_dir, found.data_dir) == (tmp_path / "docs_corpus", tmp_path / "var")


def test_the_command_line_stands_above_the_environment(tmp_path):
    """--data-dir wins over POLICYBOT_DATA."""
    found = config.load(written(tmp_path, ""), tmp_path / "a", {"POLICYBOT_DATA": str(tmp_path / "b")})
    assert found.data_dir == tmp_path / "a"
