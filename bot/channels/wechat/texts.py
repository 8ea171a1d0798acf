"""Every sentence of the WeChat channel in its own words."""

from collections.abc import Sequence

_INTRODUCTION = "您好\uff01我根据已收录的地方政策规划回答问题\uff0c每条回答都注明原文出处。"
_NO_EXAMPLES = "直接把问题发给我就行。"
_WITH_EXAMPLES = "直接把问题发给我就行\uff0c例如\uff1a"
_MORE = "发\u201c帮助\u201d看用法\uff0c发\u201c隐私\u201d看怎么对待您的信息。"

HELP = (
    "怎么用\uff1a\n"
    "· 直接发问题\uff0c一次问一件事\uff0c说清是哪个地方更准。\n"
    "· 可以接着问\uff0c例如先问补贴\uff0c再问\u201c那条件呢\u201d。\n"
    "· 回答都是文件原文。具体办理以当地办事窗口为准。"
)
PRIVACY = (
    "关于您的信息\uff1a\n"
    "· 您的微信身份只存成认不出人的代号\uff0c到期自动删除\u3002\n"
    "· 请不要发身份证号、银行卡号等个人信息\uff1b发了也会先遮住再存\u3002\n"
    "· 发\u201c删除我的记录\u201d\uff0c马上删掉您的全部记录\u3002"
)
NOT_TEXT = "我现在只看得懂文字\uff0c请把想问的事打成一两句话发给我。"
STILL = "这个问题还在查\uff0c请过几秒把它再发一次\uff0c就能看到回答。"
BUSY = "现在提问的人较多\uff0c没能及时答出\uff0c请过一会儿再问。"
LATE = "这个问题查得太久\uff0c先停下了。请换个更具体的问法\uff0c或者过一会儿再问。"
FORGOTTEN = "已经删掉您的记录\u3002"
NOT_FORGOTTEN = "现在删不了\uff0c请过一会儿再发一次\u201c删除我的记录\u201d\u3002"
FULL_TEXT = "看原文\uff1a"
MORE = "\u2026\uff08太长\uff0c请问得更具体些\uff09"
_FAILED = "刚才出了点问题\uff0c没能回答。请稍后再问\uff1b还不行\uff0c请把编号 {identifier} 告诉管理员。"


def greeting(examples: Sequence[str]) -> str:
    """Greet, with questions to try."""
    tries = "\n".join([_WITH_EXAMPLES, *(f"· {question}" for question in examples)])
    return "\n\n".join([_INTRODUCTION, tries if examples else _NO_EXAMPLES, _MORE])


def failed(identifier: str) -> str:
    """Say that something broke, with the id under which the log tells more."""
    return _FAILED.format(identifier=identifier)
