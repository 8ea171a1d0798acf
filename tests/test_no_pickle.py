"""No pickle anywhere: whoever can write a file of ours must not thereby run code."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import Config
from tests.test_architecture import PACKAGES, ROOT, imported, sources

UNPICKLERS = {
    "pickle",
    "_pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "shelve",
    "marshal",
    "joblib",
    "jsonpickle",
}
UNSAFE = {
    "load": {"yaml", "torch"},  # yaml.safe_load and safetensors exist
    "unsafe_load": {"yaml"},
    "full_load": {"yaml"},
}
_LISTENING = """
import sys
heard = []
sys.addaudithook(lambda event, _: heard.append(event) if event == "pickle.find_class" else None)
from pathlib import Path
from bot import app, config
found = config.load(Path("config.yaml"), Path(sys.argv[1]), environment={})
assert app.open_answerer(found).ask("灵活就业有什么支持").citations
print(heard)
"""


def calls(path: Path):
    """Every call of a file as (module or object, function, call)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            yield node.func.value.id, node.func.attr, node


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_imports_an_unpickler(package):
    """No module that runs code while it reads data is imported."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(package)
        for name in imported(path)
        if name.split(".")[0] in UNPICKLERS
    ]
    assert found == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_loader_is_told_to_unpickle(package):
    """NumPy reads arrays without objects, YAML is read without tags, no model is a pickle."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources(package)
        for owner, name, call in calls(path)
        if owner in UNSAFE.get(name, ())
        or any(
            word.arg == "allow_pickle"
            and not (isinstance(word.value, ast.Constant) and word.value.value is False)
            for word in call.keywords
        )
    ]
    assert found == []


def test_opening_and_answering_unpickles_nothing(shipped: Config):
    """The interpreter itself reports every class a pickle asks for: from start to answer there is none."""
    command = [sys.executable, "-c", _LISTENING, str(shipped.data_dir)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_no_file_we_write_is_a_pickle(shipped: Config):
    """Neither by its beginning (protocol 2 or later) nor by its name."""
    pickles = [
        path
        for path in shipped.data_dir.rglob("*")
        if path.is_file()
        and (path.suffix in {".pkl", ".pickle", ".pt", ".joblib"} or _begins_as_pickle(path))
    ]
    assert pickles == []


def _begins_as_pickle(path: Path) -> bool:
    with path.open("rb") as file:
        beginning = file.read(2)
    return len(beginning) == 2 and beginning[0] == 0x80 and 2 <= beginning[1] <= 5
