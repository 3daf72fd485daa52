"""What an example expects, beside what the pages said: each key of `expect` in the words of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.stories.as_written import AsWritten
from tests.stories.played_example import Seen, moment_of
from tests.stories.seen_case import OUTCOMES, DeskPage, Paper

Pair = tuple[Any, Any]
NOT_FILED = DeskPage((), {}, 0, (), "")


def differing(seen: Seen, procedure: AsWritten, example: Mapping[str, Any]) -> dict[str, Pair]:
    """By key, what was counted and what was seen instead. An expectation that nobody can read is a KeyError."""
    by_hand = _ByHand(seen, seen.desk or NOT_FILED, procedure, example["answers"])
    pairs = {key: by_hand.pair(key, wanted) for key, wanted in example["expect"].items()}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True)
class _ByHand:
    seen: Seen
    desk: DeskPage
    procedure: AsWritten
    answers: Mapping[str, Any]

    def pair(self, key: str, wanted: Any) -> Pair:
        return _READ[key](self, wanted)

    def papers(self, wanted: list[Any]) -> Pair:
        return sorted(map(self._paper, wanted)), sorted(paper.name for paper in self.desk.papers)

    def _paper(self, wanted: Any) -> str:
        """By its name; where numbers are expected too, they are read beside it."""
        if not isinstance(wanted, Mapping):
            return self.procedure.paper(str(wanted), self.answers)
        name = self.procedure.paper(str(wanted["id"]), self.answers)
        shown = next((paper for paper in self.desk.papers if paper.name == name), Paper(name, ""))
        numbers = {"originals": "bản chính", "copies": "bản sao"}
        assert all(f"{wanted[k]} {word}" in shown.wanted for k, word in numbers.items() if k in wanted), shown
        return name

    def fee_total(self, wanted: Any) -> Pair:
        return _money(wanted), self.desk.fee_total

    def fees(self, wanted: Mapping[str, Any]) -> Pair:
        names = {self.procedure.fee(name): _money(amount) for name, amount in wanted.items()}
        return names, {name: self.desk.fees.get(name) for name in names}

    def due(self, wanted: Any) -> Pair:
        return _moment(wanted), self.desk.due

    def limits(self, wanted: Mapping[str, Any]) -> Pair:
        ends = {self.procedure.limit(name): _moment(end) for name, end in wanted.items()}
        shown = {limit.name: limit.due for limit in self.desk.limits}
        return ends, {name: shown.get(name) for name in ends}

    def outcome(self, wanted: str | None) -> Pair:
        return wanted, next((name for name, said in OUTCOMES.items() if said in self.desk.state), None)

    def route(self, wanted: list[str]) -> Pair:
        """The portal takes everything that is owed at once, so a later wait for money may have nothing to wait for."""
        seen = list(self.seen.route)
        later = [step for step in wanted if self.procedure.waits_for(step) == "payment"][1:]
        return [step for step in wanted if step in seen or step not in later], seen

    def agencies(self, wanted: Mapping[str, str]) -> Pair:
        return dict(wanted), {position: self.seen.agencies.get(position) for position in wanted}

    def slips(self, wanted: list[str]) -> Pair:
        return [self.procedure.slip(name) for name in wanted], list(self.desk.slips)

    def problems(self, wanted: list[str]) -> Pair:
        return frozenset(wanted), self.seen.problems


_READ: Mapping[str, Callable[[_ByHand, Any], Pair]] = {
    "papers": _ByHand.papers,
    "fee_total": _ByHand.fee_total,
    "fees": _ByHand.fees,
    "due": _ByHand.due,
    "limits": _ByHand.limits,
    "outcome": _ByHand.outcome,
    "route": _ByHand.route,
    "agencies": _ByHand.agencies,
    "slips": _ByHand.slips,
    "problems": _ByHand.problems,
}


def _money(written: Any) -> int | None:
    """`44.000`, as the law prints it."""
    return None if written is None else int(str(written).replace(".", ""))


def _moment(written: Any) -> datetime | None:
    return None if written is None else moment_of(str(written))
