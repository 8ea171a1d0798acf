"""A plan of a city that does not exist, and a reader of its rows."""

from collections.abc import Callable
from datetime import date

import pytest

from index.indicators import extract
from index.types import Document, Period


@pytest.fixture
def plan() -> Document:
    """A five-year plan of a city that does not exist."""
    return Document(
        id="binhai",
        title="滨海市社会事业发展“十四五”规划",
        region="滨海市",
        aliases=("滨海",),
        issuer="滨海市人民政府",
        number=None,
        published=date(2021, 9, 1),
        period=Period(2021, 2025),
        file="binhai.txt",
        sha256="0" * 64,
    )


@pytest.fixture
def read(plan: Document) -> Callable[[str], list[str]]:
    """Read a text without clauses; each row as one line: ``毛入园率 >= 95 % @ target 2025``."""

    def describe(text: str) -> list[str]:
        return [
            f"{row.name} {row.comparator} {row.value} {row.unit} @ {row.role.value} {row.period}".replace(
                "  ", " "
            )
            for row in extract(plan, text, ()).rows
        ]

    return describe
