"""Where a payment gateway reports what became of an order. Called by create_app."""

from __future__ import annotations

import logging

from flask import Blueprint, request

from motcua.casework.settle_payment import settle_payment
from motcua.domain.refusals import NotThere
from motcua.gateways.payment import Forged
from motcua.web.current import office

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
