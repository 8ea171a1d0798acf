"""Products around a question take one thread; the engines keep theirs."""

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from retrieval.threads import calm_products


def threads(prefix):
    return {pool["num_threads"] for pool in threadpool_info() if pool["prefix"] == prefix}


def test_numpy_multiplies_in_one_thread():
    """Whatever numpy's BLAS was allowed before, it has one thread afterwards, and products come out the same."""
    threadpool_limits({"libscipy_openblas": 2})
    before = np.arange(6.0).reshape(2, 3) @ np.arange(6.0).reshape(3, 2)
    calm_products()
    assert threads("libscipy_openblas") <= {1}
    assert (np.arange(6.0).reshape(2, 3) @ np.arange(6.0).reshape(3, 2)).tolist() == before.tolist()


def test_openmp_of_the_engines_keeps_its_threads():
    """The encoder's and FAISS's pools are as they were."""
    before = {
        pool["filepath"]: pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "openmp"
    }
    calm_products()
    after = {
        pool["filepath"]: pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "openmp"
    }
    assert after == before
