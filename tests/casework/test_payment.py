"""Paying: what fits moves the case once, whatever a gateway tells, how often, and in which order. S14."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.casework.commune import Commune

from motcua.casework.begin_payment import begin_payment
from motcua.casework.reconcile import reconcile
from motcua.casework.settle_payment import settle_payment
from motcua.domain.payment import Order, Outcome
from motcua.domain.refusals import NotOffered, NotThere
from motcua.gateways.letter import Unreachable
from motcua.gateways.payment import Forged, payment_keys, sign, write
from motcua.gateways.test_gateway import Callback, TestGateway

OLD = "the key of the year before, never shown to anybody"


@pytest.fixture
def town(commune: Commune) -> Commune:
    """The commune with a payment gateway; whoever files owes 16.000 đồng for two copies."""
    settings = commune.office.settings
    gateway = TestGateway(settings.outgoing / "payments", payment_keys(settings))
    return replace(commune, office=replace(commune.office, payment=gateway))


def bank(town: Commune) -> TestGateway:
    assert isinstance(town.office.payment, TestGateway)
    return town.office.payment


def begun(town: Commune, ref: str) -> str:
    """The citizen goes to pay; answers with the order."""
    return begin_payment(town.office, ref, town.citizen.id).rpartition("/")[2]


def tell(town: Commune, told: Callback) -> Order:
    """The callback comes in."""
    return settle_payment(town.office, bank(town).verify(told.body, told.signature))


def pressed(town: Commune, order: str, button: str) -> list[Order]:
    return [tell(town, told) for told in bank(town).press(order, button, town.clock.now())]


def said(town: Commune, order: str, state: str = "paid", **instead: Any) -> Outcome:
    """The gateway's word about an order, with something else in it."""
    asked = bank(town).order(order)
    outcome = Outcome(order, asked.case, asked.amount, "VND", state, "TG1", town.clock.now())
    return replace(outcome, **instead)


def order_of(town: Commune, order: str) -> Order:
    with town.office.store.reading() as books:
        return books.payments.get(order)


def payments(town: Commune, ref: str) -> list[Mapping[str, Any]]:
    """What the events of the case say of money that came."""
    return [event.data for event in town.record(ref).events if event.kind == "paid"]


def to_look_at(town: Commune) -> list[str]:
    """Why, for each money that waits for a person at the ward."""
    with town.office.store.reading() as books:
        return [order.why for order, _ in books.payments.by_hand(town.desk.agency)]


# ---- what fits ----


def test_what_is_owed_is_paid_and_nothing_is_owed_any_more(town: Commune) -> None:
    ref = town.filed()
    (settled,) = pressed(town, begun(town, ref), "pay")
    assert (settled.state, settled.amount, settled.received) == ("paid", 16_000, 16_000)
    assert [data["paid"] for data in payments(town, ref)] == [{"phi_ban_sao": 16_000}]
    assert "paid" in town.seen(ref).state.happened
    with pytest.raises(NotOffered):
        begun(town, ref)


def test_the_receipt_is_kept_with_the_event_and_numbered_without_a_gap(town: Commune) -> None:
    """One for each kind of money; the number names agency and year."""
    refs = [town.filed() for _ in range(3)]
    pressed(town, begun(town, refs[0]), "pay")
    pressed(town, begun(town, refs[1]), "fail")
    pressed(town, begun(town, refs[2]), "pay")
    given = [receipt for ref in refs for data in payments(town, ref) for receipt in data["receipts"]]
    code = town.seen(refs[0]).province.agencies[town.desk.agency].code
    assert [receipt["number"] for receipt in given] == [f"BLP-{code}-2026-000001", f"BLP-{code}-2026-000002"]
    assert {key: value for key, value in given[0].items() if key != "content"} == {
        "number": f"BLP-{code}-2026-000001",
        "kind": "phi",
        "title": "Biên lai thu phí",
        "agency": "ubnd_phuong_ham_rong",
        "payer": "Đỗ Thị Hạnh",
        "at": "2026-10-05T08:00:00+07:00",
        "fees": {"phi_ban_sao": 16_000},
        "amount": 16_000,
    }


def test_the_citizen_is_told_how_much_came(town: Commune) -> None:
    ref = town.filed()
    pressed(town, begun(town, ref), "pay")
    told = [m for m in town.said(ref) if m.text == "notice.paid"]
    assert {(m.channel, m.params["amount"]) for m in told} == {("portal", 16_000), ("email", 16_000), ("sms", 16_000)}


