"""An axis from zero with round steps."""

from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)
_MOST_STEPS = 6
_WHOLE = 100.0  # a share is a part of the whole …
_HALF = 50.0  # … which the axis shows where a bar reaches half of it


def ticks(longest: float, unit: str) -> tuple[float, ...]:
    """Return the marks of an axis, the first 0, the last not below the longest bar.

    :param longest: length of the longest bar, ≥ 0
    """
    if unit == "%" and _HALF <= longest <= _WHOLE:
        longest = _WHOLE
    if longest <= 0:
        return (0.0, 1.0)
    rough = longest / _MOST_STEPS
    power = 10 ** floor(log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * (1 - 1e-9))
    return tuple(n * step for n in range(ceil(longest / step - 1e-9) + 1))


def tick_text(mark: float) -> str:
    """Write a mark: 2000 → 2000, 2.5 → 2.5, 120000 → 12万."""
    if mark >= 10**4 and mark % 100 == 0:
        return f"{mark / 10**4:g}万"
    return f"{mark:g}"
