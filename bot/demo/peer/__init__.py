"""The Bot API server and the people who write to the bot through it."""
