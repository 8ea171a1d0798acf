"""Users, sign-in and sessions over a real database."""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import app, cli, config
from bot.access import ConsoleRole, Deed, may
from bot.accounts.accounts import Accounts
from bot.accounts.sessions import csrf_of
from bot.accounts.types import LockedOutError, SignInError
from bot.errors import InputError
from bot.records.audit import entries, verify_chain
from bot.records.database import DATABASE
from bot.records.records import Records, open_records
from bot.settings import ConsoleSettings, RecordsSettings

PASSWORD = "正确的密码-一二三四"
HERE = "192.0.2.1"


class Time:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def records(tmp_path: Path, time: Time):
    records = open_records(RecordsSettings(), tmp_path, 5, time)
    yield records
    records.close()


@pytest.fixture
def accounts(records: Records) -> Accounts:
    accounts = Accounts(records, ConsoleSettings())
    accounts.add("测试员", "李静", ConsoleRole.EDITOR, PASSWORD)
    return accounts


def test_signed_in(accounts: Accounts):
    """The token finds the user, their role and the token of their forms; another finds nobody."""
    token = accounts.sign_in("李静", PASSWORD, HERE)
    session = accounts.session(token)
    assert (session.user, session.role, session.csrf) == ("李静", ConsoleRole.EDITOR, csrf_of(token))
    assert accounts.session(token[:-1]) is None
    accounts.sign_out(token)
    assert accounts.session(token) is None


def test_what_is_stored(accounts: Accounts, tmp_path: Path):
    """Neither password nor token nor address is in the database."""
    token = accounts.sign_in("李静", PASSWORD, HERE)
    with pytest.raises(SignInError):
        accounts.sign_in("李静", "另一个密码另一个密码", HERE)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob(f"{DATABASE}*"))
    assert [secret for secret in (PASSWORD, token, HERE) if secret.encode() in kept] == []
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in kept


@pytest.mark.parametrize(
    ("passed", "found"),
    [([29, 29], True), ([31], False), ([29] * 25, False)],
    ids=["used", "idle", "twelve hours"],
)
def test_a_session_ends(accounts: Accounts, time: Time, passed, found):
    """After half an hour unused, or twelve hours in all."""
    token = accounts.sign_in("李静", PASSWORD, HERE)
    for minutes in passed:
        time.now += timedelta(minutes=minutes)
        session = accounts.session(token)
    assert (session is not None) is found


def test_locked_out(accounts: Accounts, time: Time):
    """Five wrong passwords lock user and address out, say how long, and not the user elsewhere."""
    for _ in range(5):
        with pytest.raises(SignInError, match="用户名或密码不对"):
            accounts.sign_in("李静", "不是这个不是这个不是", HERE)
        time.now += timedelta(minutes=1)
    with pytest.raises(LockedOutError, match="请 10 分钟后再试"):
        accounts.sign_in("李静", PASSWORD, HERE)
    accounts.sign_in("李静", PASSWORD, "198.51.100.7")
    time.now += timedelta(minutes=10)
    assert accounts.session(accounts.sign_in("李静", PASSWORD, HERE)) is not None


def test_many_names_from_one_address(accounts: Accounts):
    """An address that tries many names is locked out as well."""
    for number in range(20):
        with pytest.raises(SignInError, match="用户名或密码不对"):
            accounts.sign_in(f"user{number}", "guess-guess", HERE)
    with pytest.raises(LockedOutError, match="请 15 分钟后再试"):
        accounts.sign_in("李静", PASSWORD, HERE)


def test_disabled(accounts: Accounts):
    """A disabled user is out at once, and in again when enabled."""
    token = accounts.sign_in("李静", PASSWORD, HERE)
    accounts.disable("测试员", "李静")
    assert accounts.session(token) is None
    with pytest.raises(SignInError, match="用户名或密码不对"):
        accounts.sign_in("李静", PASSWORD, HERE)
    accounts.disable("测试员", "李静", disabled=False)
    assert accounts.session(token) is None
    assert accounts.session(accounts.sign_in("李静", PASSWORD, HERE)) is not None


