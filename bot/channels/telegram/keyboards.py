"""The buttons under messages."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.cards import Card, data_of
from bot.records.types import Reason

# verbs of buttons
CLAUSE, STEP, CHART, REGIONS, REGION = "c", "n", "g", "r", "p"
YES, NO = "k", "a"
USEFUL, USELESS, REASON, SUGGESTION, FORGET = "u", "d", "x", "s", "z"

# more than there are; the number of a step is (document × CLAUSES + clause) × PAGES + page
CLAUSES, PAGES = 100_000, 1_000
_LABEL = 40  # characters a phone shows of a button
_SOURCES = 5  # buttons in a row before they get too narrow for a thumb
REASONS = (
    (Reason.OFF_TOPIC, "答非所问"),
    (Reason.INCOMPLETE, "不完整"),
    (Reason.WRONG, "与实际不符"),
    (Reason.UNCLEAR, "看不懂"),
    (Reason.OTHER, "其他"),
)
ANY_REGION = "不限地区"

Rows = list[list[InlineKeyboardButton]]


def _button(label: str, card: str, verb: str, number: int = 0) -> InlineKeyboardButton:
    shown = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
    return InlineKeyboardButton(shown, callback_data=data_of(card, verb, number))


def _suggestions(identifier: str, suggestions: Sequence[str]) -> Rows:
    return [[_button(text, identifier, SUGGESTION, n)] for n, text in enumerate(suggestions)]


def under_answer(identifier: str, card: Card) -> InlineKeyboardMarkup:
    """Sources, chart, region, feedback and what to ask next."""
    sources = [_button(f"原文 {n + 1}", identifier, CLAUSE, n) for n in range(len(card.places[:_SOURCES]))]
    tools = [_button("数值图", identifier, CHART)] if card.values else []
    tools += [_button("换个地区", identifier, REGIONS)] if len(card.regions) > 1 else []
    verdict = [_button("有用", identifier, USEFUL), _button("没用", identifier, USELESS)]
    rows = [row for row in (sources, tools, verdict) if row]
    return InlineKeyboardMarkup(rows + _suggestions(identifier, card.suggestions))


def with_reasons(identifier: str) -> InlineKeyboardMarkup:
    """Ask why an answer was no use."""
    buttons = [_button(label, identifier, REASON, n) for n, (_, label) in enumerate(REASONS)]
    return InlineKeyboardMarkup([buttons[:3], buttons[3:]])


def of_suggestions(identifier: str, card: Card) -> InlineKeyboardMarkup:
    """Questions to press instead of typing them."""
    return InlineKeyboardMarkup(_suggestions(identifier, card.suggestions))


def of_regions(identifier: str, regions: Sequence[str]) -> InlineKeyboardMarkup:
    """Regions to choose from, two in a row; the last button takes any."""
    buttons = [_button(name, identifier, REGION, n) for n, name in enumerate((*regions, ANY_REGION))]
    return InlineKeyboardMarkup([buttons[n : n + 2] for n in range(0, len(buttons), 2)])


def step(document: int, clause: int, page: int = 0) -> int:
    """Write which page of which clause of which of the card's documents a button turns to, all from 0."""
    return (document * CLAUSES + clause) * PAGES + page


def read_step(number: int) -> tuple[int, int, int]:
    """Read document, clause and page."""
    place, page = divmod(number, PAGES)
    return (*divmod(place, CLAUSES), page)


def under_clause(
    identifier: str, steps: Sequence[int | None], turns: Sequence[int | None]
) -> InlineKeyboardMarkup | None:
    """Where to read on.

    :param steps: the clauses before and after; None at the document's ends
    :param turns: the pages before and after of a clause longer than a message; None at its ends
    """
    named = ((("◀ 上一页", "下一页 ▶"), turns), (("◀ 上一条", "下一条 ▶"), steps))
    rows = [
        [
            _button(label, identifier, STEP, number)
            for label, number in zip(labels, numbers, strict=True)
            if number is not None
        ]
        for labels, numbers in named
    ]
    return InlineKeyboardMarkup([row for row in rows if row]) if any(rows) else None


def yes_or_no(identifier: str) -> InlineKeyboardMarkup:
    """Ask an admin."""
    return InlineKeyboardMarkup([[_button("确认", identifier, YES), _button("取消", identifier, NO)]])


def to_forget(identifier: str) -> InlineKeyboardMarkup:
    """Ask once more before deleting."""
    return InlineKeyboardMarkup([[_button("全部删掉", identifier, FORGET)]])
