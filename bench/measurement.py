"""How a promise about speed is measured and printed."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """A ratio against its budget; lower is better."""

    name: str
    ratio: float
    budget: float
    note: str = ""

    @property
    def is_kept(self) -> bool:
        return self.ratio <= self.budget

    def __str__(self) -> str:
        verdict = "ok" if self.is_kept else "short"
        note = f"  # {self.note}" if self.note else ""
        return f"{self.name}: ratio {self.ratio:.2f} (budget {self.budget:g}) {verdict}{note}"


def interleaved_medians(*functions: Callable[[], object], runs: int = 5) -> list[float]:
    """Median seconds of each function, run in turns so that the machine's mood hits all alike."""
    seconds: list[list[float]] = [[] for _ in functions]
    for function in functions:
        function()
    for _ in range(runs):
        for function, kept in zip(functions, seconds, strict=True):
            start = time.perf_counter()
            function()
            kept.append(time.perf_counter() - start)
    return [statistics.median(kept) for kept in seconds]
