"""Threads of the matrix products around a question."""

from threadpoolctl import threadpool_limits

# numpy's BLAS keeps its threads spinning for a while after each product, on the cores the encoder needs next. Measured on
# 2 cores (benchmarks/answer_speed.py, three runs each way): the encoder takes 47 ms after an answer with two threads,
# 21 ms with one, and an answer 69 ms against 41 ms. The products themselves are too small to gain from a second thread.
_NUMPYS = "libscipy_openblas"


def calm_products() -> None:
    """Let numpy multiply in one thread from now on; FAISS and torch have threads of their own.

    Where numpy was built with another BLAS nothing changes.
    """
    threadpool_limits({_NUMPYS: 1})
