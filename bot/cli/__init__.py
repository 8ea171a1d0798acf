"""The ``policybot`` command: arguments in, one call, output out."""

from bot.cli.main import main

__all__ = ["main"]
