"""What is installed to run the program binds nobody who uses it, and is pinned."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# what a package says of its licence, in whatever words → may it be used as a library without binding us
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL|Mozilla|Zlib|CC0|0BSD|BSL|CNRI|Unlicense|HPND"
    r"|LGPL|Lesser General Public",
    re.IGNORECASE,
)
COMES_WITH_PIP = {"setuptools"}  # pip freeze leaves it out
BINDING = re.compile(
    r"AGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public|SSPL|Commons Clause|CC-BY-NC|Proprietary",
    re.IGNORECASE,
)


def _wanted(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, ""))


def closure(requirements: list[Requirement]) -> dict[str, metadata.Distribution]:
    """Every distribution that the requirements need here, and those need in turn."""
    found: dict[str, metadata.Distribution] = {}
    seen, waiting = set(), [(each.name, frozenset(each.extras)) for each in requirements]
    while waiting:
        step = waiting.pop()
        name, extras = canonicalize_name(step[0]), step[1]
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found[name] = metadata.distribution(step[0])
        needs = [Requirement(line) for line in found[name].requires or ()]
        waiting += [(need.name, frozenset(need.extras)) for need in needs if _wanted(need, extras)]
    return found


def licence(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence: expression, classifiers, else the first line of the field."""
    said = distribution.metadata
    classifiers = [line for line in said.get_all("Classifier") or () if line.startswith("License ::")]
    return (
        said.get("License-Expression") or "; ".join(classifiers) or (said.get("License") or "").split("\n")[0]
    )


@pytest.fixture(scope="module")
def installed() -> dict[str, metadata.Distribution]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return closure([Requirement(line) for line in project["dependencies"]])


def test_nothing_that_runs_binds_its_users(installed):
    """Permissive licences, MPL, and LGPL as a library; no GPL, no AGPL, nothing that says nothing."""
    said = {name: licence(distribution) for name, distribution in installed.items()}
    assert {name: words for name, words in said.items() if not ALLOWED.search(words)} == {}
    assert {name: words for name, words in said.items() if BINDING.search(words)} == {}


def test_everything_that_runs_is_pinned(installed):
    """No version is left to chance: each is in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line}
    assert sorted(set(installed) - pinned - COMES_WITH_PIP) == []


@pytest.mark.parametrize(
    ("words", "binds"),
    [
        ("GPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("AGPL-3.0-or-later", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("Apache-2.0 AND MIT", False),
    ],
)
def test_binding_licences_are_told_apart(words, binds):
    """The lesser licence is none of them."""
    assert bool(BINDING.search(words)) == binds
