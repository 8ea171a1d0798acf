"""The nouns of privacy."""

from dataclasses import dataclass
from enum import StrEnum

from index.types import Span


class Kind(StrEnum):
    """A kind of personal data; the value is what stands in its place, inside brackets."""

    ID_CARD = "身份证号"
    CREDIT_CODE = "统一社会信用代码"
    BANK_CARD = "银行卡号"
    MOBILE = "手机号"
    LANDLINE = "座机号"
    DOCUMENT = "证件号"  # a social security, medical insurance, passport or other number named as such
    NUMBER = "长号码"  # too long for anything but a card or an account, though no check digit fits
    EMAIL = "邮箱"
    ADDRESS = "地址"
    PLATE = "车牌号"


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data in a text."""

    kind: Kind
    span: Span


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data; ``kinds`` says what was there, each kind once, in order."""

    text: str
    kinds: tuple[Kind, ...]
