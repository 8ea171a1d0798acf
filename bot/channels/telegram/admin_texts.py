"""Every sentence admins read in Telegram."""

from collections.abc import Sequence

from bot.admin.types import Outcome
from bot.render.deeds import ACTIONS
from index.errors import PolicybotError
from index.history import Event
from index.types import Document

TOO_LARGE = "文件超过 20 MB,Telegram 取不到。请拆开,或在服务器上用 policybot docs add。"
WHICH_TO_WITHDRAW = "请写明编号和原因,例如:/withdraw xiangyang 已被新规划替代"
WHICH_HISTORY = "请写明编号,例如:/history xiangyang"
SURE_TO_ROLL_BACK = "要退回上一次发布之前吗?清单、文件和索引一起退回。"
BEGUN = "正在处理…"
GONE = "这份文件已经处理过,或者放得太久清掉了;请重新发一次。"
LEFT = "好的,什么也没有改。"
NO_LOG = "这次运行没有记问题,没有可看的。"
ALL_ANSWERED = "最近 30 天没有没答上的问题。"
_CAPTION = "发文件时可以在说明里写:地区=襄阳市 文号=… 标题=…;换掉现有的写:替换 xiangyang"


def unknown_format(known: Sequence[str]) -> str:
    """Say which files can be read."""
    return f"读不了这种文件;支持 {'、'.join(known)}。"


def previewed(name: str, target: str) -> str:
    """Head a preview."""
    return f"读好了:{name}" + (f",将换掉 {target}。" if target else ",将新增。") + "确认后发布。"


def refused(error: PolicybotError) -> str:
    """Say why nothing was done."""
    return f"没有做成,什么也没有改:{error}\n{_CAPTION}"


def no_document(wanted: str, known: Sequence[str]) -> str:
    """Say which documents there are."""
    return f"没有编号为 {wanted} 的文件;现有:{'、'.join(known) or '无'}"


def sure_to_withdraw(document: Document) -> str:
    """Ask once more."""
    return f"要撤下 {document.id}《{document.title}》吗?撤下后马上不再回答,历史里还查得到。"


def held_back(problems: Sequence[str]) -> str:
    """Say which checks a publication failed."""
    listed = "\n".join(f"· {problem}" for problem in problems)
    return f"没有发布,原来的回答不变。没过的检查:\n{listed}"


def published(outcome: Outcome, *, withdrawn: bool) -> str:
    """Say what is live now, and how to undo it."""
    report = outcome.report
    done = "已撤下" if withdrawn else "已发布"
    return (
        f"{done} {outcome.document}:索引 {report.generation},新编码 {report.embedded} 条,"
        f"用时 {report.seconds:.1f} 秒。正在运行的服务几秒内换上;发现不对用 /rollback 退回。"
    )


def rolled_back(generation: int) -> str:
    """Say which generation is live again."""
    return f"已退回到索引 {generation},文件和清单也已恢复。"


def event(happened: Event) -> str:
    """One line of a document's history."""
    moment = happened.at.isoformat(sep=" ", timespec="minutes")
    return (
        f"{moment}Z  {ACTIONS[happened.action]}  版本 {happened.version or '—'}  {happened.actor}  {happened.note}"
    ).rstrip()
