"""Two versions of a document: what came, what went, what was changed, what only moved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import indicators, tree
from index.diff import Difference, compare_versions
from index.rows import Version
from index.types import Document
from index.words_diff import Run, differing_words

DOCUMENT = Document("jia", "甲市就业办法", "甲市", (), None, None, None, None, "jia.txt", "0" * 64)
ARTICLES = (
    "为了促进就业,制定本办法。",
    "对灵活就业人员给予社会保险补贴。",
    "每年新增就业岗位450个。",
    "用人单位应当按时足额支付工资。",
)


def version(*articles: str) -> Version:
    """Read a regulation of these articles, numbered in order."""
    numbers = "一二三四五六七八九"
    text = "甲市就业办法\n" + "".join(f"第{numbers[at]}条 {words}\n" for at, words in enumerate(articles))
    clauses = tree.parse(DOCUMENT.id, text)
    return Version(DOCUMENT, text, clauses, (), indicators.extract(DOCUMENT, text, clauses).rows)


def paths(difference: Difference) -> dict[str, list[tuple[str, str]]]:
    """Name the clauses of each kind of change, with where they stood before."""
    kinds = ("added", "removed", "changed", "moved")
    return {
        kind: [(c.path, c.moved_from) for c in getattr(difference, kind)]
        for kind in kinds
        if getattr(difference, kind)
    }


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (ARTICLES, {}),
        ((*ARTICLES, "本办法自印发之日起施行。"), {"added": [("第五条", "")]}),
        (
            (ARTICLES[0], "劳动者享有平等就业的权利。", *ARTICLES[1:]),
            {
                "added": [("第二条", "")],
                "moved": [("第三条", "第二条"), ("第四条", "第三条"), ("第五条", "第四条")],
            },
        ),
        (ARTICLES[:3], {"removed": [("第四条", "")]}),
        (ARTICLES[1:], {"removed": [("第一条", "")], "moved": [
            ("第一条", "第二条"), ("第二条", "第三条"), ("第三条", "第四条"),
        ]}),
        (
            (*ARTICLES[:2], "每年新增就业岗位500个。", ARTICLES[3]),
            {"changed": [("第三条", "")]},
        ),
        (
            (ARTICLES[0], ARTICLES[3].replace("足额", ""), *ARTICLES[1:3]),
            {
                "changed": [("第二条", "第四条")],
                "moved": [("第三条", "第二条"), ("第四条", "第三条")],
            },
        ),
        (
            (*ARTICLES[:3], "本办法由市人社局负责解释。"),
            {"added": [("第四条", "")], "removed": [("第四条", "")]},
        ),
    ],
)  # fmt: skip
def test_clauses(after: tuple[str, ...], expected: dict[str, list[tuple[str, str]]]):
    """A clause keeps its identity by its words: one put in between does not change those behind it."""
    assert paths(compare_versions(version(*ARTICLES), version(*after))) == expected


def test_values():
    """A changed number is one changed value; a measure that came or went stands alone."""
    changed = version(*ARTICLES[:2], "每年新增就业岗位500个。", "每年培训农民工200人。")
    found = compare_versions(version(*ARTICLES), changed).values
    assert [
        (v.name, v.before.value if v.before else None, v.after.value if v.after else None) for v in found
    ] == [("新增就业岗位", "450", "500"), ("培训农民工", None, "200")]


def test_gaps_of_the_typesetter_are_no_change():
    """Blanks between Chinese characters do not count."""
    spaced = version(ARTICLES[0].replace("促进", "促 进"), *ARTICLES[1:])
    assert not compare_versions(version(*ARTICLES), spaced)


def test_a_difference_of_many_clauses():
    """A plan renumbered throughout is compared by its words."""
    words = tuple(f"第{at}项任务由{chr(0x4E00 + at * 7)}{chr(0x4E80 + at * 5)}部门负责。" for at in range(9))
    difference = compare_versions(version(*words), version(*reversed(words)))
    assert (difference.added, difference.removed, difference.changed) == ((), (), ())
    assert [c.moved_from for c in difference.moved] == [
        "第九条", "第八条", "第七条", "第六条", "第四条", "第三条", "第二条", "第一条",
    ]  # fmt: skip


WORDS = st.text(alphabet="甲乙丙丁0123.,a ", max_size=12)


@given(before=st.lists(WORDS, min_size=1, max_size=6), after=st.lists(WORDS, min_size=1, max_size=6))
def test_every_clause_is_told_once(before: list[str], after: list[str]):
    """Each clause of either version is kept, changed, moved, added or removed, and no two of these."""
    old, new = version(*before), version(*after)
    found = compare_versions(old, new)
    come = [c.path for c in (*found.added, *found.changed, *found.moved)]
    gone = [c.path for c in found.removed] + [c.moved_from or c.path for c in (*found.changed, *found.moved)]
    assert len(come) == len(set(come))
    assert len(gone) == len(set(gone))
    assert set(come) <= {c.path for c in new.clauses}
    assert set(gone) <= {c.path for c in old.clauses}
    assert not compare_versions(old, replace(old))


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("新增450个", "新增500个", [("新增", "新增"), ("450", "500"), ("个", "个")]),
        ("给予补贴", "给予一次性补贴", [("给予", "给予"), ("", "一次性"), ("补贴", "补贴")]),
        ("足额支付", "支付", [("足额", ""), ("支付", "支付")]),
        ("按月领取失业金", "按季度领取失业金", [("按", "按"), ("月", "季度"), ("领取失业金", "领取失业金")]),
        ("甲的乙", "丙的丁", [("甲的乙", "丙的丁")]),
        ("相同", "相同", [("相同", "相同")]),
    ],
)
def test_words(before: str, after: str, runs: list[tuple[str, str]]):
    """What differs is told in whole numbers and runs, not in single characters that meet by chance."""
    assert [(run.before, run.after) for run in differing_words(before, after)] == runs


@given(before=WORDS, after=WORDS)
def test_runs_give_both_wordings_back(before: str, after: str):
    """Nothing is lost between the runs."""
    runs = differing_words(before, after)
    assert "".join(run.before for run in runs) == before
    assert "".join(run.after for run in runs) == after
    assert Run("", "") not in runs
