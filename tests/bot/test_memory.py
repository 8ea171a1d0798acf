"""What is free is given back, with any C library."""

import gc
import weakref

import pytest

from bot import memory


class Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


class Library:
    """A C library that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def mallopt(self, name: int, value: int) -> int:
        self.told.append((name, value))
        return 1


@pytest.mark.parametrize(
    ("rows", "apart"), [(0, 1_048_576), (3_202, 1_048_576), (100_000, 3_200_000), (5_000_000, 33_554_432)]
)
def test_large_arrays_are_mappings_of_their_own(rows: int, apart: int, monkeypatch: pytest.MonkeyPatch):
    """M_MMAP_THRESHOLD (-3) is above 32 bytes a row and below the vectors; M_TRIM_THRESHOLD (-1) is twice that."""
    library = Library()
    monkeypatch.setattr(memory, "_LIBC", library)
    memory.keep_large_apart(rows)
    assert library.told == [(-3, apart), (-1, 2 * apart)]


def test_this_library_takes_the_largest():
    """It refuses more than half of one of its heaps, and says so with 0."""
    choose = getattr(memory._LIBC, "mallopt", None)
    if choose is None:
        pytest.skip("not the GNU C library")
    assert choose(memory._M_MMAP_THRESHOLD, memory._MOST) == 1


def test_a_library_without_choices(monkeypatch: pytest.MonkeyPatch):
    """Where nothing can be chosen nothing is, and nothing fails."""
    monkeypatch.setattr(memory, "_LIBC", object())
    memory.keep_large_apart(3_202)


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
