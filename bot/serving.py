"""Starting what ``bot.app`` builds: the web with the channels beside it, or Telegram alone."""

from typing import TYPE_CHECKING

from bot import app
from bot.assistant import Assistant
from bot.config import TOKEN_VARIABLE, Config
from bot.errors import ChannelError

if TYPE_CHECKING:
    from fastapi import APIRouter

    from bot.channels.telegram.ingress import Ingress


def _wechat(assistant: Assistant, config: Config) -> "list[APIRouter]":
    """Return the WeChat webhook where an account is configured."""
    if not config.settings.bot.wechat.app_id:
        return []
    from bot.channels.wechat.open import open_webhook

    return [open_webhook(assistant, config)]


def _routers(assistant: Assistant, config: Config, ingress: "Ingress | None") -> "list[APIRouter]":
    """Return what other channels answer on the web server's address."""
    routers = [*_wechat(assistant, config), *app.open_console(assistant, config)]
    if ingress is None:
        return routers
    from bot.channels.telegram.ingress import ingress_routes

    return [*routers, ingress_routes(ingress)]


def serve(config: Config) -> None:
    """Run the web chat, with Telegram beside it when a token is set; returns when it is stopped."""
    from bot.channels.telegram.beside import beside
    from bot.channels.telegram.ingress import open_ingress
    from bot.channels.web.admin.routes import body_limits
    from bot.channels.web.app import create_app
    from bot.channels.web.opening import open_past, open_pictures
    from bot.channels.web.server import serve as listen
    from bot.telemetry.logs import start_logging

    settings = config.settings.bot
    start_logging(settings.log)
    ingress = (
        open_ingress(settings.telegram, config.telegram_webhook_secret) if config.telegram_token else None
    )
    with app.open_service(config) as assistant:
        web = create_app(
            assistant,
            settings=settings,
            background=beside(assistant, config, app.open_office(assistant, config), ingress)
            if config.telegram_token
            else None,
            routers=_routers(assistant, config, ingress),
            past=open_past(config),
            pictures=open_pictures(config),
            larger=body_limits(config),
            metrics=assistant.metrics,
            limiter=assistant.limiter,
        )
        listen(web, settings.web.host, settings.web.port, settings.web.trusted_proxies)


def serve_telegram(config: Config) -> None:
    """Run the Telegram bot alone; returns when it is stopped."""
    if not config.telegram_token:
        raise ChannelError(f"没有设置 {TOKEN_VARIABLE};请先向 @BotFather 申请令牌并写入这个环境变量")
    if config.settings.bot.telegram.webhook_url:
        raise ChannelError("设置了 bot.telegram.webhook_url 就要开网页:请用 policybot serve,或把它清空")
    from bot.channels.telegram.service import run
    from bot.telemetry.logs import start_logging

    start_logging(config.settings.bot.log)
    with app.open_service(config) as assistant:
        run(
            assistant,
            config.settings.bot,
            config.telegram_token,
            assistant.examples,
            app.open_office(assistant, config),
        )


def serve_wecom(config: Config) -> None:
    """Run the WeCom robot alone; returns when it is stopped."""
    from bot.channels.wecom.open import check, run
    from bot.telemetry.logs import start_logging

    check(config)
    start_logging(config.settings.bot.log)
    with app.open_service(config) as assistant:
        run(assistant, config)
