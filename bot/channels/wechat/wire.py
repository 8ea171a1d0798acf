"""The one file that knows WeChat's wire: signatures, the AES envelope, XML in and out.

Formats: developers.weixin.qq.com, 消息推送 (signature, 安全模式) and 被动回复用户消息.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7
from lxml import etree

from bot.channels.wechat.types import Message, Seal
from bot.errors import ConfigError, InputError

_KEY_CHARS = 43  # of an EncodingAESKey: base64 of 32 bytes without its last "="
_PAD_BITS = 32 * 8  # WeChat pads to 32 bytes, not to the cipher's 16
_RANDOM, _LENGTH, _IV = 16, 4, 16
MAX_TEXT_CHARS = (
    10_000  # far above what WeChat lets a person type; the answerer refuses long questions itself
)


def signature(token: str, *parts: str) -> str:
    """Return the hexadecimal SHA-1 of the sorted parts, as WeChat signs."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def is_signed(token: str, seal: Seal) -> bool:
    """Whether the address was signed by a holder of the token; takes the same time whatever is wrong."""
    expected = signature(token, seal.timestamp, seal.nonce)
    return hmac.compare_digest(expected.encode(), seal.signature.encode())


def aes_key_of(text: str) -> bytes:
    """Decode an EncodingAESKey.

    :raises ConfigError: it is not 43 characters of base64
    """
    try:
        key = base64.b64decode(text + "=", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(text) != _KEY_CHARS or len(key) != 32:
        raise ConfigError(
            f"POLICYBOT_WECHAT_AES_KEY 应是公众平台上 {_KEY_CHARS} 个字符的 EncodingAESKey,"
            f"现在是 {len(text)} 个字符;请重新复制"
        )
    return key


def encrypt(key: bytes, app_id: str, content: bytes) -> str:
    """Seal a reply: base64 of AES-256-CBC over random bytes, length, content and app id."""
    padder = PKCS7(_PAD_BITS).padder()
    framed = secrets.token_bytes(_RANDOM) + len(content).to_bytes(_LENGTH, "big") + content + app_id.encode()
    padded = padder.update(framed) + padder.finalize()
    cipher = Cipher(AES256(key), CBC(key[:_IV])).encryptor()
    return base64.b64encode(cipher.update(padded) + cipher.finalize()).decode()


def decrypt(key: bytes, app_id: str, sealed: str) -> bytes:
    """Open what :func:`encrypt`, or WeChat, sealed.

    :raises InputError: it was not sealed with this key, or is for another account
    """
    try:
        data = base64.b64decode(sealed, validate=True)
        cipher = Cipher(AES256(key), CBC(key[:_IV])).decryptor()
        remover = PKCS7(_PAD_BITS).unpadder()
        framed = remover.update(cipher.update(data) + cipher.finalize()) + remover.finalize()
    except (ValueError, binascii.Error):
        raise InputError("密文解不开;请核对 EncodingAESKey") from None
    start = _RANDOM + _LENGTH
    end = start + int.from_bytes(framed[_RANDOM:start], "big")
    if end > len(framed) or not hmac.compare_digest(framed[end:], app_id.encode()):
        raise InputError("密文不是给这个公众号的;请核对 bot.wechat.app_id")
    return framed[start:end]


def read_fields(body: bytes) -> dict[str, str]:
    """Read the flat XML of a request; no entity is resolved, and no document type allowed.

    :raises InputError: it is not such XML
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        if "<!doctype" in body.decode().lower():
            raise InputError("消息里不允许有 DOCTYPE")
        root = etree.fromstring(body, parser)
    except (UnicodeDecodeError, etree.XMLSyntaxError, ValueError):
        raise InputError("消息不是合法的 UTF-8 XML") from None
    return {str(node.tag): node.text or "" for node in root if isinstance(node.tag, str)}


def open_envelope(body: bytes, token: str, key: bytes, app_id: str, seal: Seal) -> bytes:
    """Return the XML inside an encrypted request.

    :raises InputError: it is not encrypted, its signature is forged, or it cannot be opened
    """
    sealed = read_fields(body).get("Encrypt", "")
    expected = signature(token, seal.timestamp, seal.nonce, sealed)
    if not sealed or not hmac.compare_digest(expected.encode(), seal.message_signature.encode()):
        raise InputError("消息签名不对")
    return decrypt(key, app_id, sealed)


def message_of(fields: Mapping[str, str]) -> Message:
    """Read what a person did.

    :raises InputError: it does not say who, to whom or what
    """
    sender, account = fields.get("FromUserName", ""), fields.get("ToUserName", "")
    kind, event = fields.get("MsgType", "").lower(), fields.get("Event", "").lower()
    number, at = fields.get("MsgId", ""), fields.get("CreateTime", "")
    if not (sender and account and kind and (number or at)):
        raise InputError("消息缺少 FromUserName、ToUserName、MsgType 或编号")
    words = fields.get("EventKey" if kind == "event" else "Content", "")[:MAX_TEXT_CHARS].strip()
    key = f"{sender}:{number}" if number else f"{sender}:{at}:{event}:{words}"
    return Message(sender, account, kind, words, event, key)


def _printable(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff"
    )


def _xml(fields: Mapping[str, str]) -> bytes:
    root = etree.Element("xml")
    for name, value in fields.items():
        etree.SubElement(root, name).text = _printable(value)
    return etree.tostring(root, encoding="utf-8")


def text_reply(message: Message, text: str) -> bytes:
    """Make the XML that answers a message with words, all of them escaped."""
    return _xml(
        {
            "ToUserName": message.sender,
            "FromUserName": message.account,
            "CreateTime": str(int(time.time())),
            "MsgType": "text",
            "Content": text,
        }
    )


def seal_reply(content: bytes, token: str, key: bytes, app_id: str) -> bytes:
    """Put a reply into a signed AES envelope."""
    sealed, now, nonce = encrypt(key, app_id, content), str(int(time.time())), secrets.token_hex(8)
    return _xml(
        {
            "Encrypt": sealed,
            "MsgSignature": signature(token, now, nonce, sealed),
            "TimeStamp": now,
            "Nonce": nonce,
        }
    )
