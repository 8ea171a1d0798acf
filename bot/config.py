"""The only reader of config.yaml and of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.errors import ConfigError
from bot.settings import BotSettings
from index.settings import IndexSettings, Section
from index.yamlfile import UNREADABLE, first_line, shown
from retrieval.settings import RetrievalSettings

DEFAULT_CONFIG = "config.yaml"
DEFAULT_DATA_DIR = "var"
TOKEN_VARIABLE = "POLICYBOT_TELEGRAM_TOKEN"
WEBHOOK_SECRET_VARIABLE = "POLICYBOT_TELEGRAM_WEBHOOK_SECRET"
WORDING_KEY_VARIABLE = "POLICYBOT_WORDING_KEY"
WECHAT_TOKEN_VARIABLE = "POLICYBOT_WECHAT_TOKEN"
WECHAT_AES_VARIABLE = "POLICYBOT_WECHAT_AES_KEY"
WECHAT_SECRET_VARIABLE = "POLICYBOT_WECHAT_SECRET"
WECOM_SECRET_VARIABLE = "POLICYBOT_WECOM_SECRET"
MILVUS_TOKEN_VARIABLE = "POLICYBOT_MILVUS_TOKEN"
# field of Config → the environment variable it is read from
_SECRETS: Mapping[str, str] = {
    "telegram_token": TOKEN_VARIABLE,
    "telegram_webhook_secret": WEBHOOK_SECRET_VARIABLE,
    "wording_key": WORDING_KEY_VARIABLE,
    "wechat_token": WECHAT_TOKEN_VARIABLE,
    "wechat_aes_key": WECHAT_AES_VARIABLE,
    "wechat_secret": WECHAT_SECRET_VARIABLE,
    "wecom_secret": WECOM_SECRET_VARIABLE,
    "milvus_token": MILVUS_TOKEN_VARIABLE,
}


class Settings(Section):
    """All of config.yaml."""

    index: IndexSettings = IndexSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    bot: BotSettings = BotSettings()


@dataclass(frozen=True, slots=True)
class Config:
    """Settings, the paths the program works on, and the secrets, which never appear in a ``repr``."""

    settings: Settings
    corpus_dir: Path
    data_dir: Path
    telegram_token: str
    telegram_webhook_secret: str = ""
    wording_key: str = ""
    wechat_token: str = ""
    wechat_aes_key: str = ""
    wechat_secret: str = ""
    wecom_secret: str = ""
    milvus_token: str = ""
    file: Path = Path(DEFAULT_CONFIG)  # where the settings were read from

    def __repr__(self) -> str:
        """Name the paths only."""
        return f"Config(corpus_dir={self.corpus_dir!s}, data_dir={self.data_dir!s})"


# environment variable → (path of the key it overrides, how its text becomes the value)
_OVERRIDES: Mapping[str, tuple[str, ...]] = {
    "POLICYBOT_HOST": ("bot", "web", "host"),
    "POLICYBOT_PORT": ("bot", "web", "port"),
    "POLICYBOT_RECORDS_URL": ("bot", "records", "url"),
    "POLICYBOT_TELEGRAM_BASE_URL": ("bot", "telegram", "base_url"),
    "POLICYBOT_TELEGRAM_BASE_FILE_URL": ("bot", "telegram", "base_file_url"),
    "POLICYBOT_TELEGRAM_ADMINS": ("bot", "telegram", "admins"),
    "POLICYBOT_TELEGRAM_STAFF": ("bot", "telegram", "staff"),
}
_LISTS = frozenset({"admins", "staff"})


def _parse(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"找不到配置文件 {path}:用 --config 指定,或在项目根目录运行") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"读不了配置文件 {path}:{error};请存为 UTF-8 文本") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise ConfigError(f"{path} 第 {line} 行不是合法的 YAML:{error.problem};请改正后重试") from None
    except UNREADABLE as error:
        raise ConfigError(f"{path} 不是合法的 YAML:{first_line(error)};请改正后重试") from None
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise ConfigError(f"{path} 的最外层应是 index / retrieval / bot 三组键,现在是 {type(raw).__name__}")
    return raw


def _override(raw: dict[str, Any], environment: Mapping[str, str]) -> dict[str, str]:
    """Write the environment's values over ``raw``; return which variable set which dotted key."""
    origin: dict[str, str] = {}
    for variable, keys in _OVERRIDES.items():
        text = environment.get(variable, "").strip()
        if not text:
            continue
        group = raw
        for key in keys[:-1]:
            nested = group.setdefault(key, {})
            if not isinstance(nested, dict):
                nested = group[key] = {}
            group = nested
        parts = [part.strip() for part in text.split(",") if part.strip()]
        group[keys[-1]] = parts if keys[-1] in _LISTS else text
        origin[".".join(keys)] = variable
    return origin


