"""``policybot backup`` and ``policybot restore``."""

import argparse
import sys
from pathlib import Path

from bot.backup.restore import restore as put_back
from bot.backup.save import save
from bot.backup.types import CONFIG
from bot.config import DEFAULT_DATA_DIR, Config


def backup(config: Config, options: argparse.Namespace) -> None:
    """Write the installation to one file."""
    files = save(config, config.file, options.file)
    size = options.file.stat().st_size / 2**20
    print(f"已备份 {len(files)} 个文件到 {options.file}({size:.1f} MB)")
    if config.settings.bot.records.url:
        print("运行记录在另一个数据库里,不在这个备份里;请用那个数据库自己的工具备份", file=sys.stderr)


def restore(config: Config, options: argparse.Namespace) -> None:
    """Put an installation back, where the configuration says or in a folder of its own."""
    root: Path = options.to or config.corpus_dir.parent
    data_dir = options.to / DEFAULT_DATA_DIR if options.to else config.data_dir
    count = put_back(options.file, root, data_dir, force=options.force)
    print(
        f"已恢复 {count} 个文件到 {root};"
        f"请运行 policybot --config {root / CONFIG} --data-dir {data_dir} doctor 检查"
    )
