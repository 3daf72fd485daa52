"""Asks the gateway about orders of which nothing was heard: a callback may never arrive, the money has. Called by the
worker, again and again; safe in several processes at once.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from motcua.casework.begin_payment import ASK_EVERY
from motcua.casework.settle_payment import settle_payment
from motcua.domain.payment import BEGUN, FAILED, Order
from motcua.gateways.letter import Unreachable
from motcua.gateways.payment import Payment
from motcua.office import Office

log = logging.getLogger(__name__)

#: An order that nobody has paid by then is given up; money that comes after it waits for a person.
GIVEN_UP = timedelta(days=1)


def reconcile(office: Office, *, most: int = 20) -> int:
    """Answers with how many orders were settled."""
    if office.payment is None:
        return 0
    with office.store.reading() as books:
        orders = books.payments.asking(office.now(), most=most)
    return sum(_ask(office, office.payment, order) for order in orders)


def _ask(office: Office, gateway: Payment, order: Order) -> bool:
    try:
        said = gateway.ask(order.id)
    except Unreachable as error:
        log.warning("the gateway cannot be asked about payment %s: %s", order.id, error)
        return _later(office, order)
    settled = said is not None and settle_payment(office, said).state != BEGUN
    return settled or _later(office, order, expires=said is None)


def _later(office: Office, order: Order, *, expires: bool = False) -> bool:
    """Asked again in a while, or given up when its day is over and the gateway knows of no money."""
    now = office.now()
    with office.store.transaction() as books:
        found = books.payments.get(order.id)
        if found.state != BEGUN:
            return True
        if expires and now - found.created_at >= GIVEN_UP:
            books.payments.settle(replace(found, state=FAILED, why="expired", settled_at=now))
            return True
        books.payments.ask_again(order.id, now + ASK_EVERY)
    return False
