"""Every sentence of the WeCom channel in its own words."""

from collections.abc import Sequence

_INTRODUCTION = "您好！我根据已收录的地方政策规划回答问题，每条回答都注明原文出处。"
_WITH_EXAMPLES = "直接把问题发给我就行，例如："
_NO_EXAMPLES = "直接把问题发给我就行。"

HELP = (
    "怎么用：\n"
    "· 直接发问题，一次问一件事，说清是哪个地方更准。\n"
    "· 可以接着问，例如先问补贴，再问“那条件呢”。\n"
    "· 在群里请 @ 我再提问。\n"
    "· 回答都是文件原文。具体办理以当地办事窗口为准。"
)
PRIVACY = (
    "关于您的信息：\n"
    "· 您的身份只存成认不出人的代号，到期自动删除。\n"
    "· 请不要发身份证号、银行卡号等个人信息；发了也会先遮住再存。\n"
    "· 发“删除我的记录”，马上删掉您的全部记录。"
)
LOOKING_UP = "正在查阅已收录的文件…"
NOT_TEXT = "我现在只看得懂文字，请把想问的事打成一两句话发给我。"
BUSY = "现在提问的人较多，没能及时答出，请过一会儿再问。"
LATE = "这个问题查得太久，先停下了。请换个更具体的问法，或者过一会儿再问。"
FORGOTTEN = "已经删掉您的记录。"
NOT_FORGOTTEN = "现在删不了，请过一会儿再发一次“删除我的记录”。"
_FAILED = "刚才出了点问题，没能回答。请稍后再问；还不行，请把编号 {identifier} 告诉管理员。"


def greeting(examples: Sequence[str]) -> str:
    """Greet, with questions to try."""
    tries = "\n".join([_WITH_EXAMPLES, *(f"· {question}" for question in examples)])
    return "\n\n".join([_INTRODUCTION, tries if examples else _NO_EXAMPLES])


def failed(identifier: str) -> str:
    """Say that something broke, with the id under which the log tells more."""
    return _FAILED.format(identifier=identifier)
