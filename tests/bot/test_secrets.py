"""No secret of the environment or of the configuration is ever printed, logged or served."""

import logging
import shutil

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from bot import app, config
from bot.channels.web.app import create_app
from bot.cli.main import main
from bot.config import (
    MILVUS_TOKEN_VARIABLE,
    TOKEN_VARIABLE,
    WEBHOOK_SECRET_VARIABLE,
    WECHAT_AES_VARIABLE,
    WECHAT_SECRET_VARIABLE,
    WECHAT_TOKEN_VARIABLE,
    WECOM_SECRET_VARIABLE,
    WORDING_KEY_VARIABLE,
)
from tests.bot.admin.site import PLAN, Site
from tests.conftest import ROOT

SECRETS = {
    TOKEN_VARIABLE: "987654321:AAmimaTELEGRAMmimaTELEGRAM",
    WEBHOOK_SECRET_VARIABLE: "mimaWEBHOOKmimaWEBHOOK",
    WORDING_KEY_VARIABLE: "sk-mimaWORDING",
    WECHAT_TOKEN_VARIABLE: "mimaWECHATTOKEN",
    WECHAT_AES_VARIABLE: "mimaAES" * 6,
    WECHAT_SECRET_VARIABLE: "mimaWECHATSECRET",
    WECOM_SECRET_VARIABLE: "mimaWECOM",
    MILVUS_TOKEN_VARIABLE: "root:mimaMILVUS",
}
PASSWORD = "mimaDATABASE"
API_KEY = "mimaAPIKEY"
WORDED = "retrieval:\n  wording:\n    url: http://127.0.0.1:9/v1\n    model: m\n"
SECRET_WORD = "mima"  # in each of them


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs_corpus").mkdir()
    (folder / "config.yaml").write_text(WORDED, encoding="utf-8")
    shutil.copy(ROOT / "docs_corpus" / "lexicon.yaml", folder / "docs_corpus")
    site = Site(config.load(folder / "config.yaml", folder / "var", environment={}), folder)
    site.library.add(site.file("plan.txt", PLAN), {"region": "甲市", "period": "2021-2025"})
    return folder


@pytest.fixture
def folder(made, monkeypatch):
    for variable, secret in SECRETS.items():
        monkeypatch.setenv(variable, secret)
    return made


def run(folder, capfd, caplog, words, told=""):
    """Run a command with logs at their most talkative; return the exit code and everything it said anywhere."""
    path = folder / "other.yaml"
    path.write_text(told or WORDED, encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        code = main([*words, "--config", str(path), "--data-dir", str(folder / "var")])
    printed = capfd.readouterr()
    return code, printed.out + printed.err + caplog.text


BAD_TOKEN = "bot:\n  telegram:\n    webhook_url: nowhere\n"
WECHAT = "bot:\n  wechat:\n    app_id: wx1\n"
KEY_IN_CLEAR = f"bot:\n  web:\n    api_keys:\n      - {{name: 甲, sha256: {API_KEY}}}\n"


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (["ask", "灵活就业有补贴吗"], "", 0),
        (["ask", "灵活就业有补贴吗", "--json"], "", 0),
        (["doctor"], "", 0),
        (["doctor", "--json"], "", 0),
        (["docs", "list", "--json"], "", 0),
        (["audit", "--json"], "", 0),
        (["serve"], BAD_TOKEN, 1),
        (["serve"], WECHAT, 1),
        (["telegram"], BAD_TOKEN, 1),
        (["doctor"], KEY_IN_CLEAR, 1),
        (["ask", "甲"], "bot: [", 1),
    ],
)
def test_no_command_tells_a_secret(folder, capfd, caplog, words, told, code):
    """Whether it works or fails: output, errors and debug logs hold none of them."""
    found, said = run(folder, capfd, caplog, words, told)
    assert (found, SECRET_WORD in said) == (code, False), said
    assert said


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://policy:{PASSWORD}@127.0.0.1:9/records",
        f"nosuch://policy:{PASSWORD}@127.0.0.1:9/records",
        f"//policy:{PASSWORD}@db",
    ],
)
@pytest.mark.parametrize("words", [["doctor"], ["questions", "stats"], ["audit"]])
def test_a_database_password_stays_in_the_environment(folder, capfd, caplog, monkeypatch, words, url):
    """A database that cannot be opened is named without its password."""
    monkeypatch.setenv("POLICYBOT_RECORDS_URL", url)
    code, said = run(folder, capfd, caplog, words)
    assert (code, SECRET_WORD in said) == (0 if words == ["doctor"] else 1, False), said


def test_no_page_tells_a_secret(folder):
    """Every address that can be read without a parameter, and those a curious caller tries."""
    found = config.load(folder / "config.yaml", folder / "var")
    tried = ["/version", "/metrics", "/config.yaml", "/.env", "/static/../../config.yaml", "/api/v1/config"]
    with app.open_service(found) as assistant:
        web = create_app(assistant, settings=found.settings.bot)
        tried += [route.path for route in web.routes if isinstance(route, APIRoute) and "{" not in route.path]
        client = TestClient(web, raise_server_exceptions=False)
        said = {path: client.get(path).text + str(client.get(path).headers) for path in tried}
    assert [path for path, words in said.items() if SECRET_WORD in words] == []


def test_a_configuration_shows_paths_only(folder):
    """Where it is printed or logged whole, the secrets are not in it."""
    found = config.load(folder / "config.yaml", folder / "var")
    assert found.telegram_token == SECRETS[TOKEN_VARIABLE]
    assert SECRET_WORD not in f"{found} {found!r}"
