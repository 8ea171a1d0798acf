"""Which rows, as a filter of Milvus."""

import numpy as np
from numpy.typing import NDArray

# Documents lie in runs of rows: a filter by documents is a few ranges. Of more runs, a list is shorter.
_RUNS = 200


def within(field: str, rows: NDArray[np.int64]) -> str:
    """Return the filter that holds for exactly ``rows``, ascending and without repeats, at least one."""
    breaks = np.flatnonzero(np.diff(rows) != 1)
    firsts, lasts = rows[[0, *(breaks + 1)]], rows[[*breaks, len(rows) - 1]]
    if len(firsts) > _RUNS:
        return f"{field} in {rows.tolist()}"
    return " or ".join(
        f"({field} >= {first} and {field} <= {last})" for first, last in zip(firsts, lasts, strict=True)
    )
