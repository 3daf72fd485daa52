"""What was paid too much is given back: once, never more than came, through the gateway or by hand. S14."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.casework.commune import Commune, other_door
from tests.casework.paying import (
    Away,
    Never,
    bank,
    begun,
    copies,
    money_of,
    paid_online,
    pressed,
    refund_of,
    refused,
    to_give_back,
    with_gateway,
)

from motcua.casework.give_back import finish_refunds, give_back
from motcua.casework.take_payment import take_payment
from motcua.casework.wake import wake
from motcua.domain.balance import RefundDue
from motcua.domain.refund import Refund
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, NotThere, Stale
from motcua.gateways.letter import Unreachable
from motcua.gateways.payment import NotReturned


@pytest.fixture
def town(commune: Commune) -> Commune:
    return with_gateway(commune)


def due(town: Commune) -> Refund:
    (found,) = to_give_back(town)
    return found


def said(town: Commune, ref: str, text: str) -> set[tuple[str, object]]:
    return {(m.channel, m.params.get(text)) for m in town.said(ref) if m.text == f"notice.{text}"}


# ---- when something is to be given back ----


def test_a_refusal_puts_what_was_paid_in_the_queue_and_tells_the_citizen(town: Commune) -> None:
    ref = paid_online(town)
    assert to_give_back(town) == []
    refused(town, ref)
    found = due(town)
    assert (found.case, found.fees, found.amount, found.why) == (ref, {"phi_ban_sao": 16_000}, 16_000, "not_accepted")
    assert said(town, ref, "refund_due") == {("portal", 16_000), ("email", 16_000), ("sms", 16_000)}


def test_a_withdrawal_does_and_so_does_a_window_that_runs_out_unseen(town: Commune) -> None:
    withdrawn, lapsed = paid_online(town), paid_online(town)
    town.withdraw(withdrawn)
    town.act(town.desk, lapsed, "tiep_nhan", "bo_sung", asks=["yeu_cau"], reason="Mấy bản?")
    town.clock.forward(days=30)
    assert [refund.why for refund in to_give_back(town)] == ["withdrawn"]
    assert [one.why for one in town.seen(lapsed).refunds_due] == ["lapsed"]  # the page knows, the worker stopped
    wake(town.office)
    assert [refund.why for refund in to_give_back(town)] == ["withdrawn", "lapsed"]


def test_fewer_copies_give_back_the_difference(town: Commune) -> None:
    ref = paid_online(town)
    copies(town, ref, 1)
    assert (due(town).fees, due(town).why) == ({"phi_ban_sao": 8_000}, "less")


def test_more_copies_are_owed_and_the_citizen_is_told_so(town: Commune) -> None:
    """Two were paid, three are wanted: 8.000."""
    ref = paid_online(town)
    copies(town, ref, 3)
    assert said(town, ref, "owes") == {("portal", 8_000), ("email", 8_000), ("sms", 8_000)}
    (settled,) = pressed(town, begun(town, ref))
    assert (settled.state, settled.amount, town.seen(ref).to_pay) == ("paid", 8_000, {})
    assert [receipt["amount"] for data in money_of(town, ref, "paid") for receipt in data["receipts"]] == [
        16_000,
        8_000,
    ]


def stands(town: Commune, ref: str, *dues: RefundDue) -> None:
    """What another act on the case leaves to be given back."""
    with town.office.store.transaction() as books:
        books.refunds.stand(ref, dues, town.office.now())


def test_what_is_not_owed_any_more_leaves_the_queue_and_less_and_less_is_one_refund(town: Commune) -> None:
    ref = paid_online(town)
    copies(town, ref, 1)
    first, (owed,) = due(town).id, town.seen(ref).refunds_due
    stands(town, ref, replace(owed, fees={"phi_ban_sao": 12_000}))
    assert (due(town).id, due(town).amount) == (first, 12_000)
    stands(town, ref)
    assert to_give_back(town) == []


def test_nothing_is_given_back_to_who_never_paid(town: Commune) -> None:
    refused(town, town.filed_at_once())
    assert to_give_back(town) == []


# ---- through the gateway ----


def test_through_the_gateway_it_is_one_event_with_one_receipt(town: Commune) -> None:
    ref = paid_online(town)
    refused(town, ref)
    done = give_back(town.office, due(town).id, seen=16_000, by=town.desk)
    (event,) = money_of(town, ref, "refunded")
    code = town.seen(ref).province.agencies[town.desk.agency].code
    assert (done.state, done.number) == ("done", f"HT-{code}-2026-000001")
    assert [receipt["number"] for receipt in event["receipts"]] == [done.number]
    assert event["refunded"] == {"phi_ban_sao": 16_000}
    assert event["receipts"][0]["content"]["officer"] == town.desk.name
    assert (to_give_back(town), town.seen(ref).refunds_due) == ([], [])
    assert {m.params["amount"] for m in town.said(ref) if m.text == "notice.refunded"} == {16_000}


def test_pressed_again_it_is_given_back_once(town: Commune) -> None:
    ref = paid_online(town)
    refused(town, ref)
    refund = due(town).id
    assert {
        give_back(town.office, refund, seen=16_000, by=town.desk, document=d).number for d in ("", "", "PC 12")
    } == {refund_of(town, refund).number}
    assert len(money_of(town, ref, "refunded")) == 1


def test_twenty_at_once_give_back_once(town: Commune) -> None:
    ref = paid_online(town)
    refused(town, ref)
    refund, barrier, numbers = due(town).id, threading.Barrier(20), list[str | None]()

    def press() -> None:
        barrier.wait()
        numbers.append(give_back(town.office, refund, seen=16_000, by=town.desk).number)

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(numbers), len(set(numbers)), len(money_of(town, ref, "refunded"))) == (20, 1, 1)


def test_what_the_gateway_did_not_confirm_is_asked_again_under_the_same_key(town: Commune) -> None:
    ref = paid_online(town)
    refused(town, ref)
    refund, away = due(town).id, with_gateway(town, Away)
    with pytest.raises(Unreachable):
        give_back(away.office, refund, seen=16_000, by=town.desk)
    with pytest.raises(NotOffered):  # it may be on its way: by hand it would be given twice
        give_back(town.office, refund, seen=16_000, by=town.desk, document="PC 12")
    assert finish_refunds(town.office) == 0
    town.clock.forward(minutes=10)
    assert finish_refunds(away.office) == 0
    assert finish_refunds(town.office) == 0
    town.clock.forward(minutes=10)
    assert finish_refunds(town.office) == 1
    assert (len(money_of(town, ref, "refunded")), finish_refunds(town.office)) == (1, 0)
    assert money_of(town, ref, "refunded")[0]["receipts"][0]["content"]["officer"] == town.desk.name


def test_while_money_is_on_its_way_back_more_may_become_due_and_nothing_is_given_twice(town: Commune) -> None:
    """One copy less (8.000), sent; then the case is refused: 8.000 more."""
    ref = paid_online(town)
    copies(town, ref, 1)
    first, away = due(town).id, with_gateway(town, Away)
    with pytest.raises(Unreachable):
        give_back(away.office, first, seen=8_000, by=town.desk)
    refused(town, ref)
    assert [(refund.id, refund.amount) for refund in to_give_back(town)] == [(first, 8_000)]
    give_back(town.office, first, seen=8_000, by=town.desk)
    second = due(town)
    assert (second.id != first, second.amount) == (True, 8_000)
    give_back(town.office, second.id, seen=8_000, by=town.desk)
    assert town.seen(ref).state.refunded == {"phi_ban_sao": 16_000}


def test_what_the_gateway_does_not_do_is_left_to_a_person(town: Commune) -> None:
    ref = paid_online(town)
    refused(town, ref)
    refund, never = due(town).id, with_gateway(town, Never)
    assert give_back(never.office, refund, seen=16_000, by=town.desk).state == "by_hand"
    with pytest.raises(Incorrect) as no:
        give_back(never.office, refund, seen=16_000, by=town.desk)
    assert [(p.field, p.code) for p in no.value.problems] == [("document", "no_document")]
    done = give_back(never.office, refund, seen=16_000, by=town.desk, document=" PC 12 ")
    (event,) = money_of(town, ref, "refunded")
    assert (done.state, event["how"]) == ("done", "Tại nơi tiếp nhận, chứng từ số PC 12")


def test_without_a_gateway_it_is_done_by_hand(town: Commune) -> None:
    refused(town, paid_online(town))
    alone = replace(town.office, payment=None)
    assert give_back(alone, due(town).id, seen=16_000, by=town.desk).state == "by_hand"


def test_the_gateway_itself_gives_back_no_more_than_came(town: Commune) -> None:
    pressed(town, order := begun(town, town.filed_at_once()))
    said = bank(town).order(order).said
    assert said is not None
    number = bank(town).refund(said.gateway_ref, 10_000, "one")
    assert bank(town).refund(said.gateway_ref, 10_000, "one") == number
    with pytest.raises(NotReturned):
        bank(town).refund(said.gateway_ref, 6_001, "two")
    bank(town).refund(said.gateway_ref, 6_000, "two")
    for strange in ("TG-unknown", "../secret", ""):
        with pytest.raises(NotReturned):
            bank(town).refund(strange, 1, "x")


# ---- by hand ----


def test_money_taken_at_the_desk_is_given_back_at_the_desk(town: Commune) -> None:
    ref = town.filed_at_once()
    take_payment(town.office, ref, ["phi_ban_sao"], seen=1, by=town.desk, way="cash")
    refused(town, ref)
    assert due(town).state == "by_hand"
    give_back(town.office, due(town).id, seen=16_000, by=town.desk, document="PC 01")
    assert money_of(town, ref, "refunded")[0]["refunded"] == {"phi_ban_sao": 16_000}


def test_numbers_of_refunds_have_no_gap(town: Commune) -> None:
    refs = [paid_online(town) for _ in range(3)]
    for ref in refs:
        refused(town, ref)
    numbers = [give_back(town.office, refund.id, seen=16_000, by=town.desk).number for refund in to_give_back(town)]
    assert [str(number)[-6:] for number in numbers] == ["000001", "000002", "000003"]


# ---- who, and when not ----


def test_only_the_cashier_of_the_agency_that_received_gives_back(town: Commune) -> None:
    refused(town, paid_online(town))
    refund = due(town).id
    for stranger in (town.leader, town.examiner, town.elsewhere):
        with pytest.raises(NotAllowed):
            give_back(town.office, refund, seen=16_000, by=stranger, document="PC 12")
    with town.office.store.reading() as books:
        assert books.refunds.queue(town.elsewhere.agency) == []
    with pytest.raises(NotThere):
        give_back(town.office, "nothing", seen=16_000, by=town.desk)


def test_what_ceased_to_be_owed_or_became_another_amount_is_not_given_back(town: Commune) -> None:
    """The page is open, and meanwhile the case changes."""
    ref = paid_online(town)
    copies(town, ref, 1)
    refund, (owed,) = due(town).id, town.seen(ref).refunds_due
    with pytest.raises(NotOffered):
        give_back(town.office, refund, seen=7_999, by=town.desk, document="PC 12")
    stands(town, ref, replace(owed, fees={"phi_ban_sao": 12_000}))  # not what the case says
    for document in ("", "PC 12"):
        with pytest.raises(NotOffered):
            give_back(town.office, refund, seen=12_000, by=town.desk, document=document)
    stands(town, ref)
    with pytest.raises(NotThere):
        give_back(town.office, refund, seen=8_000, by=town.desk, document="PC 12")
    assert money_of(town, ref, "refunded") == []


def test_giving_back_a_part_and_refusing_at_once_give_back_all_that_came_and_no_more(town: Commune) -> None:
    """R4. Whoever is first: in the end 16.000 came and 16.000 went."""
    for _ in range(5):
        ref = paid_online(town)
        copies(town, ref, 1)
        refund, door, barrier = due(town).id, other_door(town), threading.Barrier(2)

        def back(refund: str = refund, barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            with suppress(NotOffered):
                give_back(town.office, refund, seen=8_000, by=town.desk, document="PC 12")

        def no(ref: str = ref, barrier: threading.Barrier = barrier, door: Commune = door) -> None:
            barrier.wait()
            with suppress(Stale):
                refused(door, ref)

        threads = [threading.Thread(target=back), threading.Thread(target=no)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if town.seen(ref).open:
            refused(town, ref)
        give_back(town.office, due(town).id, seen=due(town).amount, by=town.desk, document="PC 13")
        case = town.seen(ref)
        assert (case.state.refunded, case.refunds_due, to_give_back(town)) == ({"phi_ban_sao": 16_000}, [], [])
        door.office.store.close()


def test_a_refund_is_asked_about_only_after_a_while(town: Commune) -> None:
    refused(town, paid_online(town))
    with pytest.raises(Unreachable):
        give_back(with_gateway(town, Away).office, due(town).id, seen=16_000, by=town.desk)
    with town.office.store.reading() as books:
        now = town.office.now()
        assert books.refunds.sent(now - timedelta(seconds=1), most=9) == ()
        assert len(books.refunds.sent(now, most=9)) == 1
