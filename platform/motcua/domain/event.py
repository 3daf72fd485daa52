"""An event: one thing that happened to a case, once, never changed. A case is its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Event:
    """`names` are the vocabulary words that it makes true (`accepted`, `step.ky`, `slip.giay_tiep_nhan` ...).

    `data` is plain JSON; the keys that move a case: `answers papers facts leaves enters fees positions moments
    outcome asks extends`; `slips` is what was printed. `by` is `citizen:<account>`, `officer:<login>` or `clock`.
    """

    seq: int
    at: datetime
    kind: str
    by: str
    names: tuple[str, ...]
    data: Mapping[str, Any]

    @property
    def outside(self) -> bool:
        """It came from the citizen: out of hours it counts at the next opening (semantics 7)."""
        return self.by.startswith("citizen:")

    def moment(self, name: str) -> datetime:
        """When a name counts from: its own moment where the law moves it (`received`), else the event's."""
        moved = self.data.get("moments", {}).get(name)
        return datetime.fromisoformat(moved).astimezone(self.at.tzinfo) if moved else self.at
