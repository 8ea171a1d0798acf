"""A conversation in the terminal."""

from rich.console import Console
from rich.markup import escape

from bot.assistant import Assistant
from bot.render.plain import plain

_CONVERSATION = "terminal"
_HELP = "直接输入问题;/region 襄阳 只问一个地区,/region 取消;/clear 忘掉前面的问题;/quit 退出。"


def _command(line: str, assistant: Assistant, console: Console) -> bool:
    """Carry out a slash command; False when the conversation is over."""
    name, _, rest = line.partition(" ")
    if name in ("/quit", "/exit", "/q"):
        return False
    if name == "/region":
        assistant.conversations.choose_region(_CONVERSATION, rest.strip() or None)
        console.print(f"之后的问题只看{rest.strip()}。" if rest.strip() else "之后的问题看全部地区。")
    elif name == "/clear":
        assistant.conversations.forget(_CONVERSATION)
        console.print("前面的问题已忘掉。")
    else:
        console.print(_HELP)
    return True


def run(assistant: Assistant, console: Console | None = None) -> None:
    """Read questions until the input ends or /quit, and print the answers."""
    screen = console or Console(highlight=False)
    screen.print(f"[bold]政策问答[/bold] 例如:{escape(assistant.examples[0])}\n{_HELP}")
    while True:
        try:
            line = screen.input("\n[bold]问:[/bold]").strip()
        except (EOFError, KeyboardInterrupt):
            screen.print()
            return
        if line.startswith("/"):
            if not _command(line, assistant, screen):
                return
        elif line:
            screen.print(escape(plain(assistant.converse(_CONVERSATION, line))))
