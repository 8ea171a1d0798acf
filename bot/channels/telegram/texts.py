"""Every sentence of the Telegram channel in its own words. All are sent as plain text."""

from collections.abc import Sequence

from bot.privacy.wording import citizen, forgotten
from bot.settings import BotSettings

__all__ = ["forgotten"]

_INTRODUCTION = "您好!我根据已收录的地方政策规划回答问题,每条回答都注明原文出处。"
_NO_EXAMPLES = "直接把问题发给我就行。"
_WITH_EXAMPLES = "直接把问题发给我就行,也可以点下面的例子:"
_MORE = "怎么用请看 /help,怎么对待您的信息请看 /privacy。"

HELP = (
    "怎么用:\n"
    "· 直接发问题,一次问一件事,说清是哪个地方更准。\n"
    "· 接着问也行,例如先问一个地方的补贴,再问“那条件呢”。\n"
    "· 在群里请用 /ask 加问题,或者 @ 我,或者回复我的消息。\n\n"
    "回答都是文件原文,方括号里的数字对应下面的出处。我不能代办业务,具体办理以当地办事窗口为准。"
)
_OVER_TELEGRAM = "· 消息经 Telegram 传送,请不要发身份证号、银行卡号等个人信息。"
SURE_TO_FORGET = "要删掉您问过的问题、选过的地区和评价吗?删掉以后找不回来。"
NOT_FORGOTTEN = "现在删不了,请过一会儿再试。"

NOT_TEXT = "我现在只看得懂文字,请把想问的事打成一两句话发给我。"
EMPTY_QUESTION = "想问什么?请把问题写在后面,例如:/ask 灵活就业有补贴吗"
UNKNOWN_COMMAND = "没有这个命令。直接发问题就行,用法见 /help。"
WHICH_REGION = "想问哪个地方?选了以后都按这个地方回答,随时可以用 /region 换。"
ONE_REGION = "现在只收录了一个地方的文件:{region}。"
NO_REGION = "现在还没有收录文件。"
MOVED = "文件更新过了,请重新问一次。"
EXPIRED = "这个按钮已经过期,请重新问一次。"
NOT_YOURS = "这是别人问的;您也可以直接问我。"
NO_CHART = "这些数画不成图。"
THANKS = "谢谢,记下了。"
WHY = "哪里不好?点一下就行。"
NOTED = "谢谢,记下了,我们会改。"
FAILED_PRESS = "没有成功,请过一会儿再试。"
CAPTION = 1024  # characters Telegram takes under a picture
BUSY = "现在提问的人较多\uff0c没能及时答出\uff0c请过一会儿再问。"
LATE = "这个问题查得太久,先停下了。请换个更具体的问法,或者过一会儿再问。"
_FAILED = "刚才出了点问题,没能回答。请稍后再问一次;如果还不行,请把编号 {identifier} 告诉管理员。"
CLAUSE_USAGE = "请写地区(或文件 ID)和条款号,例如:/clause 襄阳 第六章第三节(三)2"
FIND_USAGE = "请写要找的原话,例如:/find 双随机"
INDICATOR_USAGE = "请写指标名,例如:/indicator 创建率"
COMPARE_USAGE = "请写指标名,例如:/compare 创建率"


def start(examples: Sequence[str]) -> str:
    """Greet; the questions to try stand on the buttons."""
    return "\n\n".join([_INTRODUCTION, _WITH_EXAMPLES if examples else _NO_EXAMPLES, _MORE])


def privacy(settings: BotSettings) -> str:
    """Say what is kept, how long, and how to have it deleted."""
    records = settings.records
    kept = citizen(
        question_days=records.keep_questions_days,
        turns=settings.remembered_turns,
        turn_hours=records.keep_turns_hours,
    )
    return f"{kept}\n{_OVER_TELEGRAM}"


def region_chosen(region: str | None) -> str:
    """Confirm the choice of a region."""
    return f"好的,以后按{region}回答。" if region else "好的,不限地区。"


def asked(question: str) -> str:
    """Show which question a button asked."""
    return f"问:{question}"


def nowhere(words: str) -> str:
    """Say that no document holds the words."""
    return f"没有文件写着“{words}”。请换短一点的词再找。"


def no_value(words: str) -> str:
    """Say that no value has the words in its name or sentence."""
    return f"没有“{words}”的指标值。请换短一点的名字,例如“创建率”。"


def too_much(left: int) -> str:
    """Say how many messages were left out."""
    return f"后面还有 {left} 屏没有发。请用更长的词再找一次。"


def failed(identifier: str) -> str:
    """Say that something broke, with the id under which the log tells more."""
    return _FAILED.format(identifier=identifier)
