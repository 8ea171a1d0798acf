"""What is free is given back, with any C library."""

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
