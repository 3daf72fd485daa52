"""The embedded payment gateway: a stranger with a page of its own and a book of its own in the data folder. No money
moves. The demo alone is given it, by office; its page is web/test_gateway.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.domain.payment import CANCELLED, CURRENCY, FAILED, PAID, Order, Outcome
from motcua.domain.refusals import NotThere
from motcua.gateways import payment
from motcua.gateways.payment import NotReturned

#: what may be pressed on its page
BUTTONS = ("pay", "cancel", "fail", "late", "twice", "wrong_amount")
_ENDS = {"cancel": CANCELLED, "fail": FAILED}
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Callback:
    """What the gateway sends to the portal, and the signature that goes with it."""

    body: bytes
    signature: str


@dataclass(frozen=True)
class Asked:
    """An order as the gateway knows it: `amount` in đồng; `said` once something became of it."""

    order: str
    case: str
    amount: int
    said: Outcome | None = None


class TestGateway:
    __test__ = False  # its name is no promise to pytest

    def __init__(self, folder: Path, keys: Sequence[bytes]) -> None:
        self._folder, self._keys = folder, keys

    def begin(self, order: Order) -> str:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._file(order.id).exists():
            self._keep(Asked(order.id, order.case, order.amount))
        return f"/test-gateway/{order.id}"

    def verify(self, body: bytes, signature: str) -> Outcome:
        return payment.verify(body, signature, self._keys)

    def ask(self, order: str) -> Outcome | None:
        try:
            return self.order(order).said
        except NotThere:
            return None

    def refund(self, gateway_ref: str, amount: int, key: str) -> str:
        """Never more than came; the same key once."""
        file = self._folder / f"{gateway_ref}.money"
        if not _ID.fullmatch(gateway_ref) or not file.is_file():
            raise NotReturned(gateway_ref)
        kept = json.loads(file.read_text(encoding="utf-8"))
        if key not in kept["back"] and sum(kept["back"].values()) + amount > kept["came"]:
            raise NotReturned(gateway_ref)
        self._write(file, {**kept, "back": {**kept["back"], key: kept["back"].get(key, amount)}})
        return f"TGH{key}"

    def order(self, order: str) -> Asked:
        """Raises NotThere."""
        file = self._file(order)
        if not file.is_file():
            raise NotThere()
        kept = json.loads(file.read_text(encoding="utf-8"))
        said = kept.pop("said")
        outcome = Outcome(**{**said, "at": datetime.fromisoformat(said["at"])}) if said else None
        return Asked(**kept, said=outcome)

    def press(self, order: str, button: str, at: datetime) -> list[Callback]:
        """Somebody presses a button; answers with what the gateway tells the portal, in this order. `late` takes the
        money and tells nothing: the portal has to ask. An order that was paid stays paid. Raises NotThere.
        """
        if button not in BUTTONS:
            raise NotThere()
        asked = self.order(order)
        if asked.said is None or asked.said.state != PAID:
            asked = replace(asked, said=_said(asked, button, at))
            self._keep(asked)
        told = {"late": 0, "twice": 2}.get(button, 1)
        return [self.callback(asked.said)] * told if asked.said else []

    def callback(self, said: Outcome) -> Callback:
        body = payment.write(said)
        return Callback(body, payment.sign(body, self._keys[0]))

    def _file(self, order: str) -> Path:
        if not _ID.fullmatch(order):
            raise NotThere()
        return self._folder / f"{order}.json"

    def _keep(self, asked: Asked) -> None:
        said = json.loads(payment.write(asked.said)) if asked.said else None
        kept = {"order": asked.order, "case": asked.case, "amount": asked.amount, "said": said}
        self._write(self._file(asked.order), kept)
        if asked.said and asked.said.state == PAID:
            self._write(self._folder / f"{asked.said.gateway_ref}.money", {"came": asked.said.amount, "back": {}})

    def _write(self, file: Path, kept: dict[str, Any]) -> None:
        part = self._folder / f"{secrets.token_hex(8)}.part"
        part.write_text(json.dumps(kept), encoding="utf-8")
        os.replace(part, file)


def _said(asked: Asked, button: str, at: datetime) -> Outcome:
    amount = asked.amount // 2 if button == "wrong_amount" else asked.amount
    number = f"TG{secrets.token_hex(8).upper()}"
    return Outcome(asked.order, asked.case, amount, CURRENCY, _ENDS.get(button, PAID), number, at)
