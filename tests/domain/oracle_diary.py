"""What the slow clerk of `oracle_history` writes down of one case, as plain as can be: a procedure is the data of its
YAML, a case is the places where it stands and a diary of what happened.

Moments are local, without a zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.domain.oracle_time import Office

Data = Mapping[str, Any]
HERE = "xa_an"  # receives and decides


@dataclass(frozen=True)
class Plan:
    """A procedure as its files say it, and the working time of each agency."""

    workflow: Data
    limits: tuple[Data, ...]
    fees: tuple[Data, ...]
    results: tuple[str, ...]
    offices: Mapping[str, Office]

    def step(self, name: str) -> Data:
        found: Data = self.workflow["steps"][name]
        return found


@dataclass(frozen=True)
class Entry:
    """A line of the diary. `outside`: it came from the citizen or another body, not from an officer or the clock.
    `counts`: where the text names another moment from which it counts.
    """

    name: str
    at: datetime
    outside: bool
    counts: datetime | None = None


@dataclass
class Token:
    """One place where the case stands. `forks`: inside which forks, the innermost last."""

    step: str
    agency: str
    since: datetime
    outside: bool
    forks: tuple[int, ...]


@dataclass(frozen=True)
class Stood:
    """From `at` on: whether the case was suspended, and for the sake of which clocks it stood still at all."""

    at: datetime
    held: frozenset[str]
    clocks: frozenset[str]
    outside: bool


@dataclass
class Diary:
    """Everything that is known of one case."""

    plan: Plan
    answers: dict[str, Any]
    diary: list[Entry] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    stood: list[Stood] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)  # of each fork that was ever opened
    opening: list[int] = field(default_factory=list)
    times: dict[str, int] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    findings: dict[str, Data] = field(default_factory=dict)
    opinions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    owed: dict[str, int] = field(default_factory=dict)
    extensions: list[tuple[datetime, str]] = field(default_factory=list)
    suspended: str | None = None
    outcome: str | None = None
    ended: datetime | None = None

    # ---- what happened ----

    def first(self, name: str) -> Entry | None:
        return next((entry for entry in self.diary if entry.name == name), None)

    def last(self, name: str) -> Entry | None:
        return next((entry for entry in reversed(self.diary) if entry.name == name), None)

    def at(self, step: str) -> list[Token]:
        return [token for token in self.tokens if token.step == step]

    def holds(self, condition: str | None) -> bool:
        """`don.x`, `!don.x`, `step.s.x`, `!step.s.x`, and `has(step.s.x) && ` before them; nothing holds always."""
        if condition is None:
            return True
        guard, _, rest = condition.rpartition(" && ")
        where, _, name = rest.lstrip("!").rpartition(".")
        known = self.answers if where == "don" else self.findings.get(where.removeprefix("step."), {})
        if guard and name not in known:
            return False
        return bool(known[name]) is not rest.startswith("!")

    def choose(self, rows: Any) -> Any:
        """The value itself, or the first row that holds."""
        if not isinstance(rows, list):
            return rows
        return next(row["is"] if "is" in row else row["else"] for row in rows if self.holds(row.get("when")))

    def interrupt(self, name: str) -> Data:
        return next(one for one in self.plan.workflow["interrupts"] if one["id"] == name)
