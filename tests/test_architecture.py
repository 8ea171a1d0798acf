"""The house rules that a machine can check."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("index", "retrieval", "bot")
# package → the packages it may import
ALLOWED = {"index": {"index"}, "retrieval": {"retrieval", "index"}, "bot": {"bot", "retrieval", "index"}}
# third-party engine → the only files that import it
ONE_IMPORTER = {
    "faiss": {"index/vectors.py"},
    "bm25s": {"index/bm25.py"},
    "onnxruntime": {"index/encoders/parts/e5_engine.py"},
    "onnx": {"index/encoders/parts/e5_graph.py"},
    "sentencepiece": {"index/encoders/parts/e5_pieces.py"},
    "telegram": None,  # a folder of its own, checked below
}
MAX_LINES = 300


def sources(package: str) -> Iterator[Path]:
    yield from sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module a file imports, at the top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package):
    """Bot imports retrieval imports index, and nothing points back."""
    backwards = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(package)
        for name in imported(path)
        if name.split(".")[0] in PACKAGES and name.split(".")[0] not in ALLOWED[package]
    ]
    assert backwards == []


@pytest.mark.parametrize(("engine", "files"), [(e, f) for e, f in ONE_IMPORTER.items() if f])
def test_an_engine_has_one_importer(engine, files):
    """Replacing an engine means replacing one file."""
    importers = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in sources(package)
        if any(name.split(".")[0] == engine for name in imported(path))
    }
    assert importers == files


def test_telegram_stays_in_its_channel():
    """No file outside the Telegram channel knows python-telegram-bot."""
    strays = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in sources(package)
        if "telegram" in {name.split(".")[0] for name in imported(path)}
        and "bot/channels/telegram" not in path.as_posix()
    ]
    assert strays == []


@pytest.mark.parametrize("package", PACKAGES)
def test_files_stay_small(package):
    """A file that outgrows a screenful or three is split at its seam."""
    long = {
        str(p.relative_to(ROOT)): n
        for p in sources(package)
        if (n := len(p.read_text("utf-8").splitlines())) > MAX_LINES
    }
    assert long == {}


def test_no_shipped_document_is_named_in_the_code():
    """Nothing is written for the two shipped documents: their names occur in data only."""
    named = [
        f"{path.relative_to(ROOT)}: {word}"
        for package in PACKAGES
        for path in sources(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and not _is_docstring_like(node.value)
        for word in ("青浦", "襄阳", "qingpu", "xiangyang")
        if word in node.value
    ]
    assert named == []


def _is_docstring_like(text: str) -> bool:
    """Docstrings and help texts may give examples; a bare name may not steer anything."""
    return len(text) > 12 or "例如" in text


def _grows(function: ast.FunctionDef) -> bool:
    """Whether a function with parameters remembers its results without a bound."""
    arguments = function.args
    if not (arguments.args or arguments.kwonlyargs or arguments.posonlyargs or arguments.vararg):
        return False
    unbounded = {"cache", "lru_cache(None)", "lru_cache(maxsize=None)"}
    return any(ast.unparse(one).removeprefix("functools.") in unbounded for one in function.decorator_list)


@pytest.mark.parametrize("package", PACKAGES)
def test_caches_are_bounded(package):
    """A server runs for months: what is remembered of questions and generations has a limit."""
    unbounded = [
        f"{path.relative_to(ROOT)} {node.name}"
        for path in sources(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and _grows(node)
    ]
    assert unbounded == []
