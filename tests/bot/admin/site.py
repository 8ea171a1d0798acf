"""A small installation of its own: config, corpus and data in one folder, with the real bundled encoder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import app
from bot.admin.library import Library
from bot.config import Config
from index import manifest
from index.archive import ARCHIVE
from index.database import GENERATIONS, generation_folder, transaction
from retrieval.types import Answer

PLAN = """甲市就业规划

一、就业
(一)补贴。对灵活就业人员给予社会保险补贴。
(二)培训。每年培训农民工450人。
(三)欠薪。建立欠薪保障金。

二、保障
(一)组织。成立领导小组。
"""
REVISED = (
    PLAN.replace("450人", "500人").replace("(三)欠薪。建立欠薪保障金。\n", "") + "(二)经费。列入年度预算。\n"
)
SETTINGS = {"manifest.yaml", "regression.jsonl"}
NOTICE = """乙市养老补贴通知

一、对象
年满八十岁的老人每月发放高龄津贴100元。
"""


@dataclass(frozen=True)
class Site:
    """An installation under test."""

    config: Config
    folder: Path

    @property
    def library(self) -> Library:
        """The verbs, in the name of a tester."""
        return Library(self.config, "测试员")

    def file(self, name: str, words: str) -> Path:
        """Write a file outside the corpus, as an admin has it."""
        path = self.folder / name
        path.write_text(words, encoding="utf-8")
        return path

    def ask(self, question: str) -> Answer:
        """Ask whichever generation is live."""
        return app.open_answerer(self.config, today=lambda: date(2026, 11, 23)).ask(question)

    def quotes(self, question: str) -> list[str]:
        """The words an answer cites."""
        return [citation.quote for citation in self.ask(question).citations]

    def corpus(self) -> dict[str, bytes]:
        """Every file of docs_corpus/."""
        return {path.name: path.read_bytes() for path in sorted(self.config.corpus_dir.iterdir())}

    def strays(self) -> list[str]:
        """Every file and folder that nothing points to: half-written ones, and what a crash could leave."""
        listed = {document.file for document in manifest.load(self.config.corpus_dir)}
        data_dir = self.config.data_dir
        with transaction(data_dir) as connection:
            numbers = connection.exec_driver_sql("SELECT id FROM generations WHERE state = 'ready'").scalars()
            kept = {generation_folder(data_dir, number).name for number in numbers}
        return sorted(
            path.name
            for path in (
                *(p for p in self.config.corpus_dir.iterdir() if p.name not in listed | SETTINGS),
                *(p for p in (data_dir / GENERATIONS).iterdir() if p.name not in kept),
                *(data_dir / ARCHIVE).rglob("*.partial"),
                *data_dir.glob("*pending*"),
            )
        )
