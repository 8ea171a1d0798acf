"""The thesaurus: what it finds, what it leaves alone, and what it says about a broken file."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CorpusError
from index.lexicon import Entry, Lexicon, fold, load

SHIPPED = Path(__file__).parents[2] / "docs_corpus" / "lexicon.yaml"
LEXICON = load(SHIPPED)


def _found(text: str, lexicon: Lexicon = LEXICON) -> dict[str, str]:
    """The everyday phrases of ``text`` with the closest official term of each."""
    return {item.said: item.official[0] for item in lexicon.expand(text)}


def _write(folder: Path, text: str) -> Path:
    path = folder / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("老板跑路了怎么办", {"老板跑路": "欠薪逃匿"}),
        (
            "工地上干了半年,包工头不给工钱",
            {"工地上": "工程建设领域", "包工头": "施工总承包单位", "不给工钱": "拖欠工资"},
        ),
        (
            "我爸每年都要证明自己还活着才能领养老金",
            {"证明自己还活着": "社会保险待遇领取资格认证", "领养老金": "养老金发放"},
        ),
        ("全家都没工作政府管不管", {"全家都没工作": "零就业家庭"}),
        ("送外卖受伤谁来赔", {"送外卖受伤": "职业伤害保障"}),
        ("想学门手艺,再考个证", {"学门手艺": "职业技能培训", "考个证": "职业资格证书"}),
        ("师傅带徒弟有补贴吗", {"师傅带徒弟": "企业新型学徒制"}),
        ("开店没本钱", {"开店": "创业", "没本钱": "创业担保贷款"}),
        ("被公司开除了能告老板吗", {"被公司开除": "解除劳动合同", "告老板": "劳动人事争议仲裁"}),
        ("去办事大厅少跑几趟行不行", {"办事大厅": "经办服务大厅", "少跑几趟": "最多跑一次"}),
        ("上了黑名单怎么洗白", {"上了黑名单": "黑名单", "洗白": "信用修复"}),
        ("天天加班996合法吗", {"天天加班": "违法超时加班", "996": "违法超时加班"}),
        ("手机APP能查吗", {"手机APP": "掌上办"}),
        ("我下岗了,失业金怎么算", {"下岗了": "失业", "失业金": "失业保险金"}),
        ("老小区能不能装电梯", {"老小区": "城镇老旧小区改造", "装电梯": "既有住宅加装电梯"}),
    ],
)
def test_everyday_words_find_their_official_terms(question: str, expected: dict[str, str]) -> None:
    """A citizen's sentence yields the terms documents use for it."""
    assert _found(question) == expected


@pytest.mark.parametrize(
    "text",
    [
        "零就业家庭动态清零",
        "本科以下岗位有哪些",
        "需要工资证明",
        "参加薪酬调查的企业",
        "紧缺人才目录",
        "寻找活动场地",
        "提升职业能力",
        "企业新型学徒制",
        "科学技术进步",
        "推动基层网上访问便利化",
        "一九九六年有1996人",
        "中小企业和跨国企业",
        "落实习惯做法",
        "法院中止裁定的被裁定人",
        "缩短工期",
        "残疾人社会保障",
        "",
        " \t\n",
    ],
)
def test_lookalikes_are_left_alone(text: str) -> None:
    """Official wording, and words that hold an everyday phrase by accident, expand to nothing."""
    assert _found(text) == {}


def test_longest_phrase_wins_and_spans_point_into_the_text() -> None:
    """没工作 stands inside 全家没工作; only the longer is found, where it stands."""
    (item,) = LEXICON.expand("我们全家没工作")
    assert (item.said, item.span.start, item.span.end) == ("全家没工作", 2, 7)
    assert item.official == ("零就业家庭",)


def test_width_and_case_are_ignored() -> None:
    """Full-width letters and capitals match; the text's own characters are reported."""
    lexicon = Lexicon((Entry(("N+1",), ("经济补偿",)),))
    assert [item.said for item in lexicon.expand("赔n+1还是N+1")] == ["n+1", "N+1"]


def test_a_phrase_in_two_entries_has_the_terms_of_both() -> None:
    """Terms are joined in order, each once."""
    lexicon = Lexicon((Entry(("临时工",), ("灵活就业", "用工")), Entry(("临时工",), ("用工", "编外人员"))))
    assert lexicon.expand("临时工")[0].official == ("灵活就业", "用工", "编外人员")


def test_a_guard_hides_the_phrase_it_holds() -> None:
    """短工 is found alone, not inside a guard that starts before it."""
    lexicon = Lexicon((Entry(("短工",), ("零工",)),), guards=("缩短",))
    assert _found("打短工", lexicon) == {"短工": "零工"}
    assert _found("缩短工期", lexicon) == {}


def test_shipped_file_covers_everyday_speech() -> None:
    """At least 600 phrases and 150 user words, each said once."""
    said = Counter(fold(phrase) for entry in LEXICON.entries for phrase in entry.say)
    assert len(said) >= 600
    assert [phrase for phrase, times in said.items() if times > 1] == []
    assert len(set(LEXICON.user_words)) >= 150
    assert [word for word, times in Counter(LEXICON.user_words).items() if times > 1] == []


