"""What a filing, or the answer to a supplement, comes to as its answers stand. Made by `filing` and `supplying`,
shown by web.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.domain import asking
from motcua.domain.fee import COUNTED, FeeLine
from motcua.domain.paper import PaperAsked
from motcua.domain.problems import Problem


@dataclass(frozen=True)
class Judged:
    """A filing as its answers stand: what is asked, needed, owed, and everything that is wrong with it."""

    settled: asking.Settled
    papers: list[PaperAsked]
    fees: list[FeeLine]
    positions: Mapping[str, str]
    problems: list[Problem]

    @property
    def ready(self) -> bool:
        return not any(problem.stops for problem in self.problems)

    @property
    def fee_total(self) -> int:
        """Phí and lệ phí as they stand, in đồng; what cannot be computed yet counts nothing."""
        return sum(line.owed for line in self.fees if line.fee.kind in COUNTED)
