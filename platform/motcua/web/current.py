"""What the request in hand stands on: the office, and who is asking. Called by every view."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app, g, request

from motcua.domain.people import Officer
from motcua.domain.refusals import NotAllowed
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.sessions import SignedIn

OFFICE = "motcua.office"


def office() -> Office:
    found: Office = current_app.extensions[OFFICE]
    return found


def signed_in() -> SignedIn | None:
    found: SignedIn | None = g.get("signed_in")
    return found


def visitor() -> Account | None:
    """Whoever is asking, as the account is now; None for a stranger."""
    here = signed_in()
    return here.account if here else None


def account() -> Account:
    """The signed-in person, on pages that the access table opens to such alone. Raises NotAllowed for a stranger."""
    found = visitor()
    if found is None:
        raise NotAllowed()
    return found


def officer() -> Officer:
    """The signed-in officer, as the nouns know officers. Raises NotAllowed."""
    found = account()
    if found.login is None or found.agency is None:
        raise NotAllowed()
    return Officer(found.id, found.login, found.name, found.agency, frozenset(found.roles))


def address() -> str:
    """Where the request came from, for limits: of IPv6 the network, since one home has 2^64 addresses of it."""
    text = request.remote_addr or "unknown"
    try:
        found = ip_address(text)
    except ValueError:
        return text
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else text
