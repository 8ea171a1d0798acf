"""YAML as people and attackers write it: read, or refused with a line that says why."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import lexicon, manifest, outside, overrides
from index.errors import CorpusError
from index.yamlfile import read_yaml, shown

_LAUGHS = "a: &a [1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("? -\n", r"第 1 行:键应是一个词,不能是列表"),
        ("a: 1\n? {b: c}\n: 2\n", r"第 2 行:键应是一个词"),
        ("a: 1\nb: {c: 1, c: 2}\n", r"第 2 行:键 c 在同一条里出现了两次"),
        (_LAUGHS, r"展开引用\(\*\)之后超过 2000000 项;请去掉层层嵌套的引用"),
        ("&a [*a]\n", "不是合法的 YAML"),
        ("[" * 5000, "不是合法的 YAML"),
        ("day: 2021-13-45\n", "不是合法的 YAML"),
        ('!!python/object/apply:os.system ["true"]\n', "不是合法的 YAML"),
        ('a: !!int ""\n', "不是合法的 YAML"),
        ("a: !!bool x\n", "不是合法的 YAML"),
        ("a: \x00", "不是合法的 YAML"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, content: str, words: str):
    """One line says where and what to do; nothing is executed, nothing blows up."""
    path = tmp_path / "a.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=words) as caught:
        read_yaml(path)
    assert ("\n" in str(caught.value), len(str(caught.value)) < 500) == (False, True)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("甲市", "'甲市'"),
        (3, "3"),
        ("x" * 10_000, "'" + "x" * 97 + "..." + "x" * 98 + "'"),
        ([1] * 9, "[1, 1, 1, 1, 1, 1, ...]"),
    ],
)
def test_a_long_value_is_shortened(value: object, printed: str):
    """A message stays one that can be read."""
    assert shown(value) == printed


NODES = st.recursive(
    st.sampled_from(["a", "say", "1", "null", "2021-01-01", "*x", "~", "'", "甲", "-", "? ", "!!int", "&x"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(inner, inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
)
KEYS = ("documents", "entries", "corrections", "guards", "words", "id")


@given(st.dictionaries(st.sampled_from(KEYS), NODES, max_size=3), NODES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_corpus_file_is_read_or_refused(tmp_path: Path, keyed: dict[str, str], bare: str):
    """Manifest, thesaurus, corrections and the questions out of scope: whatever they hold, one clear line or a result."""
    for content in ("".join(f"{key}: {value}\n" for key, value in keyed.items()), bare):
        for name in (manifest.MANIFEST, "lexicon.yaml", overrides.OVERRIDES, outside.FILE):
            (tmp_path / name).write_text(content, encoding="utf-8")
        for load in (
            lambda: manifest.load(tmp_path),
            lambda: lexicon.load(tmp_path / "lexicon.yaml"),
            lambda: overrides.load(tmp_path, "a"),
            lambda: outside.load(tmp_path),
        ):
            try:
                load()
            except CorpusError as error:
                assert str(tmp_path) in str(error)  # noqa: PT017 - a refusal is one of two right outcomes
