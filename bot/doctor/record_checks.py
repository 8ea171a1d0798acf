"""What surrounds the answers: records, salt, disk and clock."""

import shutil
import stat
import time
from pathlib import Path

from sqlalchemy import create_engine

from bot.config import Config
from bot.doctor.index_checks import integrity
from bot.doctor.types import Finding, State
from bot.privacy.pseudonyms import SALT, open_salt
from bot.records.audit import verify_chain
from bot.records.database import DATABASE as SERVICE
from bot.records.database import reading, revision_of
from bot.records.schema import REVISION
from index.errors import PolicybotError

_LOW_MB, _FULL_MB = 1024, 100  # a generation of a hundred documents takes some 100 MB; a build holds two
_AHEAD_S = 300  # files written later than now by more than this: the clock went back
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def _service(path: Path) -> Finding:
    broken = integrity(path)
    if broken:
        return Finding("运行记录", State.FAULT, f"{path} 坏了({broken});请用 policybot restore 恢复备份")
    engine = create_engine(f"sqlite:///{path}")
    try:
        with reading(engine) as connection:
            found = revision_of(connection)
            if found != REVISION:
                old = f"表结构是 {found or '空'} 版,本程序用 {REVISION} 版;较旧的在下次启动时升级,较新的请升级 policybot"
                return Finding("运行记录", State.WARNING if found < REVISION else State.FAULT, old)
            gap = verify_chain(connection)
    finally:
        engine.dispose()
    if gap:
        return Finding(
            "运行记录", State.FAULT, f"审计记录第 {gap.id} 条{gap.problem};请保留现场,对照备份查明"
        )
    return Finding("运行记录", State.OK, "数据库完好,审计记录连续")


def check_records(config: Config) -> Finding:
    """The service's database is whole, at the newest tables, and its audit chain unbroken; opened, never made."""
    path = config.data_dir / SERVICE
    if config.settings.bot.records.url:
        return Finding("运行记录", State.WARNING, "放在另一个数据库里,这里不查;请用那个数据库自己的工具")
    if not path.is_file():
        return Finding("运行记录", State.OK, "还没有;第一次启动服务时建立")
    try:
        return _service(path)
    except PolicybotError as error:
        return Finding("运行记录", State.FAULT, f"{error};文件坏了就从备份恢复")


def check_salt(config: Config) -> Finding:
    """The key of pseudonyms is whole and readable by its owner only."""
    path = config.data_dir / SALT
    if not path.exists():
        made = (config.data_dir / SERVICE).is_file()
        lost = f"{path} 不见了,存下的记录对不上人;请从备份恢复"
        return (
            Finding("盐", State.FAULT, lost) if made else Finding("盐", State.OK, "还没有;第一次启动时建立")
        )
    try:
        open_salt(config.data_dir)
    except PolicybotError as error:
        return Finding("盐", State.FAULT, str(error))
    if path.stat().st_mode & _OTHERS:
        return Finding("盐", State.WARNING, f"别的用户也能读 {path};请运行 chmod 600 {path}")
    return Finding("盐", State.OK, "完好,只有本用户能读")


def _existing(folder: Path) -> Path:
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


def check_disk(config: Config) -> Finding:
    """There is room for the next generation."""
    free = shutil.disk_usage(_existing(config.data_dir)).free // 2**20
    state = State.FAULT if free < _FULL_MB else State.WARNING if free < _LOW_MB else State.OK
    return Finding(
        "磁盘", state, f"{config.data_dir} 还有 {free} MB" + (";请腾出空间" if state != State.OK else "")
    )


def check_clock(config: Config) -> Finding:
    """No file of ours is from the future; no network is asked."""
    files = [
        path
        for folder in (config.corpus_dir, config.data_dir)
        if folder.is_dir()
        for path in folder.iterdir()
    ]
    newest = max(files, key=lambda path: path.stat().st_mtime, default=None)
    if newest and newest.stat().st_mtime > time.time() + _AHEAD_S:
        return Finding("时钟", State.WARNING, f"{newest} 的时间比现在还晚;请检查系统时间(timedatectl)")
    return Finding("时钟", State.OK, time.strftime("%Y-%m-%d %H:%M"))
