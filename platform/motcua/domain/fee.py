"""Fees (phí, lệ phí): the amount in đồng for these answers, when it falls due, and why. Bound from `fees:` of a
procedure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.domain.expression import Expression, Uncomputed
from motcua.domain.formula import Formula
from motcua.domain.text import Text
from motcua.domain.values import Facts
from motcua.domain.window import Window, in_force

KINDS = ("phi", "le_phi", "thue", "gia")
#: What this case pays here, a receipt for each; `thue` and `gia` are shown apart and never added to these.
COUNTED = ("phi", "le_phi")


@dataclass(frozen=True)
class Fee:
    id: str
    name: Text
    kind: str  # phi | le_phi | thue | gia
    amount: Formula
    due: tuple[str, ...] = ("received",)  # events: computed and fixed when the last of them happens, an estimate before
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()
    basis: str | None = None
    if_refused: str = "keep"  # keep | refund
    note: Text | None = None  # how it is reckoned, for those who have answered nothing yet
    if_less: str = "refund"  # keep | refund: when a supplement makes it less


@dataclass(frozen=True)
class Balance:
    """What is due of a fee as the case stands, what came, and what was given back, in đồng."""

    due: int = 0
    paid: int = 0
    refunded: int = 0

    @property
    def held(self) -> int:
        return self.paid - self.refunded

    @property
    def to_pay(self) -> int:
        return max(0, self.due - self.held)

    @property
    def to_refund(self) -> int:
        return max(0, self.held - self.due)


@dataclass(frozen=True)
class FeeLine:
    """One fee of one case. `amount` in đồng; None while an answer that it needs is not there."""

    fee: Fee
    amount: int | None
    why: Text | None = None
    basis: str | None = None
    due: bool = False  # fallen due, so fixed
    refunded: bool = False
    balance: Balance = Balance()

    @property
    def paid(self) -> bool:
        """Money came for it, and nothing more is owed."""
        return self.balance.held > 0 and not self.balance.to_pay

    @property
    def owed(self) -> int:
        return 0 if self.refunded else self.amount or 0


def estimate(fee: Fee, facts: Facts, on: date, *, strict: bool = False) -> FeeLine | None:
    """The fee on these facts; None where it does not apply. Unless strict, what cannot be told yet has no amount."""
    if not in_force(fee.in_force, on):
        return None
    try:
        if fee.when is not None and not facts.evaluate(fee.when):
            return None
        amount = fee.amount.compute(facts, on)
    except Uncomputed:
        if strict:
            raise
        return FeeLine(fee, None, basis=fee.basis)
    return FeeLine(fee, amount.value, amount.why, amount.basis or fee.basis)
