"""The web chat: a JSON and streaming API with one static page over it."""

from bot.channels.web.app import create_app
from bot.channels.web.server import serve

__all__ = ["create_app", "serve"]
