"""Payments as gateways and officers see them: where a gateway reports, and the money that did not fit."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, request

from motcua.casework.settle_payment import settle_payment
from motcua.domain.refusals import NotThere
from motcua.gateways.payment import Forged
from motcua.web.current import office, officer
from motcua.web.theme import render

log = logging.getLogger(__name__)
SIGNATURE = "Payment-Signature"

pages = Blueprint("payments", __name__)


@pages.post("/payments/callback")
def callback() -> tuple[dict[str, str], int]:
    """Told again it answers the same. A gateway tells again whatever was not answered by 200."""
    gateway = office().payment
    if gateway is None:
        raise NotThere()
    try:
        said = gateway.verify(request.get_data(cache=False), request.headers.get(SIGNATURE, ""))
    except Forged as error:
        log.warning("a forged payment callback was refused: %s", error)
        return {"error": "signature"}, 400
    order = settle_payment(office(), said)
    return {"order": order.id, "state": order.state}, 200


@pages.get("/desk/payments")
def by_hand() -> Response:
    """Money that a person must look at, of the cases that this officer's agency received."""
    desk = officer()
    with office().store.reading() as books:
        found = books.payments.by_hand(desk.agency)
    return render("desk_payments", found=found, desk=desk)
