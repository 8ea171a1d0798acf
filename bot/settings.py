"""Tunables of the channels; read from config.yaml by ``bot.config``, passed down frozen."""

from pydantic import Field

from index.settings import Section


class WebSettings(Section):
    """The web chat."""

    host: str = Field("127.0.0.1", description="监听地址;默认只有本机能访问")
    port: int = Field(8080, ge=1, le=65_535, description="监听端口")
    public_url: str = Field("", description="网页的公开地址;空则在别的渠道里不给原文链接")


class TelegramSettings(Section):
    """The Telegram channel. The token comes from the environment only and is never a setting."""

    base_url: str = Field("", description="Bot API 地址,以 /bot 结尾;空则用官方地址")
    base_file_url: str = Field("", description="Bot API 文件地址,以 /file/bot 结尾;空则用官方地址")
    admins: tuple[int, ...] = Field((), description="管理员的数字 ID")
    staff: tuple[int, ...] = Field((), description="工作人员的数字 ID")
    concurrent_updates: int = Field(8, ge=1, le=256, description="同时处理的消息数;同一会话内仍按先后")
    retries: int = Field(3, ge=0, le=10, description="被限流(429)时重试几次")


class WeChatSettings(Section):
    """The WeChat public account. Token, AES key and secret come from the environment only."""

    app_id: str = Field("", description="公众号的 AppID;空则不开 /wechat")
    base_url: str = Field("https://api.weixin.qq.com", description="微信接口地址")
    reply_within_s: float = Field(4.5, ge=0.1, le=4.9, description="几秒内答出就直接回复;微信只等 5 秒")


class RecordsSettings(Section):
    """What the service remembers, and how long."""

    url: str = Field("", description="SQLAlchemy 地址;空则用数据目录里的 service.db")
    queue: int = Field(2000, ge=10, le=1_000_000, description="等待写入的记录最多几条;满了新的不记")
    keep_questions_days: int = Field(180, ge=1, le=3650, description="问题、评价、选过的地区存几天")
    keep_turns_hours: int = Field(24, ge=1, le=720, description="追问用的前几个问题存几小时")
    keep_updates_hours: int = Field(48, ge=24, le=720, description="处理过的消息编号存几小时")
    hot_min_askers: int = Field(5, ge=2, le=1000, description="至少几个不同的人问过才算热点")
    same_question: float = Field(0.95, ge=0.5, le=1, description="余弦相似度达到多少算同一个问题")


class BotSettings(Section):
    """What all channels share."""

    examples: tuple[str, ...] = Field((), description="给新来的人看的示例问题;空则由文件自动生成")
    remembered_turns: int = Field(5, ge=0, le=20, description="追问时最多回看几个问题")
    remembered_conversations: int = Field(10_000, ge=1, le=1_000_000, description="内存里最多记住几个会话")
    answer_deadline_s: float = Field(20.0, ge=1, le=120, description="一次回答最多等几秒")
    records: RecordsSettings = RecordsSettings()
    web: WebSettings = WebSettings()
    telegram: TelegramSettings = TelegramSettings()
    wechat: WeChatSettings = WeChatSettings()
