"""A commune where one can pay: the citizen's copies cost 8.000 đồng each, two by the example ks-1, and the test gateway
is at hand. Importable by name, like `commune`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.casework.commune import Commune

from motcua.casework.begin_payment import begin_payment
from motcua.casework.settle_payment import settle_payment
from motcua.domain.case import Case
from motcua.domain.payment import Order, Outcome
from motcua.domain.refund import Refund
from motcua.gateways.letter import Unreachable
from motcua.gateways.payment import NotReturned, payment_keys
from motcua.gateways.test_gateway import TestGateway


class Away(TestGateway):
    """It gives the money back, and its answer is lost."""

    def refund(self, gateway_ref: str, amount: int, key: str) -> str:
        super().refund(gateway_ref, amount, key)
        raise Unreachable("away")


class Never(TestGateway):
    """A gateway that gives nothing back."""

    def refund(self, gateway_ref: str, amount: int, key: str) -> str:
        raise NotReturned(gateway_ref)


def with_gateway(commune: Commune, kind: type[TestGateway] = TestGateway) -> Commune:
    settings = commune.office.settings
    gateway = kind(settings.outgoing / "payments", payment_keys(settings))
    return replace(commune, office=replace(commune.office, payment=gateway))


def bank(town: Commune) -> TestGateway:
    assert isinstance(town.office.payment, TestGateway)
    return town.office.payment


def begun(town: Commune, ref: str) -> str:
    """The citizen goes to pay; answers with the order."""
    return begin_payment(town.office, ref, town.citizen.id).rpartition("/")[2]


def pressed(town: Commune, order: str, button: str = "pay") -> list[Order]:
    """What became of the order, by each callback that came."""
    told = bank(town).press(order, button, town.clock.now())
    return [settle_payment(town.office, bank(town).verify(one.body, one.signature)) for one in told]


def heard(town: Commune, order: str, **instead: Any) -> Order:
    """The gateway's word that an order was paid, with something else in it."""
    asked = bank(town).order(order)
    said = Outcome(order, asked.case, asked.amount, "VND", "paid", "TG1", town.clock.now())
    return settle_payment(town.office, replace(said, **instead))


def paid_online(town: Commune) -> str:
    """A case whose two copies were paid, 16.000 đồng."""
    ref = town.filed_at_once()
    pressed(town, begun(town, ref))
    return ref


def copies(town: Commune, ref: str, number: int) -> Case:
    """The office asks, and the citizen wants another number of copies."""
    town.act(town.desk, ref, "tiep_nhan", "bo_sung", asks=["yeu_cau"], reason="Mấy bản?")
    return town.supplied(town.supplement(ref, yeu_cau={"so_ban_sao": str(number)}))


def refused(town: Commune, ref: str) -> Case:
    return town.act(town.desk, ref, "tiep_nhan", "tu_choi", reason="Đã đăng ký ở nơi khác")


def money_of(town: Commune, ref: str, kind: str) -> list[Mapping[str, Any]]:
    """What the events of a kind say."""
    return [event.data for event in town.record(ref).events if event.kind == kind]


def held(town: Commune) -> list[Order]:
    """The money that waits for the cashier of the ward."""
    with town.office.store.reading() as books:
        return [order for order, _ in books.payments.by_hand(town.desk.agency)]


def to_give_back(town: Commune) -> list[Refund]:
    """The refunds that wait for the cashier of the ward."""
    with town.office.store.reading() as books:
        return [refund for refund, _ in books.refunds.queue(town.desk.agency)]


def refund_of(town: Commune, refund: str) -> Refund:
    with town.office.store.reading() as books:
        return books.refunds.get(refund)
