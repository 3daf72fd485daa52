"""How two ways to do the same are measured against each other: turn by turn in one run, so that a busy machine slows
both. Used by the bench.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Sides:
    """The best turn of each, in seconds: what it takes when nothing is in its way."""

    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    def __str__(self) -> str:
        return f"{self.ours * 1000:>9.3f} {self.bare * 1000:>9.3f} {self.ratio:>6.1f} x"


@dataclass(frozen=True)
class Measure:
    """One kind of work, where few cases lie and where many do; `statements` are what ours asks of the database."""

    what: str
    few: Sides
    many: Sides | None = None  # where no database is asked there is nothing to grow
    statements: tuple[int, ...] = ()

    @property
    def growth(self) -> float:
        return self.many.ours / self.few.ours if self.many else 1.0

    def __str__(self) -> str:
        grown = f" {self.many} {self.growth:>6.1f} x {self.statements[-1]:>8}" if self.many else ""
        return f"{self.what:<58} {self.few}{grown}"


def table(title: str, few: int, many: int, measures: Sequence[Measure]) -> str:
    """Milliseconds and ratios, one line for each measure."""
    sides = f"{'ours':>9} {'bare':>9} {'ratio':>8}"
    sizes = f"{'':<58} {f'{few:,} cases':>28} {f'{many:,} cases':>28}"
    heads = f"{title:<58} {sides} {sides} {'growth':>8} {'queries':>8}"
    return "\n".join(["", sizes, heads, *map(str, measures)])


def in_turn(works: Sequence[Work], *, turns: int) -> list[float]:
    """The best of each, after a turn that warms up."""
    taken: list[list[float]] = [[] for _ in works]
    gc.collect()
    for turn in range(turns + 1):
        for work, times in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            if turn:
                times.append(time.perf_counter() - began)
    return [min(times) for times in taken]
