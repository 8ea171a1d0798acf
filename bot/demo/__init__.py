"""A Telegram of one's own: a strict Bot API over HTTP, to try the bot and to test it without Telegram."""
