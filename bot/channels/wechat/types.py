"""The nouns of the WeChat channel."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """One public account; its secrets never appear in a ``repr``.

    ``aes_key`` is the 43 characters of EncodingAESKey; empty means plain mode. Without ``secret`` there is no
    客服消息 sender.
    """

    app_id: str
    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What a person did: wrote words (``kind`` text), pressed a menu (event), sent a picture (image)."""

    sender: str  # openid
    account: str  # the account's own name, which a reply comes from
    kind: str
    text: str
    event: str  # subscribe, CLICK, … in small letters; empty unless ``kind`` is event
    key: str  # what tells a retry from a new message: MsgId, or sender, time and name of an event


@dataclass(frozen=True, slots=True)
class Seal:
    """The signed parameters of a request's address."""

    timestamp: str
    nonce: str
    signature: str
    message_signature: str = ""
