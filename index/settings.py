"""Tunables of the index package; read from config.yaml by ``bot.config``, passed down frozen."""

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """A group of settings: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EncoderSettings(Section):
    """Which embedding model turns texts into vectors."""

    backend: str = Field("bundled", description="编码器:index/encoders/ 下的文件名")
    model: str = Field("", description="backend 为 sentence_transformer 时:模型名或文件夹")
    query_prefix: str = Field("query: ", description="模型要求的查询前缀")
    passage_prefix: str = Field("passage: ", description="模型要求的段落前缀")
    batch_size: int = Field(32, ge=1, le=1024, description="批量编码时一批的句数")
    bulk_from: int = Field(300, ge=1, le=100_000, description="至少这么多句新文本时才加载 torch 批量编码")


class BackendSettings(Section):
    """Where the vectors and words of a generation live."""

    name: str = Field("local", description="索引后端:index/backends/ 下的文件名")
    uri: str = Field("http://127.0.0.1:19530", description="name 为 milvus 时:服务的地址,不写口令")
    prefix: str = Field(
        "policybot", pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$", description="name 为 milvus 时:集合名的开头"
    )
    timeout_s: float = Field(10.0, gt=0, le=600, description="name 为 milvus 时:一次调用最多等多少秒")


class IndexSettings(Section):
    """How documents are read, cut and stored."""

    encoder: EncoderSettings = EncoderSettings()
    backend: BackendSettings = BackendSettings()
    max_passage_chars: int = Field(300, ge=40, le=400, description="一条引文最长的字符数")
    max_file_mb: int = Field(100, ge=1, le=4096, description="一份文档文件最大多少 MB,更大的不读")
    keep_generations: int = Field(5, ge=2, le=100, description="保留多少代索引供回滚")
    keep_versions: int = Field(20, ge=2, le=1000, description="每份文档留存最近几版的文件,供对比和恢复")
