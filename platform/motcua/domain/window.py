"""A stretch of days in which something holds (hiệu lực): `in_force: {from, to}`. Used by whatever is dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Window:
    """Both ends are included; an end that is left out is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def in_force(windows: tuple[Window, ...], day: date) -> bool:
    """Whether a day lies in one of the windows; without windows every day does."""
    return not windows or any(window.holds(day) for window in windows)
