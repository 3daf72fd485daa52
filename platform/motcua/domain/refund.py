"""A refund (hoàn trả): money that goes back to whoever paid it, once. Kept by the store, carried out by
casework/give_back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

DUE, SENT, BY_HAND, DONE = "due", "sent", "by_hand", "done"
#: owed; asked of the gateway, which has not confirmed; the gateway does not do it; done
STATES = (DUE, SENT, BY_HAND, DONE)


@dataclass(frozen=True)
class Refund:
    """`fees` in đồng of the payment that the case's event `seq` brought; without a `seq` the whole `order` came for
    nothing. `order` is the gateway's, None for money taken at the desk. `by` is the officer who began it, `number` that
    of the receipt that ended it.
    """

    id: str
    case: str
    seq: int | None
    order: str | None
    fees: Mapping[str, int]
    amount: int
    why: str
    created_at: datetime
    state: str = DUE
    by: str | None = None
    settled_at: datetime | None = None
    number: str | None = None
