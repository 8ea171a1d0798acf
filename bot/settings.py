"""Tunables of the channels; read from config.yaml by ``bot.config``, passed down frozen."""

from enum import StrEnum
from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from index.settings import Section


class Scope(StrEnum):
    """What a caller of the API may do."""

    READ = "read"  # documents, clauses, values
    ASK = "ask"
    FEEDBACK = "feedback"


class ApiKey(Section):
    """A key of the API; only its digest is known here."""

    name: str = Field("", min_length=1, max_length=100, description="给谁用的")
    sha256: str = Field("", pattern="^[0-9a-f]{64}$", description="密钥的 SHA-256,小写十六进制")
    scopes: tuple[Scope, ...] = Field(tuple(Scope), description="能做什么:read、ask、feedback")
    per_minute: int = Field(600, ge=1, le=100_000, description="每种操作每分钟最多几次")


Origin = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.-]+(:([0-9]{1,5}|[*]))?$")]


def _network(text: str) -> str:
    ip_network(text, strict=False)  # ValueError becomes the field's error
    return text


Network = Annotated[str, AfterValidator(_network)]


class ConsoleSettings(Section):
    """The admin console."""

    idle_minutes: int = Field(30, ge=1, le=1440, description="几分钟不操作就要重新登录")
    session_hours: int = Field(12, ge=1, le=168, description="登录一次最多用几小时")
    wrong_passwords: int = Field(5, ge=1, le=100, description="同一用户在同一地址错几次密码就锁住")
    lockout_minutes: int = Field(15, ge=1, le=1440, description="锁住几分钟")


class WebSettings(Section):
    """The web chat."""

    host: str = Field("127.0.0.1", description="监听地址;默认只有本机能访问")
    port: int = Field(8080, ge=1, le=65_535, description="监听端口")
    public_url: str = Field("", description="网页的公开地址;空则在别的渠道里不给原文链接")
    root_path: str = Field("", pattern="^(/[A-Za-z0-9._~-]+)*$", description="反向代理下的子路径,如 /policy")
    trusted_proxies: tuple[str, ...] = Field(
        ("127.0.0.1",), description="可信的反向代理地址:信它们报的来访地址"
    )
    asks_per_minute: int = Field(
        60, ge=1, le=100_000, description="没有密钥时,一个地址每分钟最多问几次、评几次"
    )
    reads_per_minute: int = Field(600, ge=1, le=100_000, description="没有密钥时,一个地址每分钟最多查几次")
    api_keys: tuple[ApiKey, ...] = Field((), description="API 密钥")
    widget_origins: tuple[Origin, ...] = Field(
        (), description="可以嵌入提问窗口的网站,如 https://www.example.gov.cn"
    )
    metrics_from: tuple[Network, ...] = Field(
        (), description="可以读 /metrics 的地址或网段,如 127.0.0.1、10.0.0.0/8;空则谁也不能读"
    )
    console: ConsoleSettings = ConsoleSettings()


class TelegramSettings(Section):
    """The Telegram channel. The token comes from the environment only and is never a setting."""

    base_url: str = Field("", description="Bot API 地址,以 /bot 结尾;空则用官方地址")
    base_file_url: str = Field("", description="Bot API 文件地址,以 /file/bot 结尾;空则用官方地址")
    admins: tuple[int, ...] = Field((), description="管理员的数字 ID")
    staff: tuple[int, ...] = Field((), description="工作人员的数字 ID")
    webhook_url: str = Field(
        "", description="Telegram 送消息来的公开网址,转到本程序的 /telegram;空则由程序自己去取"
    )
    concurrent_updates: int = Field(8, ge=1, le=256, description="同时处理的消息数;同一会话内仍按先后")
    retries: int = Field(3, ge=0, le=10, description="被限流(429)时重试几次")


class WeChatSettings(Section):
    """The WeChat public account. Token, AES key and secret come from the environment only."""

    app_id: str = Field("", description="公众号的 AppID;空则不开 /wechat")
    base_url: str = Field("https://api.weixin.qq.com", description="微信接口地址")
    reply_within_s: float = Field(4.5, ge=0.1, le=4.9, description="几秒内答出就直接回复;微信只等 5 秒")


class WeComSettings(Section):
    """The WeCom robot. Its secret comes from the environment only."""

    bot_id: str = Field("", description="智能机器人的 Bot ID")
    url: str = Field("wss://openws.work.weixin.qq.com", description="企业微信长连接的地址")


class RecordsSettings(Section):
    """What the service remembers, and how long."""

    url: str = Field("", description="SQLAlchemy 地址;空则用数据目录里的 service.db")
    queue: int = Field(2000, ge=10, le=1_000_000, description="等待写入的记录最多几条;满了新的不记")
    keep_questions_days: int = Field(180, ge=1, le=3650, description="问题、评价、选过的地区存几天")
    keep_turns_hours: int = Field(24, ge=1, le=720, description="追问用的前几个问题存几小时")
    keep_cards_days: int = Field(30, ge=1, le=3650, description="回答下面的按钮几天内有效")
    keep_updates_hours: int = Field(48, ge=24, le=720, description="处理过的消息编号存几小时")
    hot_min_askers: int = Field(5, ge=2, le=1000, description="至少几个不同的人问过才算热点")
    same_question: float = Field(0.95, ge=0.5, le=1, description="余弦相似度达到多少算同一个问题")


class LogFormat(StrEnum):
    """How a line of the log looks."""

    AUTO = "auto"
    JSON = "json"
    PLAIN = "plain"


class LogSettings(Section):
    """The log, on stderr."""

    level: Literal["debug", "info", "warning", "error"] = Field("info", description="从哪一级开始记")
    format: LogFormat = Field(LogFormat.AUTO, description="json、plain 或 auto:终端里一行文字,否则一行 JSON")


class BotSettings(Section):
    """What all channels share."""

    examples: tuple[str, ...] = Field((), description="给新来的人看的示例问题;空则由文件自动生成")
    remembered_turns: int = Field(5, ge=0, le=20, description="追问时最多回看几个问题")
    remembered_conversations: int = Field(10_000, ge=1, le=1_000_000, description="内存里最多记住几个会话")
    answer_deadline_s: float = Field(20.0, ge=1, le=120, description="一次回答最多等几秒")
    asks_per_person: int = Field(
        30, ge=1, le=10_000, description="Telegram、微信、企业微信里一个人每分钟最多问几次;网页按地址,见 web"
    )
    presses_per_person: int = Field(
        240, ge=1, le=10_000, description="Telegram 里一个人每分钟最多按几次按钮、边打边查几次"
    )
    shared_limits: bool = Field(False, description="几个进程合起来数次数,记在运行记录的数据库里;否则各数各的")
    waiting: int = Field(64, ge=1, le=100_000, description="排队的问题最多几个,满了请人过一会儿再问")
    log: LogSettings = LogSettings()
    records: RecordsSettings = RecordsSettings()
    web: WebSettings = WebSettings()
    telegram: TelegramSettings = TelegramSettings()
    wechat: WeChatSettings = WeChatSettings()
    wecom: WeComSettings = WeComSettings()