def _line_of(path: Path, keys: tuple[str | int, ...]) -> int | None:
    """Find the line (from 1) on which a key path stands in the file, or None."""
    node: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _expected(keys: tuple[str | int, ...]) -> str:
    """List the keys that are known beside the unknown one."""
    model: type[Section] = Settings
    for key in keys[:-1]:
        annotation = model.model_fields[str(key)].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, Section)):
            return ""
        model = annotation
    return "、".join(model.model_fields)


# what a person may have put a secret into by mistake: not repeated where a log would keep it
_NOT_SHOWN = frozenset({"sha256"})
_PROBLEMS = {
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数",
    "float_type": "应为数",
    "string_type": "应为文字",
    "bool_parsing": "应为 true 或 false",
    "tuple_type": "应为列表",
    "model_type": "应为一组键",
    "less_than_equal": "不能大于 {le:g}",
    "greater_than_equal": "不能小于 {ge:g}",
    "string_pattern_mismatch": "写法不对\uff1a应像 config.yaml 里说明的那样",
}


def _explain(path: Path, error: ValidationError, origin: Mapping[str, str]) -> str:
    problem = error.errors()[0]
    keys = tuple(problem["loc"])
    dotted = ".".join(map(str, keys))
    variable = next((v for key, v in origin.items() if dotted.startswith(key)), None)
    line = None if variable else _line_of(path, keys)
    where = f"环境变量 {variable}" if variable else f"{path} 第 {line} 行" if line else str(path)
    if problem["type"] == "extra_forbidden":
        return f"{where}:不认识的键 {dotted};这里可用的键:{_expected(keys)}"
    known = _PROBLEMS.get(problem["type"])
    reason = known.format(**problem.get("ctx", {})) if known else problem["msg"]
    value = dotted if keys[-1] in _NOT_SHOWN else f"{dotted} = {shown(problem['input'])}"
    return f"{where}:{value} 不可用,{reason};请改正后重试"


def load(
    config_file: Path | None = None,
    data_dir: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Read the configuration once.

    :param config_file: ``--config``; else ``POLICYBOT_CONFIG``, else ``config.yaml`` here or beside us
    :param data_dir: ``--data-dir``; else ``POLICYBOT_DATA``, else ``var/`` beside the configuration
    :param environment: the process's own when None
    :raises ConfigError: a missing file, broken YAML, an unknown key, a value out of range
    """
    env = os.environ if environment is None else environment
    named = config_file or (Path(env["POLICYBOT_CONFIG"]) if env.get("POLICYBOT_CONFIG") else None)
    path = named or _default_config()
    raw = _parse(path)
    origin = _override(raw, env)
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(_explain(path, error, origin)) from None
    root = path.resolve().parent
    data = data_dir or (Path(env["POLICYBOT_DATA"]) if env.get("POLICYBOT_DATA") else root / DEFAULT_DATA_DIR)
    secrets = {field: env.get(variable, "").strip() for field, variable in _SECRETS.items()}
    return Config(settings, root / "docs_corpus", data, file=path.resolve(), **secrets)


def _default_config() -> Path:
    here = Path(DEFAULT_CONFIG)
    return here if here.exists() else Path(__file__).resolve().parent.parent / DEFAULT_CONFIG
