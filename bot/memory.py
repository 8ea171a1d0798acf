"""Memory that is free but still held, given back to the system."""

import ctypes
import gc

_LIBC = ctypes.CDLL(None)


def give_back() -> None:
    """Free what a dropped generation left in circles, and return free pages to the system where its C library can.

    Without it a server that followed thirty publications held 60 MB more than one that followed none: the pages of each
    old generation are free, but lie between others that are not.
    """
    gc.collect()
    trim = getattr(_LIBC, "malloc_trim", None)  # of glibc alone
    if trim is not None:
        trim(0)
