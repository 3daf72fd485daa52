"""What a case owes of each fee, and what it is owed back, in đồng (semantics 5). Called by `Case`.

A fee that a supplement or a finding makes dearer is owed by the difference; what was paid too much, or for a case that
ended without its result where the fee says `if_refused: refund`, is given back. Nothing is owed twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.domain.case_state import State
from motcua.domain.fee import Balance, Fee

#: ends after which more is still owed: none yet, or with the result
_OWING = (None, "granted")


@dataclass(frozen=True)
class RefundDue:
    """Money to be given back, of one payment: the event `seq`, made by the gateway's `order`, or at the desk without
    one. `why`: `less`, or how the case ended.
    """

    seq: int
    fees: Mapping[str, int]
    order: str | None
    why: str

    @property
    def amount(self) -> int:
        return sum(self.fees.values())


def balance(fee: Fee, state: State) -> Balance:
    """After an end without the result nothing more is owed; what was paid is kept unless the fee says otherwise."""
    fixed, paid, refunded = state.fees.get(fee.id, 0), state.paid.get(fee.id, 0), state.refunded.get(fee.id, 0)
    if state.outcome not in _OWING:
        fixed = 0 if fee.if_refused == "refund" else min(fixed, paid - refunded)
    return Balance(fixed, paid, refunded)


def refunds_due(balances: Mapping[str, Balance], state: State) -> list[RefundDue]:
    """The last payment is given back first."""
    left = {fee: one.to_refund for fee, one in balances.items() if one.to_refund}
    why = "less" if state.outcome in _OWING else str(state.outcome)
    found = []
    for payment in reversed(state.payments):
        fees = {fee: min(left[fee], n) for fee, n in payment.held.items() if left.get(fee) and n}
        left = {fee: n - fees.get(fee, 0) for fee, n in left.items()}
        if fees:
            found.append(RefundDue(payment.seq, fees, payment.order, why))
    return found
