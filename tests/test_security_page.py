"""Every row of docs/security.md names a test, and each of them is there."""

import re

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
TESTS = re.compile(r"tests/[\w/]+\.py")
HEADINGS = ("威胁", "入口")


def rows(heading: str) -> list[str]:
    """The rows of the table under a heading, without its head."""
    section = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_row_names_a_test(heading):
    """A claim without a test is none."""
    assert rows(heading)
    assert [row for row in rows(heading) if not TESTS.search(row)] == []


def test_the_tests_are_there():
    """No path on the page leads nowhere."""
    assert [path for path in set(TESTS.findall(PAGE)) if not (ROOT / path).is_file()] == []
