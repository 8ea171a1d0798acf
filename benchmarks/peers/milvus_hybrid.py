"""What Milvus ranks by itself: vectors, BM25 over its own jieba analyzer, and the two fused in the engine by RRF."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from pymilvus import AnnSearchRequest, DataType, Function, FunctionType, MilvusClient, RRFRanker

NAME = "policybot_peer"
BATCH = 500
ENOUGH = 50  # hits of each search that are fused


def hybrid(
    uri: str, texts: Sequence[str], vectors: NDArray[np.float32]
) -> Callable[[str, NDArray[np.float32]], list[int]]:
    """Fill a collection; return what finds the rows of a question and its vector, best first.

    :param uri: a server of the Milvus API; a collection ``NAME`` there is written over
    :param vectors: (texts, dimension)
    """
    client = MilvusClient(uri)
    client.drop_collection(NAME)
    schema = client.create_schema(auto_id=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=vectors.shape[1])
    analyzer = {"tokenizer": "jieba"}
    schema.add_field(
        "text", DataType.VARCHAR, max_length=8192, enable_analyzer=True, analyzer_params=analyzer
    )
    schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["words"]))
    index = client.prepare_index_params()
    index.add_index("vector", index_type="FLAT", metric_type="IP")
    index.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
    client.create_collection(NAME, schema=schema, index_params=index)
    for at in range(0, len(texts), BATCH):
        batch = zip(texts[at : at + BATCH], vectors[at : at + BATCH], strict=True)
        client.insert(
            NAME, [{"row": at + n, "text": text, "vector": one} for n, (text, one) in enumerate(batch)]
        )
    client.flush(NAME)
    client.load_collection(NAME)

    def find(question: str, vector: NDArray[np.float32]) -> list[int]:
        dense = AnnSearchRequest([vector], "vector", {"metric_type": "IP"}, limit=ENOUGH)
        words = AnnSearchRequest([question], "words", {"metric_type": "BM25"}, limit=ENOUGH)
        found = client.hybrid_search(NAME, [dense, words], RRFRanker(), limit=ENOUGH, output_fields=["row"])
        return [int(hit["row"]) for hit in found[0]]

    return find
