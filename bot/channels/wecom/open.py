"""Wires the configured robot."""

from importlib.util import find_spec

from bot.assistant import Assistant
from bot.channels.reader_link import reader_link
from bot.config import WECOM_SECRET_VARIABLE, Config
from bot.errors import ChannelError
from bot.limits import TokenBuckets

_NOT_INSTALLED = '没有安装企业微信的组件；请在项目目录里运行 pip install -c constraints.txt -e ".[wecom]"'


def check(config: Config) -> None:
    """Check that the robot can be started, before anything heavy is opened.

    :raises ChannelError: the component, the id or the secret is missing
    """
    if find_spec("websockets") is None:
        raise ChannelError(_NOT_INSTALLED)
    if not config.settings.bot.wecom.bot_id:
        raise ChannelError("没有设置 bot.wecom.bot_id；请在 config.yaml 写上智能机器人的 Bot ID")
    if not config.wecom_secret:
        raise ChannelError(f"没有设置 {WECOM_SECRET_VARIABLE}；请把智能机器人的 Secret 写入这个环境变量")


def run(assistant: Assistant, config: Config) -> None:
    """Answer staff until SIGTERM or Ctrl-C; :func:`check` has passed.

    :raises ChannelError: WeCom refuses the robot, or the address is none
    """
    from bot.channels.wecom.answering import Desk
    from bot.channels.wecom.service import run as serve
    from bot.channels.wecom.types import Robot

    settings = config.settings.bot
    desk = Desk(
        assistant,
        settings.answer_deadline_s,
        reader_link(assistant, settings.web.public_url),
        per_minute=settings.asks_per_person,
        places=settings.waiting,
        limiter=assistant.limiter or TokenBuckets(),
    )
    serve(desk, Robot(settings.wecom.bot_id, config.wecom_secret), settings.wecom.url)
