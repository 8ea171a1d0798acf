"""The parts that answers are made from: documents, encoder, index."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from bot import app
from bot.config import Config
from bot.doctor.types import Finding, State
from index import manifest
from index.database import DATABASE
from index.errors import PolicybotError, StoreError
from index.store import open_whole

_KNOWN_TEXT = "政策规划"
_UNIT = 1e-3  # how far the length of a vector may be from 1: float32 and the C engine stay below 1e-5


def check_corpus(config: Config) -> Finding:
    """Every file of the manifest is there, readable and unchanged."""
    try:
        found = manifest.load(config.corpus_dir)
    except PolicybotError as error:
        return Finding("文件", State.FAULT, str(error))
    if not found:
        return Finding("文件", State.WARNING, f"{config.corpus_dir} 里还没有文件;用 policybot docs add 添加")
    return Finding("文件", State.OK, f"{len(found)} 份,都与清单一致")


def integrity(path: Path) -> str:
    """Return what SQLite finds wrong with a file, ``""`` where it is whole; changes nothing.

    :raises StoreError: it cannot be read as a database
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.Error as error:
        raise StoreError(f"{path} 读不了:{error}") from None
    return "" if found == "ok" else found.splitlines()[0]


def _index(config: Config, parts: app.Parts) -> Finding:
    path = config.data_dir / DATABASE
    try:
        broken = integrity(path) if path.is_file() else ""
        if broken:
            return Finding("索引", State.FAULT, f"{path} 坏了({broken});移走它,再运行 policybot index")
        live = open_whole(config.data_dir, parts.stamp, parts.backend)
    except PolicybotError as error:
        return Finding("索引", State.FAULT, str(error))
    if live.damaged:
        return Finding("索引", State.FAULT, f"暂由较早的第 {live.id} 代回答:{';'.join(live.damaged)}")
    return Finding(
        "索引",
        State.OK,
        f"第 {live.id} 代,{len(live.documents)} 份文件、{len(live.passages)} 段、{len(live.indicators)} 个指标值",
    )


def check_answering(config: Config) -> Iterator[Finding]:
    """The encoder makes a vector of a known text; the live index opens and its files are as published."""
    try:
        parts = app.open_parts(config)
        vector = parts.encoder.encode_queries([_KNOWN_TEXT])[0]
    except StoreError as error:  # where the index is kept cannot be reached
        yield Finding("索引", State.FAULT, str(error))
        return
    except PolicybotError as error:
        yield Finding("编码器", State.FAULT, str(error))
        return
    if vector.shape != (parts.encoder.dimension,) or not abs(float(np.linalg.norm(vector)) - 1) < _UNIT:
        yield Finding("编码器", State.FAULT, "已知文字的向量长度不是 1;请重新安装 policybot")
        return
    yield Finding("编码器", State.OK, f"能用,{parts.encoder.dimension} 维")
    yield _index(config, parts)
