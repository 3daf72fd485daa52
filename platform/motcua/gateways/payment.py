"""Payment: where a citizen is sent to pay, and what is believed of what comes back. Chosen by office, called by
casework and web.

A gateway's word is bound to its body by HMAC-SHA256 (RFC 2104), under a key that is derived from SECRET_KEY. While
keys change, what was signed under the former one still holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from motcua.domain.payment import ENDS, Order, Outcome
from motcua.settings import Settings

_FIELDS = {"order": str, "case": str, "amount": int, "currency": str, "state": str, "gateway_ref": str, "at": str}
_LONGEST = 100
_MOST = 10**15  # đồng


class Forged(Exception):
    """Not the gateway's word: no signature of a key in use, or a body that no gateway writes."""


class NotReturned(Exception):
    """The gateway does not give this money back: a person does, by hand."""


class Payment(Protocol):
    def begin(self, order: Order) -> str:
        """The address to which the citizen is sent to pay. The same order may begin again. Raises Unreachable."""
        ...

    def verify(self, body: bytes, signature: str) -> Outcome:
        """What a callback says. Raises Forged."""
        ...

    def ask(self, order: str) -> Outcome | None:
        """What became of an order; None while nothing did. Raises Unreachable."""
        ...

    def refund(self, gateway_ref: str, amount: int, key: str) -> str:
        """Gives back this much, in đồng, of the money that the gateway calls so; answers with its own number of that.
        The same `key` gives back once, however often. Raises Unreachable, and NotReturned where the gateway does not
        do it, or not so much.
        """
        ...


def payment_keys(settings: Settings) -> tuple[bytes, ...]:
    """The key that signs, and after it the former one, where there is one."""
    secrets = [key for key in (settings.secret_key, settings.old_secret_key) if key]
    return tuple(hmac.digest(key.encode(), b"motcua payment callbacks 1", "sha256") for key in secrets)


def sign(body: bytes, key: bytes) -> str:
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def verify(body: bytes, signature: str, keys: Sequence[bytes]) -> Outcome:
    """Raises Forged. Every key is tried, in the same time whichever fits."""
    given = signature.encode("utf-8", "replace")
    fits = [hmac.compare_digest(sign(body, key).encode(), given) for key in keys]
    if not any(fits):
        raise Forged("signature")
    return _outcome(body)


def write(said: Outcome) -> bytes:
    """A callback's body."""
    fields = {name: getattr(said, name) for name in _FIELDS} | {"at": said.at.isoformat()}
    return json.dumps(fields, separators=(",", ":")).encode()


def _outcome(body: bytes) -> Outcome:
    try:
        fields: dict[str, Any] = json.loads(body)
        at = datetime.fromisoformat(fields["at"])
        said = Outcome(**{**fields, "at": at})
    except (ValueError, TypeError, KeyError) as error:
        raise Forged("body") from error
    right = all(type(fields[name]) is kind for name, kind in _FIELDS.items())
    short = all(len(value) <= _LONGEST for value in fields.values() if isinstance(value, str))
    sane = said.state in ENDS and said.gateway_ref and at.tzinfo
    if not (right and short and sane and 0 <= said.amount < _MOST):
        raise Forged("body")
    return said
