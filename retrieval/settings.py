"""Tunables of the retrieval package; read from config.yaml by ``bot.config``, passed down frozen."""

from pydantic import Field

from index.settings import Section


class Weights(Section):
    """What each ranker's score counts; chosen by cross-validation, see docs/evaluation.md."""

    dense: float = Field(1.0, ge=0, le=10, description="向量相似度")
    words: float = Field(4.0, ge=0, le=10, description="词(BM25)")
    bigrams: float = Field(4.0, ge=0, le=10, description="相邻两字(BM25)")
    document: float = Field(7.0, ge=0, le=10, description="整份文件的相邻两字(BM25)")
    asked: float = Field(1.0, ge=0, le=10, description="相似问")


class RerankerSettings(Section):
    """An optional cross-encoder; off while ``model`` is empty."""

    model: str = Field("", description="sentence-transformers CrossEncoder 的模型名或文件夹;空则不用")
    candidates: int = Field(30, ge=2, le=200, description="重排前几条")
    weight: float = Field(2.0, ge=0, le=20, description="重排得分(标准差)的权重")


class WordingSettings(Section):
    """An optional OpenAI-compatible model that words the evidence; off while ``url`` is empty."""

    url: str = Field("", description="接口地址,到 /v1 为止;空则不用。密钥用环境变量 POLICYBOT_WORDING_KEY")
    model: str = Field("", description="模型名")
    timeout_s: float = Field(8.0, ge=0.1, le=60, description="最多等几秒,超时就用原文")


class RetrievalSettings(Section):
    """How a question is searched and answered."""

    max_question_chars: int = Field(500, ge=50, le=4000, description="问题最长的字符数,更长的请提问者缩短")
    weights: Weights = Weights()
    citations: int = Field(3, ge=1, le=5, description="单个地区的答案最多引几条原文")
    citations_per_region: int = Field(2, ge=1, le=3, description="两地并列的答案里每地最多引几条")
    indicators: int = Field(5, ge=0, le=20, description="答案里最多列几个指标值")
    reranker: RerankerSettings = RerankerSettings()
    wording: WordingSettings = WordingSettings()
