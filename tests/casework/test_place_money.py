"""Money that did not fit is settled by a person: it pays what a case owes exactly, or it goes back; each with a reason,
once, and the histories tell it. S14."""

from __future__ import annotations

import threading

import pytest
from tests.casework.commune import ELSEWHERE, Commune, other_door
from tests.casework.paying import begun, heard, held, money_of, paid_online, pressed, to_give_back, with_gateway

from motcua.casework.give_back import give_back
from motcua.casework.place_money import assign_money, return_money
from motcua.casework.take_payment import take_payment
from motcua.domain.payment import Order
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered


@pytest.fixture
def town(commune: Commune) -> Commune:
    return with_gateway(commune)


def late(town: Commune, ref: str) -> Order:
    """Cancelled on the gateway's page, and then paid after all."""
    order = begun(town, ref)
    pressed(town, order, "cancel")
    (settled,) = pressed(town, order)
    assert settled.why == "late"
    return settled


def problems(refused: Incorrect) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in refused.problems]


# ---- it pays after all ----


def test_late_money_is_accepted_for_what_its_case_owes(town: Commune) -> None:
    ref = town.filed_at_once()
    money = late(town, ref)
    case = assign_money(town.office, money.id, "", by=town.desk, reason="Ngân hàng xác nhận đã thu")
    (data,) = money_of(town, ref, "paid")
    assert (case.to_pay, data["paid"], data["reason"]) == ({}, {"phi_ban_sao": 16_000}, "Ngân hàng xác nhận đã thu")
    assert town.record(ref).events[-1].by == "officer:nguyenthilan.hamrong"
    assert [receipt["amount"] for receipt in data["receipts"]] == [16_000]
    assert held(town) == []


def test_what_was_accepted_late_can_be_given_back_like_any_payment(town: Commune) -> None:
    ref = town.filed_at_once()
    assign_money(town.office, late(town, ref).id, "", by=town.desk, reason="x")
    town.withdraw(ref)
    (refund,) = to_give_back(town)
    assert give_back(town.office, refund.id, seen=refund.amount, by=town.desk).state == "done"


def test_money_that_came_twice_pays_another_case_and_both_histories_tell_it(town: Commune) -> None:
    one, two = paid_online(town), town.filed_at_once()
    (order,) = (o for o in orders(town, one) if o.state == "paid")
    heard(town, order.id, gateway_ref="TG2")
    (money,) = held(town)
    assert money.why == "twice"
    number = town.record(two).number
    assign_money(town.office, money.id, number, by=town.desk, reason="Người nộp đề nghị")
    assert town.seen(two).to_pay == {}
    assert money_of(town, one, "money_assigned") == [
        {"order": money.id, "amount": 16_000, "number": number, "reason": "Người nộp đề nghị"}
    ]
    assert [data["reason"] for data in money_of(town, two, "paid")] == ["Người nộp đề nghị"]
    assert (len(money_of(town, one, "paid")), held(town)) == (1, [])


def orders(town: Commune, ref: str) -> tuple[Order, ...]:
    with town.office.store.reading() as books:
        return books.payments.of_case(ref)


@pytest.mark.parametrize("instead", [{"amount": 15_999}, {"amount": 16_001}, {"currency": "USD"}], ids=str)
def test_what_is_not_equal_pays_nothing(town: Commune, instead: dict[str, object]) -> None:
    ref = town.filed_at_once()
    money = heard(town, begun(town, ref), **instead)
    with pytest.raises(Incorrect) as no:
        assign_money(town.office, money.id, "", by=town.desk, reason="x")
    assert problems(no.value) == [("number", "does_not_fit")]
    assert (money_of(town, ref, "paid"), len(held(town))) == ([], 1)


def test_half_the_money_may_pay_a_case_that_owes_just_that(town: Commune) -> None:
    """8.000 came for two copies; another case wants one."""
    (money,) = pressed(town, begun(town, town.filed_at_once()), "wrong_amount")
    one = town.submit(town.draft(yeu_cau={"so_ban_sao": 1}))
    assign_money(town.office, money.id, one.number, by=town.desk, reason="x")
    assert town.seen(one.ref).to_pay == {}


def test_a_case_of_another_office_an_unknown_one_and_no_reason_are_told_so(town: Commune) -> None:
    money = late(town, town.filed_at_once())
    elsewhere = town.submit(town.draft(picks=ELSEWHERE))
    for number in (elsewhere.number, "H56-000"):
        with pytest.raises(Incorrect) as no:
            assign_money(town.office, money.id, number, by=town.desk, reason="x")
        assert problems(no.value) == [("number", "no_such_case")]
    with pytest.raises(Incorrect) as no:
        assign_money(town.office, money.id, "", by=town.desk, reason="  ")
    assert problems(no.value) == [("reason", "reason")]
    with pytest.raises(Incorrect) as no:
        return_money(town.office, money.id, by=town.desk, reason="")
    assert problems(no.value) == [("reason", "reason")]


