"""What only the demo shows: the letters and text messages that the embedded gateways were given. In a demo no telephone
rings, so the code of a sign-up is read here.
"""

from __future__ import annotations

from flask import Blueprint, Response

from motcua.gateways.letter import Letter
from motcua.gateways.mail import MailFolder
from motcua.gateways.sms import SmsFolder
from motcua.web.current import office
from motcua.web.theme import render

_MOST = 50

pages = Blueprint("demo", __name__, url_prefix="/demo")


@pages.get("/messages")
def messages() -> Response:
    """The latest first."""
    found: list[Letter] = []
    for gateway in (office().mail, office().sms):
        if isinstance(gateway, MailFolder | SmsFolder):
            found += gateway.letters()
    found.sort(key=lambda letter: (letter.at, letter.key), reverse=True)
    return render("demo_messages", letters=found[:_MOST])
