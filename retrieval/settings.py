"""Tunables of the retrieval package; read from config.yaml by ``bot.config``, passed down frozen."""

from pydantic import Field

from index.settings import Section


class RetrievalSettings(Section):
    """How a question is searched and answered."""

    citations: int = Field(3, ge=1, le=5, description="单个地区的答案最多引几条原文")
    citations_per_region: int = Field(2, ge=1, le=3, description="两地并列的答案里每地最多引几条")
    indicators: int = Field(5, ge=0, le=20, description="答案里最多列几个指标值")