def test_shipped_phrases_are_long_enough_and_not_official_words() -> None:
    """No phrase is a single character; none is an official term or a guard."""
    said = {fold(phrase) for entry in LEXICON.entries for phrase in entry.say}
    official = {fold(term) for entry in LEXICON.entries for term in entry.official}
    assert {phrase for phrase in said if len(phrase) < 2} == set()
    assert said & (official | set(map(fold, LEXICON.guards))) == set()


def test_a_missing_or_empty_file_is_an_empty_lexicon(tmp_path: Path) -> None:
    """Nothing to read means nothing to expand, with one and the same digest."""
    empty = load(_write(tmp_path, "# 还没有词\n"))
    assert load(tmp_path / "none.yaml") == empty == Lexicon()
    assert empty.expand("老板跑路") == ()


def test_digits_are_words(tmp_path: Path) -> None:
    """A number needs no quotes: 007 stays 007."""
    lexicon = load(_write(tmp_path, "entries:\n  - say: [996, 007]\n    official: [工时制度]\n"))
    assert _found("公司搞007,不是1007", lexicon) == {"007": "工时制度"}


def test_digest_follows_the_content_not_the_layout(tmp_path: Path) -> None:
    """A comment or another YAML style keeps the digest; another word changes it."""
    flow = load(_write(tmp_path, "entries:\n  - say: [跑路]\n    official: [欠薪]\nwords: [稳岗返还]\n"))
    block = load(
        _write(tmp_path, "# 注\nwords:\n  - 稳岗返还\nentries:\n- {say: [跑路], official: [欠薪]}\n")
    )
    other = load(_write(tmp_path, "entries:\n  - say: [跑路]\n    official: [欠薪]\nwords: [稳岗补贴]\n"))
    assert flow.digest == block.digest
    assert flow.digest != other.digest
    assert (flow.entries, flow.user_words) == ((Entry(("跑路",), ("欠薪",)),), ("稳岗返还",))


@pytest.mark.parametrize(
    ("text", "line", "value", "remedy"),
    [
        ("entrys: []\n", 1, "entrys", "entries、guards、words"),
        ("words: [甲乙]\nwords: [丙丁]\n", 2, "words", "各写一次"),
        ("- 老板跑路\n", 1, "列表", "entries"),
        ("entries: 老板跑路\n", 1, "老板跑路", "["),
        ("entries:\n  - say: [跑路]\n    officials: [欠薪]\n", 3, "officials", "say、official"),
        ("entries:\n  - say: [跑路]\n", 2, "official", "say 和 official"),
        ("entries:\n  - say: [跑路]\n    official: []\n", 3, "列表", "["),
        ("entries:\n  - say:\n    - 跑路\n    -\n    official: [欠薪]\n", 4, "''", "2 个字"),
        ("entries:\n  - say: [跑]\n    official: [欠薪]\n", 2, "'跑'", "2 个字"),
        ("entries:\n  - say: [跑路, 欠薪]\n    official: [欠薪]\n", 2, "欠薪", "删掉"),
        ("words:\n  - [甲乙]\n", 2, "列表", "方括号"),
        ("entries:\n  - say: [跑路\n    official: [欠薪]\n", 3, "official", "括号"),
    ],
)
def test_a_malformed_file_is_refused_with_line_value_and_remedy(
    tmp_path: Path, text: str, line: int, value: str, remedy: str
) -> None:
    """The message names the file, the line, what stands there and what to change."""
    path = _write(tmp_path, text)
    with pytest.raises(CorpusError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"词库 {path} 第 {line} 行:")
    assert value in message
    assert remedy in message.rsplit("。", maxsplit=1)[-1]


@pytest.mark.parametrize(
    ("content", "value", "remedy"),
    [
        ("words: [跑路]".encode("gb18030"), "0x", "UTF-8"),
        (b"words:\n  - \x00", "第 2 行:有不允许的控制字符 U+0000", "删掉"),
    ],
)
def test_unreadable_bytes_are_refused(tmp_path: Path, content: bytes, value: str, remedy: str) -> None:
    """Another encoding and control characters are named."""
    path = tmp_path / "lexicon.yaml"
    path.write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        load(path)
    assert value in str(caught.value)
    assert remedy in str(caught.value)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    """A folder named like the file is an error, not an empty lexicon."""
    with pytest.raises(CorpusError, match="读不出来"):
        load(tmp_path)


_SAID = [phrase for entry in LEXICON.entries for phrase in entry.say]
_TEXTS = st.lists(st.one_of(st.sampled_from(_SAID), st.text(max_size=6)), max_size=12).map("".join)


@given(_TEXTS)
def test_expansions_are_ordered_slices_without_overlap(text: str) -> None:
    """Every span slices the text to what was said, starts after the last one ended, and has terms."""
    end = 0
    for item in LEXICON.expand(text):
        assert item.span.start >= end
        assert item.span.of(text) == item.said
        assert item.official
        end = item.span.end
    assert end <= len(text)


@given(st.text())
def test_folding_keeps_every_character_in_place(text: str) -> None:
    """Folding is character for character, and folding twice changes nothing more."""
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert "".join(map(fold, text)) == folded


def test_a_hundred_thousand_characters_are_read_to_the_end() -> None:
    """The last phrase of a very long question is found like the first."""
    text = "没" * 99_996 + "老板跑路"
    (item,) = LEXICON.expand(text)
    assert (item.span.start, item.official[0]) == (99_996, "欠薪逃匿")
