"""Paying at a browser: the button, the gateway's page, the way back, the receipts; and the address of callbacks."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from tests.web.citizen_site import Citizen, citizen_at
from tests.web.desk_site import Desk, desk_of, words
from werkzeug.test import TestResponse

from motcua.domain.payment import Outcome
from motcua.gateways.clock import HandClock
from motcua.gateways.test_gateway import TestGateway
from motcua.settings import Settings
from motcua.web import background, create_app
from motcua.web.current import OFFICE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(app: Flask, clock: HandClock) -> Desk:
    return desk_of(app, clock)


@pytest.fixture
def citizen(desk: Desk, app: Flask, clock: HandClock) -> Citizen:
    return citizen_at(app, clock, commune=desk.commune)


@pytest.fixture
def case(citizen: Citizen) -> str:
    """The address of a case that owes 16.000 đồng."""
    return f"/cases/{citizen.commune.filed()}"


def press(citizen: Citizen, case: str, button: str) -> TestResponse:
    """The citizen presses "Thanh toán", then a button at the gateway, and is sent back."""
    at_gateway = citizen.post(f"{case}/payments").location
    return citizen.get(citizen.post(at_gateway, button=button).location)


def officer_sees(desk: Desk, address: str) -> str:
    return words(desk.browser(desk.commune.desk).get(address))


def test_the_button_says_how_much_and_leads_to_the_gateway(citizen: Citizen, case: str) -> None:
    assert "Thanh toán 16.000 đ" in words(citizen.get(case))
    gateway = citizen.post(f"{case}/payments")
    assert gateway.status_code == 303
    assert "Cổng thanh toán thử" in words(citizen.get(gateway.location))
    assert "Số tiền 16.000 đ" in words(citizen.get(gateway.location))


def test_who_has_paid_sees_the_receipt_and_no_button(citizen: Citizen, case: str) -> None:
    back = words(press(citizen, case, "pay"))
    assert "Đã nhận 16.000 đ." in back
    shown = words(citizen.get(case))
    for page in (back, shown):
        assert re.search(r"Biên lai thu phí BLP-\S+-2026-000001 16\.000 đ", page)
    assert "Thanh toán 16.000 đ" not in shown
    assert "(đã nộp)" in shown
    assert "Đã nhận phí, lệ phí" in shown


def test_the_officer_sees_what_is_paid_and_what_is_not(desk: Desk, citizen: Citizen, case: str) -> None:
    assert "Chưa nộp." in officer_sees(desk, f"/desk{case}")
    press(citizen, case, "twice")
    shown = officer_sees(desk, f"/desk{case}")
    assert "Đã nộp." in shown
    assert "Chưa nộp." not in shown
    assert "Nộp phí, lệ phí" in shown


@pytest.mark.parametrize(
    ("button", "said"), [("cancel", "Đã hủy thanh toán"), ("fail", "Chưa thanh toán được")], ids=str
)
def test_who_did_not_pay_is_told_so_and_may_try_again(citizen: Citizen, case: str, button: str, said: str) -> None:
    assert said in words(press(citizen, case, button))
    assert "Thanh toán 16.000 đ" in words(citizen.get(case))
    assert "Đã nhận 16.000 đ." in words(press(citizen, case, "pay"))


def test_a_wrong_amount_is_shown_to_the_officers_and_moves_nothing(desk: Desk, citizen: Citizen, case: str) -> None:
    assert "8.000 đ đã đến, không đúng số phải nộp" in words(press(citizen, case, "wrong_amount"))
    assert "Khoản tiền đang được đối chiếu" in words(citizen.get(case))
    for address in ("/desk/payments", f"/desk{case}"):
        assert "Phải nộp 16.000 đ, đến 8.000 đ." in officer_sees(desk, address)


def test_money_that_was_not_told_is_found_by_the_work_behind(
    app: Flask, citizen: Citizen, case: str, clock: HandClock
) -> None:
    assert "Chưa có xác nhận" in words(press(citizen, case, "late"))
    clock.forward(minutes=10)
    background.once(app)
    assert "(đã nộp)" in words(citizen.get(case))
    assert "Đã nhận 16.000 đ phí, lệ phí" in words(citizen.get("/notices"))


# ---- what is not for everybody ----


def callback(app: Flask, desk: Desk, case: str, amount: int = 16_000) -> tuple[bytes, dict[str, str]]:
    bank = desk.commune.office.payment
    assert isinstance(bank, TestGateway)
    ref = case.rpartition("/")[2]
    with desk.commune.office.store.reading() as books:
        (order,) = books.payments.of_case(ref)
    told = bank.callback(Outcome(order.id, ref, amount, "VND", "paid", "TG1", desk.commune.office.now()))
    return told.body, {"Payment-Signature": told.signature}


def test_a_callback_needs_no_form_and_a_forged_one_does_nothing(
    app: Flask, desk: Desk, citizen: Citizen, case: str
) -> None:
    citizen.post(f"{case}/payments")
    gateway = app.test_client()
    body, signed = callback(app, desk, case)
    assert gateway.post("/payments/callback", data=body).status_code == 400
    assert gateway.post("/payments/callback", data=body + b" ", headers=signed).status_code == 400
    assert "Thanh toán 16.000 đ" in words(citizen.get(case))
    for _ in range(2):
        answer = gateway.post("/payments/callback", data=body, headers=signed)
        assert (answer.status_code, answer.get_json()["state"]) == (200, "paid")
    assert "(đã nộp)" in words(citizen.get(case))


def test_another_citizen_neither_pays_nor_looks(app: Flask, clock: HandClock, citizen: Citizen, case: str) -> None:
    back = citizen.post(citizen.post(f"{case}/payments").location, button="pay").location
    other = citizen_at(app, clock, citizen.commune.stranger(), citizen.commune)
    assert other.post(f"{case}/payments").status_code == 404
    assert other.get(back).status_code == 404
    second = f"/cases/{citizen.commune.filed()}"
    assert citizen.get(back.replace(case, second)).status_code == 404  # another's order, in an own case


def test_nothing_is_owed_twice(citizen: Citizen, case: str) -> None:
    press(citizen, case, "pay")
    assert citizen.post(f"{case}/payments").status_code == 409


@pytest.mark.parametrize("button", ["", "steal"])
def test_the_gateway_has_no_other_buttons_and_no_other_orders(citizen: Citizen, case: str, button: str) -> None:
    gateway = citizen.post(f"{case}/payments").location
    assert citizen.post(gateway, button=button).status_code == 404
    assert citizen.get("/test-gateway/..%2fsecret_key").status_code == 404


def test_outside_the_demo_nobody_pays_with_no_money(settings: Settings, clock: HandClock) -> None:
    app = create_app(settings, clock=clock)
    citizen = citizen_at(app, clock)
    case = f"/cases/{citizen.commune.filed()}"
    assert "Thanh toán" not in words(citizen.get(case))
    assert citizen.post(f"{case}/payments").status_code == 409
    assert app.test_client().post("/payments/callback").status_code == 404
    assert citizen.get("/test-gateway/any").status_code == 404
    app.extensions[OFFICE].store.close()