def test_a_case_that_ended_takes_no_money(town: Commune) -> None:
    ref = town.filed_at_once()
    order = begun(town, ref)
    town.withdraw(ref)
    (money,) = pressed(town, order)
    with pytest.raises(Incorrect) as no:
        assign_money(town.office, money.id, "", by=town.desk, reason="x")
    assert problems(no.value) == [("number", "does_not_fit")]


# ---- it goes back ----


def test_money_that_pays_nothing_goes_back_whole_and_the_history_tells_both_steps(town: Commune) -> None:
    ref = town.filed_at_once()
    (money,) = pressed(town, begun(town, ref), "wrong_amount")
    return_money(town.office, money.id, by=town.desk, reason="Thiếu 8.000 đồng")
    assert held(town) == []
    (refund,) = to_give_back(town)
    assert (refund.amount, refund.fees, refund.why) == (8_000, {}, "amount")
    done = give_back(town.office, refund.id, seen=refund.amount, by=town.desk)
    assert (done.state, to_give_back(town)) == ("done", [])
    (event,) = money_of(town, ref, "refunded")
    assert (event["amount"], event["receipts"][0]["number"]) == (8_000, done.number)
    assert event["receipts"][0]["content"]["reason"] == "Số tiền đến không đúng số phải nộp"
    kinds = [event.kind for event in town.record(ref).events]
    assert kinds == ["filed", "money_returning", "refunded"]
    assert town.seen(ref).to_pay == {"phi_ban_sao": 16_000}  # still owed


def test_money_for_a_case_that_ended_goes_back(town: Commune) -> None:
    ref = town.filed_at_once()
    order = begun(town, ref)
    town.withdraw(ref)
    (money,) = pressed(town, order)
    return_money(town.office, money.id, by=town.desk, reason="Hồ sơ đã rút")
    (refund,) = to_give_back(town)
    assert give_back(town.office, refund.id, seen=refund.amount, by=town.desk).state == "done"


def test_what_the_gateway_never_had_and_what_is_not_dong_go_back_by_hand(town: Commune) -> None:
    unknown = heard(town, begun(town, town.filed_at_once()), amount=15_999)
    dollars = heard(town, begun(town, town.filed_at_once()), currency="USD", gateway_ref="TG2")
    for money in (unknown, dollars):
        return_money(town.office, money.id, by=town.desk, reason="x")
    first, second = sorted(to_give_back(town), key=lambda refund: refund.why)
    assert (give_back(town.office, first.id, seen=first.amount, by=town.desk).state, second.state) == (
        "by_hand",
        "by_hand",
    )


# ---- once, by the right person ----


def test_money_is_settled_once(town: Commune) -> None:
    ref = town.filed_at_once()
    money = late(town, ref)
    return_money(town.office, money.id, by=town.desk, reason="x")
    with pytest.raises(NotOffered):
        return_money(town.office, money.id, by=town.desk, reason="x")
    with pytest.raises(NotOffered):
        assign_money(town.office, money.id, "", by=town.desk, reason="x")
    assert (len(to_give_back(town)), money_of(town, ref, "paid")) == (1, [])


def test_only_the_cashier_of_the_agency_that_received_settles_it(town: Commune) -> None:
    money = late(town, town.filed_at_once())
    for stranger in (town.leader, town.examiner, town.elsewhere):
        with pytest.raises(NotAllowed):
            assign_money(town.office, money.id, "", by=stranger, reason="x")
        with pytest.raises(NotAllowed):
            return_money(town.office, money.id, by=stranger, reason="x")


def test_of_accepting_and_giving_back_at_once_one_wins(town: Commune) -> None:
    """R4."""
    for _ in range(5):
        ref = town.filed_at_once()
        money, door, barrier, won = late(town, ref), other_door(town), threading.Barrier(2), list[str]()

        def accept(money: str = money.id, barrier: threading.Barrier = barrier, won: list[str] = won) -> None:
            barrier.wait()
            try:
                assign_money(town.office, money, "", by=town.desk, reason="x")
                won.append("paid")
            except NotOffered:
                pass

        def back(
            money: str = money.id, barrier: threading.Barrier = barrier, won: list[str] = won, door: Commune = door
        ) -> None:
            barrier.wait()
            try:
                return_money(door.office, money, by=town.desk, reason="x")
                won.append("money_returning")
            except NotOffered:
                pass

        threads = [threading.Thread(target=accept), threading.Thread(target=back)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [event.kind for event in town.record(ref).events][1:] == won
        assert len(won) == 1
        door.office.store.close()


def test_the_desk_takes_the_rest_and_the_half_goes_back(town: Commune) -> None:
    ref = town.filed_at_once()
    (money,) = pressed(town, begun(town, ref), "wrong_amount")
    take_payment(town.office, ref, ["phi_ban_sao"], seen=1, by=town.desk, way="cash")
    return_money(town.office, money.id, by=town.desk, reason="Đã nộp đủ tại quầy")
    (refund,) = to_give_back(town)
    give_back(town.office, refund.id, seen=refund.amount, by=town.desk)
    case = town.seen(ref)
    assert (case.to_pay, case.refunds_due, case.state.refunded) == ({}, [], {})