def test_pressed_twice_it_is_the_same_order(town: Commune) -> None:
    ref = town.filed()
    assert begun(town, ref) == begun(town, ref)


def test_after_a_failure_one_may_try_again(town: Commune) -> None:
    ref = town.filed()
    first = begun(town, ref)
    pressed(town, first, "fail")
    second = begun(town, ref)
    assert first != second
    pressed(town, second, "pay")
    assert (order_of(town, first).state, order_of(town, second).state) == ("failed", "paid")


def test_another_citizen_cannot_begin_and_without_a_gateway_nobody(town: Commune) -> None:
    ref = town.filed()
    with pytest.raises(NotThere):
        begin_payment(town.office, ref, town.stranger().id)
    with pytest.raises(NotOffered):
        begin_payment(replace(town.office, payment=None), ref, town.citizen.id)


# ---- what is not the gateway's word ----


def test_a_changed_body_another_key_and_no_signature_are_forged(town: Commune) -> None:
    order = begun(town, town.filed())
    told = bank(town).callback(said(town, order))
    cheaper = told.body.replace(b"16000", b"00001")
    stranger = TestGateway(town.office.settings.outgoing, [b"another key"]).callback(said(town, order))
    for body, signature in (
        (cheaper, told.signature),
        (told.body, ""),
        (told.body, told.signature[:-1]),
        (told.body, "é" * 64),
        (stranger.body, stranger.signature),
    ):
        with pytest.raises(Forged):
            bank(town).verify(body, signature)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "16000"},
        {"amount": True},
        {"amount": -1},
        {"amount": 10**15},
        {"state": "given"},
        {"gateway_ref": ""},
        {"gateway_ref": "x" * 101},
        {"at": "2026-10-05T08:00:00"},
        {"at": "yesterday"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_signed_body_that_no_gateway_writes_is_forged_too(town: Commune, wrong: dict[str, Any]) -> None:
    fields = json.loads(write(said(town, begun(town, town.filed()))))
    body = json.dumps({**fields, **wrong}).encode()
    with pytest.raises(Forged):
        bank(town).verify(body, payment_signature(town, body))


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"\xff", b'{"order":'], ids=str)
def test_a_signed_body_that_is_no_order_is_forged_too(town: Commune, body: bytes) -> None:
    with pytest.raises(Forged):
        bank(town).verify(body, payment_signature(town, body))


def payment_signature(town: Commune, body: bytes) -> str:
    return sign(body, payment_keys(town.office.settings)[0])


def test_what_was_signed_under_the_former_key_still_holds_and_the_new_key_signs(town: Commune) -> None:
    settings = town.office.settings
    before = TestGateway(settings.outgoing / "payments", payment_keys(replace(settings, secret_key=OLD)))
    rotated = replace(settings, old_secret_key=OLD)
    today = TestGateway(settings.outgoing / "payments", payment_keys(rotated))
    outcome = said(town, begun(town, town.filed()))
    told = before.callback(outcome)
    assert today.verify(told.body, told.signature) == outcome
    assert today.callback(outcome) == bank(town).callback(outcome)


def test_an_order_that_is_not_ours_is_not_there(town: Commune) -> None:
    order = begun(town, town.filed())
    with pytest.raises(NotThere):
        settle_payment(town.office, replace(said(town, order), order="nobody"))


# ---- again, at once, and out of order ----


def test_the_same_callback_a_hundred_times_settles_once(town: Commune) -> None:
    ref = town.filed()
    told = bank(town).callback(said(town, begun(town, ref)))
    assert {tell(town, told).state for _ in range(100)} == {"paid"}
    assert (len(payments(town, ref)), to_look_at(town)) == (1, [])


def test_the_same_callback_fifty_times_at_once_settles_once(town: Commune) -> None:
    ref = town.filed_at_once()
    told = bank(town).callback(said(town, begun(town, ref)))
    barrier, states = threading.Barrier(50), list[str]()

    def press() -> None:
        barrier.wait()
        states.append(tell(town, told).state)

    threads = [threading.Thread(target=press) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == ["paid"] * 50
    assert (len(payments(town, ref)), to_look_at(town)) == (1, [])


def test_a_failure_that_comes_after_the_money_changes_nothing(town: Commune) -> None:
    ref = town.filed()
    order = begun(town, ref)
    settle_payment(town.office, said(town, order))
    for state in ("failed", "cancelled"):
        assert settle_payment(town.office, said(town, order, state, gateway_ref="TG2")).state == "paid"
    assert (len(payments(town, ref)), to_look_at(town)) == (1, [])


# ---- what does not fit waits for a person ----


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        ({"amount": 15_999}, "amount"),
        ({"amount": 16_001}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"case": "another"}, "case"),
    ],
    ids=str,
)
def test_what_does_not_fit_the_order_moves_nothing(town: Commune, instead: dict[str, Any], why: str) -> None:
    ref = town.filed()
    order = begun(town, ref)
    settled = settle_payment(town.office, said(town, order, **instead))
    assert (settled.state, settled.why, payments(town, ref)) == ("mismatch", why, [])
    assert to_look_at(town) == [why]
    assert settle_payment(town.office, said(town, order)).state == "mismatch"  # the same money, told otherwise


