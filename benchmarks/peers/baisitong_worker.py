"""Answers JSON lines of questions with baisitong's own chunker and retriever, in an environment of its own.

Reads one line ``{"documents": [{"title", "text"}]}``, then one ``{"question", "last"}`` a line; writes the contents of
the first three chunks, or an empty list where it finds no answer.
"""

import json
import sys

from baisitong.services.documents import chunk_text
from baisitong.services.embeddings import dumps
from baisitong.services.retriever import HybridRetriever, rewrite_query

first = json.loads(sys.stdin.readline())
rows = [
    {"document_id": n, "doc_title": one["title"], "content": chunk, "embedding_json": None}
    for n, one in enumerate(first["documents"])
    for chunk in chunk_text(one["text"])
]
retriever = HybridRetriever()
# its local mode fits TF-IDF over all chunks, then stores each chunk's vector as text
retriever._tfidf.fit([row["content"] for row in rows])
for number, row in enumerate(rows):
    row["chunk_id"] = number
    row["embedding_json"] = dumps(retriever._tfidf.transform(row["content"]))
retriever.rebuild(rows)
for line in sys.stdin:
    asked = json.loads(line)
    query = rewrite_query(asked["question"], asked["last"])
    hits = retriever.search(query, retriever._tfidf.transform(query), top_k=3)
    found = [{"document": hit.document_id, "text": hit.content} for hit in hits]
    print(json.dumps(found, ensure_ascii=False), flush=True)
