"""Who runs a command."""

import getpass


def actor() -> str:
    """Return who runs the command, as the operating system knows them."""
    try:
        return f"命令行:{getpass.getuser()}"
    except (KeyError, OSError):  # a container without a user of that number
        return "命令行"
