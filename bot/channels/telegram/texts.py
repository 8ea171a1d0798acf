"""Every sentence of the Telegram channel in its own words. All are sent as plain text."""

from collections.abc import Sequence

_INTRODUCTION = "您好!我根据已收录的地方政策规划回答问题,每条回答都注明原文出处。"
_NO_EXAMPLES = "直接把问题发给我就行。"
_WITH_EXAMPLES = "直接把问题发给我就行,例如:"
_MORE = "怎么用请看 /help,怎么对待您的信息请看 /privacy。"

HELP = (
    "怎么用:\n"
    "· 直接发问题,一次问一件事,说清是哪个地方更准。\n"
    "· 接着问也行,例如先问一个地方的补贴,再问“那条件呢”。\n"
    "· 在群里请用 /ask 加问题,或者 @ 我,或者回复我的消息。\n\n"
    "回答都是文件原文,方括号里的数字对应下面的出处。我不能代办业务,具体办理以当地办事窗口为准。"
)
_PRIVACY = (
    "关于您的信息:\n"
    "· 我不把您的问题写进文件、数据库或运行日志。\n"
    "{memory}\n"
    "· 消息经 Telegram 传送,请不要发身份证号、银行卡号等个人信息。"
)
_REMEMBERED = (
    "· 为了听懂追问,我只在内存里按会话记住最近 {turns} 个问题,被新的顶替后就忘掉,程序重启也全部忘掉。"
)
_NOT_REMEMBERED = "· 我不记住以前的问题,每个问题单独回答。"

NOT_TEXT = "我现在只看得懂文字,请把想问的事打成一两句话发给我。"
EMPTY_QUESTION = "想问什么?请把问题写在后面,例如:/ask 灵活就业有补贴吗"
UNKNOWN_COMMAND = "没有这个命令。直接发问题就行,用法见 /help。"
LATE = "这个问题查得太久,先停下了。请换个更具体的问法,或者过一会儿再问。"
_FAILED = "刚才出了点问题,没能回答。请稍后再问一次;如果还不行,请把编号 {identifier} 告诉管理员。"

COMMANDS = (
    ("start", "从这里开始,看几个例子"),
    ("ask", "提问(群里用):/ask 问题"),
    ("help", "怎么用"),
    ("privacy", "怎么对待您的信息"),
)


def start(examples: Sequence[str]) -> str:
    """Greet, with questions to try."""
    tries = "\n".join([_WITH_EXAMPLES, *(f"· {question}" for question in examples)])
    return "\n\n".join([_INTRODUCTION, tries if examples else _NO_EXAMPLES, _MORE])


def privacy(turns: int) -> str:
    """Say what is kept; ``turns`` is how many questions a conversation remembers."""
    return _PRIVACY.format(memory=_REMEMBERED.format(turns=turns) if turns else _NOT_REMEMBERED)


def failed(identifier: str) -> str:
    """Say that something broke, with the id under which the log tells more."""
    return _FAILED.format(identifier=identifier)
