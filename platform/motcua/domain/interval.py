"""Intervals of numbers, money or days in four words, as the law prints them: `đến` (≤), `dưới` (<), `từ` (≥), `trên`
(>)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import total_ordering
from typing import Any

Point = Fraction | date

_LOW = r"(?P<low>từ|trên|from|over)\s+(?P<a>.+?)"
_HIGH = r"(?P<high>đến dưới|to under|up to|đến|dưới|under|to)\s+(?P<b>.+)"
_WORDS = re.compile(rf"(?:{_LOW})?\s*(?:{_HIGH})?", re.IGNORECASE)
_OPEN = ("trên", "over", "dưới", "under", "đến dưới", "to under")


@total_ordering
@dataclass(frozen=True)
class Edge:
    """A place on the line just before (-1), at (0) or just after (1) a point; without a point, the end of the line on
    that side."""

    point: Point | None
    side: int

    def _key(self) -> tuple[int, Any, int]:
        return (self.side, 0, 0) if self.point is None else (0, self.point, self.side)

    def __lt__(self, other: Edge) -> bool:
        if self.point is None or other.point is None:
            return self._key()[0] < other._key()[0]
        return self._key() < other._key()


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`; None is open-ended. `low_in` and `high_in` say whether the ends belong to it."""

    low: Point | None = None
    high: Point | None = None
    low_in: bool = True
    high_in: bool = True

    def __contains__(self, value: Any) -> bool:
        if self.low is not None and (value < self.low or (value == self.low and not self.low_in)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_in)

    @property
    def start(self) -> Edge:
        return Edge(self.low, -1 if self.low is None or self.low_in else 1)

    @property
    def end(self) -> Edge:
        return Edge(self.high, 1 if self.high is None or self.high_in else -1)

    @property
    def empty(self) -> bool:
        return self.start > self.end or self.start == self.end

    def overlaps(self, other: Interval) -> bool:
        return max(self.start, other.start) < min(self.end, other.end)


def read_interval(text: str, read: Callable[[str], Point]) -> Interval:
    """`trên 10 tỷ đến 50 tỷ`, `dưới 16`, `từ 16 đến dưới 60`, `over 10 to 50`, or one point. Raises ValueError."""
    match = _WORDS.fullmatch(" ".join(text.split()))
    if match is None or not (match["low"] or match["high"]):
        point = read(text)
        return Interval(point, point)
    low, high = (read(match[key]) if match[key] else None for key in ("a", "b"))
    low_word, high_word = ((match[key] or "").lower() for key in ("low", "high"))
    found = Interval(low, high, low_word not in _OPEN, high_word not in _OPEN)
    if found.empty:
        raise ValueError(text)
    return found
