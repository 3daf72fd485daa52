"""A cashier takes money at the desk: the receipts are numbered as those of the gateway, and the case goes on."""

from __future__ import annotations

import threading

import pytest
from tests.casework.commune import Commune, also, other_door
from tests.casework.paying import begun, held, money_of, paid_online, pressed, with_gateway

from motcua.casework.take_payment import take_payment
from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.domain.refusals import Incorrect, NotAllowed, NotOffered, Stale


@pytest.fixture
def town(commune: Commune) -> Commune:
    return with_gateway(commune)


def taken(town: Commune, ref: str, by: Officer | None = None, way: str = "cash", document: str = "") -> Case:
    seen = town.record(ref).version
    return take_payment(town.office, ref, ["phi_ban_sao"], seen=seen, by=by or town.desk, way=way, document=document)


def test_cash_pays_what_is_owed_and_the_receipt_names_who_took_it(town: Commune) -> None:
    ref = town.filed()
    case = taken(town, ref)
    assert (case.to_pay, "paid" in case.state.happened) == ({}, True)
    (data,) = money_of(town, ref, "paid")
    (receipt,) = data["receipts"]
    assert (data["way"], data["how"]) == ("cash", "Tiền mặt tại nơi tiếp nhận")
    assert (receipt["payer"], receipt["content"]["officer"]) == ("Đỗ Thị Hạnh", "Nguyễn Thị Lan")
    assert town.record(ref).events[-1].by == "officer:nguyenthilan.hamrong"
    assert {m.channel for m in town.said(ref) if m.text == "notice.paid"} == {"portal", "email", "sms"}


def test_receipts_of_the_desk_and_of_the_gateway_are_one_series(town: Commune) -> None:
    online, desk = paid_online(town), town.filed_at_once()
    taken(town, desk)
    last = paid_online(town)
    numbers = [
        data["receipts"][0]["number"][-6:] for ref in (online, desk, last) for data in money_of(town, ref, "paid")
    ]
    assert numbers == ["000001", "000002", "000003"]


def test_a_transfer_needs_the_number_of_its_document(town: Commune) -> None:
    ref = town.filed_at_once()
    with pytest.raises(Incorrect) as no:
        taken(town, ref, way="transfer")
    assert [(p.field, p.code) for p in no.value.problems] == [("document", "no_document")]
    taken(town, ref, way="transfer", document="GBC 0102")
    assert money_of(town, ref, "paid")[0]["how"] == "Chuyển khoản, chứng từ số GBC 0102"


def test_everything_that_is_missing_is_told_at_once(town: Commune) -> None:
    with pytest.raises(Incorrect) as no:
        take_payment(town.office, town.filed_at_once(), [], seen=1, by=town.desk, way="gold")
    assert [(p.field, p.code) for p in no.value.problems] == [("fees", "no_fee"), ("way", "no_way")]


def test_what_is_not_owed_is_not_taken_and_takes_no_number(town: Commune) -> None:
    ref = town.filed_at_once()
    taken(town, ref)
    for fee in ("phi_ban_sao", "le_phi_khai_sinh", "other"):
        with pytest.raises(NotOffered):
            take_payment(town.office, ref, [fee], seen=2, by=town.desk, way="cash")
    second = town.filed_at_once()
    taken(town, second)
    assert money_of(town, second, "paid")[0]["receipts"][0]["number"].endswith("000002")


def test_only_the_cashier_of_the_agency_that_received_takes_money(town: Commune) -> None:
    ref = town.filed_at_once()
    for stranger in (town.leader, town.examiner, town.elsewhere):
        with pytest.raises(NotAllowed):
            taken(town, ref, by=stranger)
    taken(town, ref, by=also(town.leader, "one_stop"))


def test_of_two_cashiers_one_takes_the_money(town: Commune) -> None:
    ref = town.filed_at_once()
    taken(town, ref)
    with pytest.raises(Stale):
        take_payment(town.office, ref, ["phi_ban_sao"], seen=1, by=town.desk, way="cash")


def test_money_that_comes_online_after_the_desk_took_it_waits_for_a_person(town: Commune) -> None:
    ref = town.filed_at_once()
    order = begun(town, ref)
    taken(town, ref)
    pressed(town, order)
    assert [(money.why, money.received) for money in held(town)] == [("not_owed", 16_000)]
    assert len(money_of(town, ref, "paid")) == 1


def test_receipts_of_four_cashiers_and_a_gateway_at_once_have_no_gap_and_no_double(town: Commune) -> None:
    """R3. Sixteen cases; every fourth is paid online."""
    refs = [town.filed_at_once() for _ in range(16)]
    doors = [town, *(other_door(town) for _ in range(3))]
    orders = {ref: begun(town, ref) for ref in refs[::4]}
    barrier = threading.Barrier(4)

    def work(number: int) -> None:
        barrier.wait()
        for ref in refs[number::4]:
            if ref in orders:
                pressed(town, orders[ref])
            else:
                take_payment(doors[number].office, ref, ["phi_ban_sao"], seen=1, by=town.desk, way="cash")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    given = [data["receipts"][0]["number"] for ref in refs for data in money_of(town, ref, "paid")]
    assert sorted(int(number[-6:]) for number in given) == list(range(1, 17))
    for door in doors[1:]:
        door.office.store.close()