def test_another_password(accounts: Accounts):
    """The old one and the sessions begun with it are void."""
    token = accounts.sign_in("李静", PASSWORD, HERE)
    accounts.set_password("测试员", "李静", "换成这个新的密码可以吧")
    assert accounts.session(token) is None
    with pytest.raises(SignInError):
        accounts.sign_in("李静", PASSWORD, HERE)
    accounts.sign_in("李静", "换成这个新的密码可以吧", HERE)


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        ("李静", PASSWORD, "用户 李静 已经有了"),
        ("a b", PASSWORD, "用户名 'a b' 用不了"),
        ("<b>", PASSWORD, "用不了"),
        ("wang", "短", "10 到 200 个字符,现在是 1 个"),
        ("wang", "x" * 201, "现在是 201 个"),
        ("wang", "WANG-2026-ok", "不能有用户名"),
        ("wang", "1111111111", "一个字符的重复"),
    ],
)
def test_refused(accounts: Accounts, name, password, message):
    """The reason is said and nobody is added."""
    with pytest.raises(InputError, match=message):
        accounts.add("测试员", name, ConsoleRole.ADMIN, password)
    assert [(user.name, user.role) for user in accounts.listed()] == [("李静", ConsoleRole.EDITOR)]


def test_nobody_of_that_name(accounts: Accounts):
    """The command that lists names is said."""
    with pytest.raises(InputError, match="没有用户 nobody;policybot users list"):
        accounts.disable("测试员", "nobody")


def test_audit(accounts: Accounts, records: Records):
    """Users added, changed and signed in are on record, in a whole chain."""
    accounts.sign_in("李静", PASSWORD, HERE)
    accounts.disable("测试员", "李静")
    listed = records.read(lambda c: entries(c, 10))
    assert [(e.actor, e.action, e.subject) for e in listed] == [
        ("测试员", "user.disabled", "李静"),
        ("web:李静", "user.signed_in", "李静"),
        ("测试员", "user.added", "李静"),
    ]
    assert records.read(verify_chain) is None


def test_sessions_are_purged(accounts: Accounts, records: Records, time: Time):
    """Sessions that ended long ago, and wrong passwords, go."""
    accounts.sign_in("李静", PASSWORD, HERE)
    deleted = records.purge(time.now + timedelta(days=9))
    assert (deleted["sessions"], deleted["failures"]) == (1, 0)
    assert records.read(lambda c: c.execute(text("SELECT count(*) FROM sessions")).scalar()) == 0


@pytest.mark.parametrize(
    ("role", "deeds"),
    [
        (ConsoleRole.VIEWER, {Deed.LOOK}),
        (ConsoleRole.EDITOR, {Deed.LOOK, Deed.EDIT}),
        (ConsoleRole.ADMIN, set(Deed)),
        ("nobody", set()),
    ],
)
def test_what_roles_may(role, deeds):
    """One table says it; what it does not name may nothing."""
    assert {deed for deed in Deed if may(role, deed)} == deeds


def test_commands(tmp_path: Path, capsys, monkeypatch):
    """A user is added with a password from standard input, listed, disabled."""
    (tmp_path / "config.yaml").write_text("bot: {}\n", encoding="utf-8")
    common = ["--config", str(tmp_path / "config.yaml"), "--data-dir", str(tmp_path / "var")]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert cli.main(["users", "add", "wang", "--role", "admin", *common]) == 0
    assert cli.main(["users", "disable", "wang", *common]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert cli.main(["users", "password", "wang", *common]) == 1
    capsys.readouterr()
    assert cli.main(["users", "list", "--json", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"name": "wang", "role": "admin", "disabled": True}
    opened = config.load(tmp_path / "config.yaml", tmp_path / "var", environment={})
    records = app.open_records(opened)
    assert [e.action for e in records.read(lambda c: entries(c, 5))] == ["user.disabled", "user.added"]
    records.close()
