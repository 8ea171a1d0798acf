"""Token buckets on a clock that the test turns."""

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import TokenBuckets


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_of_turns_then_evenly_more():
    """Two a minute: two at once, the third after half a minute, each caller for itself."""
    clock = Clock()
    limits = TokenBuckets(clock)
    assert [limits.wait_s("a", 2) for _ in range(3)] == [0, 0, 30]
    assert limits.wait_s("b", 2) == 0
    clock.now = 30.0
    assert [limits.wait_s("a", 2) for _ in range(2)] == [0, 30]


def test_the_caller_longest_silent_gives_way():
    """Memory is bounded: a third caller takes the place of the one not heard for longest."""
    limits = TokenBuckets(Clock(), callers=2)
    assert [limits.wait_s(name, 1) for name in "aabca"] == [0, 60, 0, 0, 0]


@given(st.lists(st.floats(0, 100), max_size=50), st.integers(1, 50))
def test_never_more_than_a_bucket_and_its_refill(pauses, per_minute):
    """However calls are spread, no more pass than one full bucket and what flowed in since."""
    clock, passed = Clock(), 0
    limits = TokenBuckets(clock)
    for pause in pauses:
        clock.now += pause
        passed += limits.wait_s("a", per_minute) == 0
    assert passed <= per_minute + clock.now * per_minute / 60 + 1e-6


@given(st.integers(1, 200))
def test_the_wait_named_is_enough(per_minute):
    """Who waits as long as told gets a turn."""
    clock = Clock()
    limits = TokenBuckets(clock)
    while not (wait := limits.wait_s("a", per_minute)):
        pass
    clock.now += wait
    assert limits.wait_s("a", per_minute) == 0
