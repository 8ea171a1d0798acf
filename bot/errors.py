"""What can go wrong on the way to a person."""

from index.errors import PolicybotError


class ConfigError(PolicybotError):
    """config.yaml or the environment holds something that cannot be used."""


class ChannelError(PolicybotError):
    """A channel cannot start: a port in use, a token refused, a server out of reach."""


class InputError(PolicybotError):
    """A file or a name given to a command cannot be used."""
