"""Random sequences of what gateways, citizens, cashiers and clocks do with one case, against a model of a few lines. S14.

The model: an order is paid by the first word that fits it while it is open and its fees are owed; other money waits for
a person, each once, who lets it pay what is owed exactly or sends it back; a withdrawn case gives back what it was paid.
In the end what came is what is kept and what went back, to the đồng.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from tests.casework.commune import Commune
from tests.casework.paying import held, to_give_back

from motcua.casework.begin_payment import begin_payment
from motcua.casework.give_back import give_back
from motcua.casework.place_money import assign_money, return_money
from motcua.casework.reconcile import reconcile
from motcua.casework.settle_payment import settle_payment
from motcua.casework.take_payment import take_payment
from motcua.domain.payment import Outcome
from motcua.domain.receipt import receipts_of
from motcua.domain.refusals import Incorrect, NotOffered
from motcua.gateways.payment import Forged, payment_keys
from motcua.gateways.test_gateway import TestGateway

OWED = 16_000
#: what a callback may say, and how often of twenty
SAYS = {"paid": 8, "failed": 3, "cancelled": 3, "amount": 2, "currency": 1, "case": 1, "forged": 2}


@dataclass
class Model:
    """Of one case: the state of each order, which money is known, how much waits for a person."""

    orders: dict[str, str] = field(default_factory=dict)
    money_of: dict[str, str] = field(default_factory=dict)  # order by gateway's number
    by_hand: int = 0
    came: int = 0
    paid: bool = False
    withdrawn: bool = False

    @property
    def owes(self) -> bool:
        return not self.paid and not self.withdrawn

    def hears(self, said: Outcome, fits: bool) -> None:
        state = self.orders[said.order]
        if said.gateway_ref in self.money_of:
            return
        if said.state != "paid":
            if state == "begun":
                self.orders[said.order] = said.state
            return
        self.came += said.amount
        settled = said.order in self.money_of.values()
        self.money_of[said.gateway_ref] = said.order
        if settled:
            self.by_hand += 1
        elif fits and state == "begun" and self.owes:
            self.orders[said.order], self.paid = "paid", True
        else:
            self.orders[said.order] = "mismatch"
            self.by_hand += 1


def play(town: Commune, rng: random.Random) -> None:
    gateway = TestGateway(town.office.settings.outgoing / "payments", payment_keys(town.office.settings))
    town = replace(town, office=replace(town.office, payment=gateway))
    ref, model, sent = town.filed_at_once(), Model(), list[tuple[Outcome, bool]]()
    for turn in range(rng.randrange(4, 16)):
        act = rng.choices(("begin", "new", "again", "withdraw", "desk", "settle", "back"), (3, 6, 3, 0.3, 0.4, 1, 1))[0]
        if act == "begin" or not model.orders:
            begin(town, ref, model)
        elif act == "withdraw" and not model.withdrawn:
            town.withdraw(ref)
            model.withdrawn = True
        elif act == "again" and sent:
            tell(town, model, *rng.choice(sent))
        elif act == "desk":
            take(town, ref, model)
        elif act == "settle":
            settle(town, rng, ref, model)
        elif act == "back":
            give(town, rng, ref)
        else:
            told = word(town, rng, ref, model, turn)
            if told:
                sent.append(told)
                tell(town, model, *told)
    compare(town, ref, model)
    town.clock.forward(minutes=11)
    reconcile(town.office)
    compare(town, ref, model)
    end(town, rng, ref, model)
    for order, state in model.orders.items():
        if state == "begun":  # else the next sequence would ask about it too
            settle_payment(town.office, Outcome(order, ref, OWED, "VND", "cancelled", "none", town.clock.now()))


def begin(town: Commune, ref: str, model: Model) -> None:
    try:
        order = begin_payment(town.office, ref, town.citizen.id).rpartition("/")[2]
    except NotOffered:
        assert not model.owes
        return
    assert model.owes
    open_before = [one for one, state in model.orders.items() if state == "begun"]
    assert order in open_before if open_before else order not in model.orders
    model.orders.setdefault(order, "begun")


def word(town: Commune, rng: random.Random, ref: str, model: Model, turn: int) -> tuple[Outcome, bool] | None:
    """Something that a gateway says of one of the orders, and whether it fits; a forged word is refused at once."""
    says = rng.choices(list(SAYS), list(SAYS.values()))[0]
    order, state = rng.choice(list(model.orders)), says if says in ("failed", "cancelled") else "paid"
    said = Outcome(order, ref, OWED, "VND", state, f"{order}-{turn}", town.clock.now())
    if says == "forged":
        told = TestGateway(town.office.settings.outgoing, [rng.randbytes(32)]).callback(said)
        with pytest.raises(Forged):
            gateway_of(town).verify(told.body, told.signature)
        return None
    wrong: dict[str, Any] = {"amount": OWED + rng.choice((-1, 1, 10)), "currency": "USD", "case": "another"}
    return (replace(said, **{says: wrong[says]}), False) if says in wrong else (said, True)


def take(town: Commune, ref: str, model: Model) -> None:
    """The citizen pays at the desk."""
    seen = town.record(ref).version
    if not model.owes:
        with pytest.raises(NotOffered):
            take_payment(town.office, ref, ["phi_ban_sao"], seen=seen, by=town.desk, way="cash")
        return
    take_payment(town.office, ref, ["phi_ban_sao"], seen=seen, by=town.desk, way="cash")
    model.paid, model.came = True, model.came + OWED


def settle(town: Commune, rng: random.Random, ref: str, model: Model) -> None:
    """A cashier looks at some money that did not fit: it pays if it can, and else goes back."""
    found = [money for money in held(town) if money.case == ref]
    if not found:
        return
    money = rng.choice(found)
    fits = model.owes and money.received == OWED and money.why != "currency"
    if not fits:
        with pytest.raises(Incorrect):
            assign_money(town.office, money.id, "", by=town.desk, reason="x")
    if fits and rng.random() < 0.7:
        assign_money(town.office, money.id, "", by=town.desk, reason="x")
        model.paid, state = True, "paid"
    else:
        return_money(town.office, money.id, by=town.desk, reason="x")
        state = "returned"
    model.by_hand -= 1
    if money.id in model.orders:
        model.orders[money.id] = state


def give(town: Commune, rng: random.Random, ref: str) -> None:
    """The cashier gives back all that is to be given back, some of it twice. The gateway knows of no money here."""
    for refund in [refund for refund in to_give_back(town) if refund.case == ref]:
        if refund.state == "due":
            assert give_back(town.office, refund.id, seen=refund.amount, by=town.desk).state == "by_hand"
        for _ in range(rng.randrange(1, 3)):
            done = give_back(town.office, refund.id, seen=refund.amount, by=town.desk, document="PC 1")
            assert done.state == "done"


def end(town: Commune, rng: random.Random, ref: str, model: Model) -> None:
    """Everything is settled: what came is what is kept and what went back."""
    while model.by_hand:
        settle(town, rng, ref, model)
    give(town, rng, ref)
    compare(town, ref, model)
    case = town.seen(ref)
    kept = OWED if model.paid and not model.withdrawn else 0
    went = sum(receipt.amount for receipt in receipts_of(case.events) if receipt.kind == "refund")
    assert model.came == kept + went
    assert case.state.paid.get("phi_ban_sao", 0) - case.state.refunded.get("phi_ban_sao", 0) == kept
    assert (case.refunds_due, [r for r in to_give_back(town) if r.case == ref]) == ([], [])


def gateway_of(town: Commune) -> TestGateway:
    assert isinstance(town.office.payment, TestGateway)
    return town.office.payment


def tell(town: Commune, model: Model, said: Outcome, fits: bool) -> None:
    told = gateway_of(town).callback(said)
    settle_payment(town.office, gateway_of(town).verify(told.body, told.signature))
    model.hears(said, fits)


def compare(town: Commune, ref: str, model: Model) -> None:
    with town.office.store.reading() as books:
        found = {order.id: order for order in books.payments.of_case(ref)}
    assert {order: found[order].state for order in model.orders} == model.orders
    assert sum(order.state == "mismatch" for order in found.values()) == model.by_hand
    paid = [event for event in town.record(ref).events if event.kind == "paid"]
    assert len(paid) == model.paid
    assert sum(state == "paid" for state in model.orders.values()) <= model.paid
    assert sum(len(event.data["receipts"]) for event in paid) == model.paid
    assert town.seen(ref).to_pay == ({"phi_ban_sao": OWED} if model.owes else {})


def test_random_sequences_on_each_database_end_as_the_model_says(commune: Commune, rng: random.Random) -> None:
    for _ in range(25):
        play(commune, rng)


@pytest.mark.soak
def test_a_thousand_random_sequences_end_as_the_model_says(commune: Commune, rng: random.Random) -> None:
    for _ in range(1000):
        play(commune, rng)
