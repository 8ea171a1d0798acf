"""Memory that is free but still held, given back to the system."""

import ctypes
import gc

_LIBC = ctypes.CDLL(None)

# Bytes from which on a piece of memory is a mapping of its own, and goes back whole when it is freed. The GNU C library
# begins with 128 KB and raises that, up to 32 MB, to whatever was freed: once the first generation was dropped, the vectors
# of the next would lie among small pieces, and leave holes. A mapping costs 0.4 ms a MB each time it is made, so what a
# question makes must stay below: a few numbers a row, where a vector has hundreds.
APART_FROM = 2**20
PER_ROW = 32  # eight scores, or four row numbers
_MOST = 2**25  # the library takes no more; the vectors of a corpus so large are larger

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h


def keep_large_apart(rows: int) -> None:
    """Have the large arrays of generations go back to the system as soon as they are freed, where the C library can.

    To be called before a generation is dropped.

    :param rows: of the largest index that is open
    """
    choose = getattr(_LIBC, "mallopt", None)  # of glibc alone
    if choose is not None:
        apart = min(max(APART_FROM, PER_ROW * rows), _MOST)
        choose(_M_MMAP_THRESHOLD, apart)
        choose(_M_TRIM_THRESHOLD, 2 * apart)  # the library's own proportion


def give_back() -> None:
    """Free what a dropped generation left in circles, and return free pages to the system where its C library can.

    What is in use then is not gone through again before the next call; without circles it is freed as ever.

    The pages of an old generation are free, but lie between others that are not: without this a server under half an hour
    of publications grew twice as fast (docs/performance.md).
    """
    gc.unfreeze()
    gc.collect()
    # what stays is a whole generation: going through it for circles now and then took a tenth of a second of an answer
    gc.freeze()
    trim = getattr(_LIBC, "malloc_trim", None)  # of glibc alone
    if trim is not None:
        trim(0)
