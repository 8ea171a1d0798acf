"""What is free is given back, with any C library."""

import gc
import weakref

import pytest

from bot import memory


class Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.mark.parametrize("library", [memory._LIBC, object()], ids=["this one", "one without malloc_trim"])
def test_circles_are_freed(library: object, monkeypatch: pytest.MonkeyPatch):
    """A dropped generation whose parts refer to one another is gone afterwards."""
    monkeypatch.setattr(memory, "_LIBC", library)
    gone = weakref.ref(Ring())
    memory.give_back()
    assert gone() is None


def test_what_is_in_use_is_left_alone_until_the_next_time():
    """Going through a generation for circles takes a tenth of a second; those it leaves behind go with the next one."""
    ring = Ring()
    gone = weakref.ref(ring)
    memory.give_back()
    assert gc.get_freeze_count() > 0
    del ring
    gc.collect()
    assert gone() is not None
    memory.give_back()
    assert gone() is None
