"""The page of the embedded payment gateway: in the demo alone, as if it were a bank's. What is pressed is told to the
portal as a bank tells it: signed, by a callback.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from motcua.casework.settle_payment import settle_payment
from motcua.domain.refusals import NotThere
from motcua.gateways.test_gateway import BUTTONS, TestGateway
from motcua.web.current import office
from motcua.web.theme import render

pages = Blueprint("test_gateway", __name__)


@pages.get("/test-gateway/<order>")
def gateway(order: str) -> Response:
    return render("test_gateway", asked=_gateway().order(order), buttons=BUTTONS)


@pages.post("/test-gateway/<order>")
def press(order: str) -> Response:
    """The callbacks arrive before the citizen is back, as most often they do."""
    bank = _gateway()
    for told in bank.press(order, request.form.get("button", ""), office().now()):
        settle_payment(office(), bank.verify(told.body, told.signature))
    return redirect(url_for("citizen.paid", ref=bank.order(order).case, order=order), 303)


def _gateway() -> TestGateway:
    found = office().payment
    if not isinstance(found, TestGateway):
        raise NotThere()
    return found
