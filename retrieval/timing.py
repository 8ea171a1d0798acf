"""How long the stages of an answer take."""

from time import perf_counter


class Timer:
    """Milliseconds a stage took, by name."""

    def __init__(self) -> None:
        self.start = self._last = perf_counter()
        self.stages: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        """Note what the stage took that ends now."""
        now = perf_counter()
        self.stages[stage] = (now - self._last) * 1000
        self._last = now

    def total(self) -> dict[str, float]:
        """Return every stage, and the whole as ``total``."""
        return {**self.stages, "total": (perf_counter() - self.start) * 1000}
