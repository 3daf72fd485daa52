"""How two ways to do the same are measured against each other: turn by turn in one run, so that a busy machine slows
both. Used by the bench.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Sides:
    """The best turn of each, in seconds: what it takes when nothing is in its way."""

    what: str
    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    def __str__(self) -> str:
        return f"{self.what:<62} {_ms(self.ours)} {_ms(self.bare)} {self.ratio:>7.1f} x"


HEAD = f"{'':<62} {'ours':>10} {'bare':>10} {'ratio':>9}"


def side_by_side(what: str, ours: Work, bare: Work, *, turns: int) -> Sides:
    """Each takes its turn, `turns` times, after one that warms up."""
    taken: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for turn in range(turns + 1):
        for work, times in zip((ours, bare), taken, strict=True):
            began = time.perf_counter()
            work()
            if turn:
                times.append(time.perf_counter() - began)
    return Sides(what, *map(min, taken))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:>7.3f} ms"
