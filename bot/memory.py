"""Memory that is free but still held, given back to the system."""

import ctypes
import gc

_LIBC = ctypes.CDLL(None)

# Bytes from which on a piece of memory is a mapping of its own and goes back whole when it is freed. The GNU C library
# begins with 128 KB and raises that, up to 32 MB, to whatever was freed: once the first generation was dropped, the vectors
# of the next would lie among small pieces, and leave holes. A question's own arrays are smaller, and stay quick to get.
APART_FROM = 2**20
_TRIM_FROM = (
    2 * APART_FROM
)  # free bytes at the end of the heap that go back at once: the library's own proportion
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h


def keep_large_apart() -> None:
    """Have large arrays go back to the system as soon as they are freed, where the C library can.

    To be called before the first generation is opened (docs/performance.md: 60 changes of generation with and without).
    """
    choose = getattr(_LIBC, "mallopt", None)  # of glibc alone
    if choose is not None:
        choose(_M_MMAP_THRESHOLD, APART_FROM)
        choose(_M_TRIM_THRESHOLD, _TRIM_FROM)


def give_back() -> None:
    """Free what a dropped generation left in circles, and return free pages to the system where its C library can.

    The pages of an old generation are free, but lie between others that are not: without this a server under half an hour
    of publications grew twice as fast (docs/performance.md).
    """
    gc.collect()
    trim = getattr(_LIBC, "malloc_trim", None)  # of glibc alone
    if trim is not None:
        trim(0)
