"""What is free is given back, with any C library."""

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


def test_large_arrays_are_mappings_of_their_own(monkeypatch: pytest.MonkeyPatch):
    """From a MB on (M_MMAP_THRESHOLD), and the end of the heap goes back from two on (M_TRIM_THRESHOLD)."""
    library = Library()
    monkeypatch.setattr(memory, "_LIBC", library)
    memory.keep_large_apart()
    assert library.told == [(-3, 1_048_576), (-1, 2_097_152)]


def test_a_library_without_choices(monkeypatch: pytest.MonkeyPatch):
    """Where nothing can be chosen nothing is, and nothing fails."""
    monkeypatch.setattr(memory, "_LIBC", object())
    memory.keep_large_apart()


@pytest.mark.parametrize("library", [memory._LIBC, object()], ids=["this one", "one without malloc_trim"])
def test_circles_are_freed(library: object, monkeypatch: pytest.MonkeyPatch):
    """A dropped generation whose parts refer to one another is gone afterwards."""
    monkeypatch.setattr(memory, "_LIBC", library)
    gone = weakref.ref(Ring())
    memory.give_back()
    assert gone() is None
