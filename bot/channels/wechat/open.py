"""Wires the webhook of the configured account."""

import logging

from fastapi import APIRouter

from bot.assistant import Assistant
from bot.channels.reader_link import reader_link
from bot.channels.wechat.counter import Counter
from bot.channels.wechat.service import Sender
from bot.channels.wechat.types import Account
from bot.channels.wechat.webhook import Hook, webhook_routes
from bot.channels.wechat.wire import aes_key_of
from bot.config import WECHAT_TOKEN_VARIABLE, Config
from bot.errors import ChannelError
from bot.limits import TokenBuckets


def open_webhook(assistant: Assistant, config: Config) -> APIRouter:
    """Make the webhook; with an AppSecret, answers that take too long go out as 客服消息.

    :raises ChannelError: the token is missing
    :raises ConfigError: the AES key is malformed
    """
    settings = config.settings.bot
    wechat = settings.wechat
    if not config.wechat_token:
        raise ChannelError(
            f"设置了 bot.wechat.app_id,却没有设置 {WECHAT_TOKEN_VARIABLE};"
            "请把公众平台“服务器配置”里的令牌写入这个环境变量"
        )
    # httpx logs the addresses it calls at INFO, and the access token is part of them
    logging.getLogger("httpx").setLevel(logging.WARNING)
    account = Account(wechat.app_id, config.wechat_token, config.wechat_aes_key, config.wechat_secret)
    counter = Counter(
        assistant,
        settings.answer_deadline_s,
        reader_link(assistant, settings.web.public_url),
        settings.asks_per_person,
        settings.waiting,
        assistant.limiter or TokenBuckets(),
    )
    sender = Sender(account, wechat.base_url) if account.secret else None
    key = aes_key_of(account.aes_key) if account.aes_key else b""
    return webhook_routes(Hook(account, counter, wechat.reply_within_s, sender, key))