def test_money_after_a_cancellation_waits_for_a_person(town: Commune) -> None:
    ref = town.filed()
    order = begun(town, ref)
    pressed(town, order, "cancel")
    (settled,) = pressed(town, order, "pay")
    assert (settled.state, settled.why, payments(town, ref)) == ("mismatch", "late", [])


def test_other_money_for_a_paid_order_waits_for_a_person_and_the_order_stays_paid(town: Commune) -> None:
    ref = town.filed()
    order = begun(town, ref)
    settle_payment(town.office, said(town, order))
    for _ in range(3):
        assert settle_payment(town.office, said(town, order, gateway_ref="TG2")).state == "paid"
    assert (len(payments(town, ref)), to_look_at(town)) == (1, ["twice"])


def test_money_for_a_withdrawn_case_waits_for_a_person(town: Commune) -> None:
    ref = town.filed()
    order = begun(town, ref)
    town.withdraw(ref)
    (settled,) = pressed(town, order, "pay")
    assert (settled.state, settled.why, payments(town, ref)) == ("mismatch", "not_owed", [])


def test_one_money_does_not_pay_two_cases(town: Commune) -> None:
    one, two = town.filed(), town.filed()
    first, second = begun(town, one), begun(town, two)
    settle_payment(town.office, said(town, first))
    assert settle_payment(town.office, said(town, second)).state == "begun"
    assert payments(town, two) == []


def test_only_the_people_of_the_agency_that_received_the_case_see_it(town: Commune) -> None:
    pressed(town, begun(town, town.filed()), "wrong_amount")
    with town.office.store.reading() as books:
        assert books.payments.by_hand(town.elsewhere.agency) == []


# ---- what is never told is asked ----


def test_money_of_which_nothing_was_told_is_found_within_a_quarter_of_an_hour(town: Commune) -> None:
    ref = town.filed()
    pressed(town, begun(town, ref), "late")
    assert (reconcile(town.office), payments(town, ref)) == (0, [])
    town.clock.forward(minutes=10)
    assert reconcile(town.office) == 1
    assert [data["paid"] for data in payments(town, ref)] == [{"phi_ban_sao": 16_000}]
    assert reconcile(town.office) == 0


def test_it_is_asked_again_every_ten_minutes(town: Commune) -> None:
    """Paid just after the second question: found at the third."""
    ref = town.filed()
    order = begun(town, ref)
    for _ in range(2):
        town.clock.forward(minutes=10)
        assert reconcile(town.office) == 0
    pressed(town, order, "late")
    town.clock.forward(minutes=9)
    assert reconcile(town.office) == 0
    town.clock.forward(minutes=1)
    assert reconcile(town.office) == 1


def test_what_nobody_paid_is_given_up_after_a_day_and_money_after_that_waits_for_a_person(town: Commune) -> None:
    ref = town.filed()
    order = begun(town, ref)
    town.clock.forward(hours=23, minutes=59)
    assert reconcile(town.office) == 0
    town.clock.forward(minutes=10)
    assert reconcile(town.office) == 1
    assert (order_of(town, order).state, order_of(town, order).why) == ("failed", "expired")
    assert pressed(town, order, "pay")[0].why == "late"


class Away(TestGateway):
    """A gateway that does not answer."""

    def ask(self, order: str) -> Outcome | None:
        raise Unreachable("away")


def test_a_gateway_that_does_not_answer_is_asked_later_and_nothing_is_given_up(town: Commune) -> None:
    order = begun(town, town.filed())
    away = replace(town.office, payment=Away(town.office.settings.outgoing, [b""]))
    town.clock.forward(days=2)
    assert reconcile(away) == 0
    assert order_of(town, order).state == "begun"
    with town.office.store.reading() as books:
        now = town.office.now()
        assert books.payments.asking(now, most=9) == ()
        assert len(books.payments.asking(now + timedelta(minutes=10), most=9)) == 1
