"""Every sentence about personal data that people read. Channels print them; docs/privacy.md says the same at length."""

from collections.abc import Sequence

from bot.privacy.types import Kind

_NOTICE = "您的问题里有{kinds},我们没有存下来;查政策用不着它,以后请不要发。"
_CITIZEN = (
    "关于您的信息\n"
    "· 您的问题会存 {questions} 天,用来找出答得不好的地方。存之前先去掉身份证号、手机号、座机号、银行卡号、"
    "社保号、邮箱、门牌地址和车牌号。\n"
    "· 您是谁,我们只记一个换算过的编号,反推不出您的账号。\n"
    "{turns}"
    "· 您选的地区和点的“有用/没用”也存 {questions} 天。\n"
    "· 不会给别人看您的原话,也不用于别的事。\n"
    "· 想全部删掉:{forget}"
)
_TURNS = "· 为了听懂追问,会记住最近 {count} 个问题,{hours} 小时后删掉。\n"
FORGET_BY_COMMAND = "发送 /delete_my_data,马上删除。"
FORGET_BY_BUTTON = "点“删除我的数据”,马上删除。"
FORGOTTEN = "已经删掉您的问题、选过的地区和评价,共 {count} 条。"
NOTHING_TO_FORGET = "没有存过您的信息。"


def notice(kinds: Sequence[Kind]) -> str:
    """Tell an asker that their question held personal data, and of which kinds."""
    return _NOTICE.format(kinds="、".join(kind.value for kind in kinds))


def citizen(*, question_days: int, turns: int, turn_hours: int, forget: str = FORGET_BY_COMMAND) -> str:
    """Say in a few lines what is kept, how long, and how to have it deleted.

    :param turns: how many earlier questions a conversation remembers; 0 says nothing of it
    :param forget: how one asks for it in this channel
    """
    remembered = _TURNS.format(count=turns, hours=turn_hours) if turns else ""
    return _CITIZEN.format(questions=question_days, turns=remembered, forget=forget)


def forgotten(count: int) -> str:
    """Confirm that everything of an asker is gone; ``count`` is how many rows there were."""
    return FORGOTTEN.format(count=count) if count else NOTHING_TO_FORGET
