"""The cashier at a browser: money taken at the desk, money that did not fit, money that goes back; and what the citizen
sees of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from tests.casework.paying import Away, Never, copies, held, refused, to_give_back
from tests.web.citizen_site import Citizen, citizen_at
from tests.web.conftest import Browser, token_of
from tests.web.desk_site import Desk, desk_of, version_of, words
from werkzeug.test import TestResponse

from motcua.domain.people import Officer
from motcua.gateways.clock import HandClock
from motcua.gateways.payment import payment_keys
from motcua.gateways.test_gateway import TestGateway
from motcua.web import background
from motcua.web.current import OFFICE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(app: Flask, clock: HandClock) -> Desk:
    return desk_of(app, clock)


@pytest.fixture
def citizen(desk: Desk, app: Flask, clock: HandClock) -> Citizen:
    return citizen_at(app, clock, commune=desk.commune)


@pytest.fixture
def cashier(desk: Desk) -> Browser:
    return desk.browser(desk.commune.desk)


@pytest.fixture
def ref(citizen: Citizen) -> str:
    """A case that owes 16.000 đồng for two copies."""
    return citizen.commune.filed()


def send(browser: Browser, address: str, **fields: object) -> TestResponse:
    token = token_of(browser.get("/account/password"))
    return browser.client.post(address, data={"csrf_token": token, **fields})


def at_gateway(citizen: Citizen, ref: str, button: str = "pay") -> TestResponse:
    """The citizen presses "Thanh toán", then a button at the gateway, and is sent back."""
    gateway = citizen.post(f"/cases/{ref}/payments").location
    return citizen.get(citizen.post(gateway, button=button).location)


# ---- at the desk ----


def test_a_cashier_takes_what_is_owed_and_both_see_the_receipt(cashier: Browser, citizen: Citizen, ref: str) -> None:
    assert "Thu 16.000 đ tại quầy" in words(cashier.get(f"/desk/cases/{ref}"))
    page = cashier.get(f"/desk/cases/{ref}/payments")
    assert "Phí cấp bản sao Giấy khai sinh: 16.000 đ" in words(page)
    done = send(cashier, f"/desk/cases/{ref}/payments", seen=version_of(page), fees="phi_ban_sao", way="cash")
    assert done.status_code == 303
    shown = words(cashier.get(done.location))
    assert re.search(r"Đã thu 16\.000 đ\. Biên lai BLP-\S+-2026-000001\.", shown)
    assert "Thu 16.000 đ tại quầy" not in shown
    assert "(đã nộp)" in words(citizen.get(f"/cases/{ref}"))


def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays(cashier: Browser, ref: str) -> None:
    page = cashier.get(f"/desk/cases/{ref}/payments")
    address, seen = f"/desk/cases/{ref}/payments", version_of(page)
    nothing = send(cashier, address, seen=seen)
    assert nothing.status_code == 422
    assert "Hãy chọn khoản đã nộp." in words(nothing)
    assert "Hãy chọn tiền mặt hay chuyển khoản." in words(nothing)
    transfer = send(cashier, address, seen=seen, fees="phi_ban_sao", way="transfer")
    assert "Hãy nhập số chứng từ." in words(transfer)
    assert re.search(r'value="transfer" checked', transfer.text)
    assert re.search(r'value="phi_ban_sao" checked', transfer.text)


def test_who_was_slower_sees_the_case_as_it_is(cashier: Browser, ref: str) -> None:
    address = f"/desk/cases/{ref}/payments"
    page = cashier.get(address)
    fields = {"seen": version_of(page), "fees": "phi_ban_sao", "way": "cash"}
    assert send(cashier, address, **fields).status_code == 303
    assert send(cashier, address, **fields).status_code == 409
    assert cashier.get(address).status_code == 409
    assert cashier.get(f"/desk/cases/{ref}").text.count("-2026-000001</a>") == 1


def test_who_is_paying_online_is_seen_at_the_desk(cashier: Browser, citizen: Citizen, ref: str) -> None:
    citizen.post(f"/cases/{ref}/payments")
    assert "Người nộp đang thanh toán trực tuyến" in words(cashier.get(f"/desk/cases/{ref}/payments"))


# ---- money that did not fit ----


def money(desk: Desk) -> str:
    (found,) = held(desk.commune)
    return f"/desk/payments/{found.id}"


def test_late_money_is_accepted_with_a_reason_that_the_history_tells(
    desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    at_gateway(citizen, ref, "cancel")
    (order,) = orders(citizen, ref)
    citizen.post(f"/test-gateway/{order}", button="pay")
    shown = words(citizen.get(f"/cases/{ref}"))
    assert "16.000 đ đã đến sau khi lần thanh toán bị hủy." in shown
    page = cashier.get(money(desk))
    assert "Nhận là tiền nộp của hồ sơ" in words(page)
    done = send(cashier, money(desk), does="accept", reason="Ngân hàng xác nhận")
    assert "Đã nhận khoản tiền cho hồ sơ và lập biên lai." in words(cashier.get(done.location))
    for browser, address in ((cashier, f"/desk/cases/{ref}"), (citizen, f"/cases/{ref}")):
        assert "Ngân hàng xác nhận" in words(browser.get(address))
    assert "(đã nộp)" in words(citizen.get(f"/cases/{ref}"))


def orders(citizen: Citizen, ref: str) -> list[str]:
    with citizen.commune.office.store.reading() as books:
        return [order.id for order in books.payments.of_case(ref)]


def test_half_the_money_is_not_offered_as_payment_and_goes_back(
    desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    at_gateway(citizen, ref, "wrong_amount")
    assert "Phải nộp 16.000 đ, đến 8.000 đ." in words(cashier.get("/desk/payments"))
    address = money(desk)
    assert "Nhận là tiền nộp của hồ sơ" not in words(cashier.get(address))
    accepted = send(cashier, address, does="accept", reason="x")
    assert (accepted.status_code, "không có khoản phải nộp nào đúng bằng" in words(accepted)) == (422, True)
    done = send(cashier, address, does="return", reason="Thiếu 8.000 đ")
    listed = words(cashier.get(done.location))
    assert "Số tiền đến không đúng số phải nộp · Chưa hoàn trả" in listed
    shown = words(citizen.get(f"/cases/{ref}"))
    assert "8.000 đ được hoàn trả cho bạn" in shown
    assert "hoàn về tài khoản bạn đã dùng để thanh toán" in shown
    assert "Thiếu 8.000 đ" in shown
    assert "Khoản này đã được xử lý." in words(cashier.get(address))
    assert send(cashier, address, does="return", reason="x").status_code == 409


def test_money_moves_to_the_case_whose_number_is_entered(
    desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    other = desk.commune.submit(desk.commune.draft(yeu_cau={"so_ban_sao": 1}))
    at_gateway(citizen, ref, "wrong_amount")
    address = money(desk)
    done = send(cashier, address, does="assign", number=f" {other.number} ", reason="Hai hồ sơ của một người")
    assert f"Đã chuyển khoản tiền sang hồ sơ {other.number}" in words(cashier.get(done.location))
    assert "(đã nộp)" in words(citizen.get(f"/cases/{other.ref}"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "x"}, "Hãy chọn cách xử lý."),
        ({"does": "steal", "reason": "x"}, "Hãy chọn cách xử lý."),
        ({"does": "assign", "reason": "x"}, "Hãy nhập số hồ sơ."),
        ({"does": "assign", "number": "H56-1", "reason": "x"}, "không nhận hồ sơ nào có số này"),
        ({"does": "return"}, "Hãy nêu lý do."),
    ],
    ids=str,
)
def test_what_cannot_be_done_with_money_is_said_in_its_place(
    desk: Desk, cashier: Browser, citizen: Citizen, ref: str, fields: dict[str, str], said: str
) -> None:
    at_gateway(citizen, ref, "wrong_amount")
    answer = send(cashier, money(desk), **fields)
    assert (answer.status_code, answer.text.count('class="error"')) == (422, 1)
    assert said in words(answer)


def test_all_that_is_missing_is_said_at_once(desk: Desk, cashier: Browser, citizen: Citizen, ref: str) -> None:
    at_gateway(citizen, ref, "wrong_amount")
    said = words(send(cashier, money(desk)))
    assert ("Hãy chọn cách xử lý." in said, "Hãy nêu lý do." in said) == (True, True)


# ---- money that goes back ----


def refund(desk: Desk) -> str:
    (found,) = to_give_back(desk.commune)
    return f"/desk/refunds/{found.id}"


def test_what_a_refusal_gives_back_goes_through_the_gateway(
    desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    at_gateway(citizen, ref)
    refused(desk.commune, ref)
    shown = words(citizen.get(f"/cases/{ref}"))
    assert "16.000 đ được hoàn trả cho bạn Hồ sơ không được tiếp nhận." in shown
    assert "Phải hoàn trả 16.000 đ" in words(cashier.get(f"/desk/cases/{ref}"))
    page = cashier.get(refund(desk))
    assert "Hoàn 16.000 đ qua cổng thanh toán" in words(page)
    done = send(cashier, refund(desk), seen=16_000, does="gateway")
    assert re.search(r"Đã hoàn trả 16\.000 đ\. Chứng từ HT-\S+-2026-000001\.", words(cashier.get(done.location)))
    shown = words(citizen.get(f"/cases/{ref}"))
    assert "được hoàn trả cho bạn Hồ sơ" not in shown
    assert re.search(r"Chứng từ hoàn trả HT-\S+-2026-000001 16\.000 đ", shown)
    assert "Đã hoàn trả tiền cho bạn" in shown


def test_what_was_taken_at_the_desk_goes_back_there_with_the_number_of_a_voucher(
    desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    page = cashier.get(f"/desk/cases/{ref}/payments")
    send(cashier, f"/desk/cases/{ref}/payments", seen=version_of(page), fees="phi_ban_sao", way="cash")
    copies(desk.commune, ref, 1)
    assert "Nhận tại quầy của" in words(citizen.get(f"/cases/{ref}"))
    address = refund(desk)
    assert "qua cổng thanh toán" not in words(cashier.get(address))
    assert "Hãy nhập số chứng từ chi." in words(send(cashier, address, seen=8_000, does="by_hand"))
    assert send(cashier, address, seen=8_000, does="by_hand", document="PC 12").status_code == 303
    assert "PC 12" not in words(cashier.get("/desk/payments"))
    assert "Đã hoàn trả" in words(cashier.get(address))


def test_an_amount_that_changed_meanwhile_is_shown_and_not_given_back(
    desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    at_gateway(citizen, ref)
    copies(desk.commune, ref, 1)
    address = refund(desk)
    refused(desk.commune, ref)
    answer = send(cashier, address, seen=8_000, does="by_hand", document="PC 12")
    assert (answer.status_code, "Khoản này vừa thay đổi" in words(answer)) == (409, True)
    assert 'name="seen" value="16000"' in answer.text


def bank(app: Flask, kind: type[TestGateway]) -> None:
    office = app.extensions[OFFICE]
    gateway = kind(office.settings.outgoing / "payments", payment_keys(office.settings))
    app.extensions[OFFICE] = replace(office, payment=gateway)


def test_a_gateway_that_does_not_answer_is_asked_by_the_work_behind(
    app: Flask, desk: Desk, cashier: Browser, citizen: Citizen, clock: HandClock, ref: str
) -> None:
    at_gateway(citizen, ref)
    refused(desk.commune, ref)
    address = refund(desk)
    bank(app, Away)
    waits = words(cashier.get(send(cashier, address, seen=16_000, does="gateway").location))
    assert "Cổng thanh toán chưa trả lời." in waits
    assert "Ghi nhận đã hoàn trả" not in waits
    bank(app, TestGateway)
    clock.forward(minutes=10)
    background.once(app)
    assert "HT-" in words(citizen.get(f"/cases/{ref}"))
    assert "Đã hoàn trả 16.000 đ của hồ sơ" in words(citizen.get("/notices"))


def test_a_gateway_that_gives_nothing_back_leaves_it_to_the_cashier(
    app: Flask, desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    at_gateway(citizen, ref)
    refused(desk.commune, ref)
    address = refund(desk)
    bank(app, Never)
    page = words(cashier.get(send(cashier, address, seen=16_000, does="gateway").location))
    assert "Cổng thanh toán không hoàn được khoản này." in page
    assert "Ghi nhận đã hoàn trả" in page


# ---- receipts on paper ----


def test_receipts_are_taken_home_by_whom_they_concern(
    app: Flask, clock: HandClock, desk: Desk, cashier: Browser, citizen: Citizen, ref: str
) -> None:
    at_gateway(citizen, ref)
    (number,) = set(re.findall(r"BLP-[\w.]+-2026-000001", citizen.get(f"/cases/{ref}").text))
    printed = citizen.get(f"/cases/{ref}/receipts/{number}.pdf")
    assert (printed.status_code, printed.mimetype, printed.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert cashier.get(f"/desk/cases/{ref}/receipts/{number}.pdf").data == printed.data
    stranger = citizen_at(app, clock, desk.commune.stranger(), desk.commune)
    assert stranger.get(f"/cases/{ref}/receipts/{number}.pdf").status_code == 404
    assert desk.browser(desk.commune.elsewhere).get(f"/desk/cases/{ref}/receipts/{number}.pdf").status_code == 404
    assert citizen.get(f"/cases/{ref}/receipts/{number}0.pdf").status_code == 404
    second = desk.commune.filed()
    assert citizen.get(f"/cases/{second}/receipts/{number}.pdf").status_code == 404


# ---- who, and who not ----


def test_officers_who_are_no_cashiers_look_and_do_nothing(desk: Desk, citizen: Citizen, ref: str) -> None:
    at_gateway(citizen, ref, "wrong_amount")
    address = money(desk)
    for other in (desk.commune.leader, desk.commune.examiner):
        browser = desk.browser(other)
        listed = browser.get("/desk/payments")
        assert "Phải nộp 16.000 đ, đến 8.000 đ." in words(listed)
        assert "Chỉ cán bộ thu tiền của cơ quan" in words(listed)
        assert address not in listed.text
        assert "Thu 16.000 đ" not in words(browser.get(f"/desk/cases/{ref}"))
        nothing(browser, address, ref)
    elsewhere = desk.browser(desk.commune.elsewhere)
    assert "Phải nộp" not in words(elsewhere.get("/desk/payments"))
    nothing(elsewhere, address, ref)


def nothing(browser: Browser, address: str, ref: str) -> None:
    for there in (address, f"/desk/cases/{ref}/payments"):
        assert browser.get(there).status_code == 404
        assert (
            send(browser, there, does="return", reason="x", seen=1, fees="phi_ban_sao", way="cash").status_code == 404
        )


def test_a_refund_is_the_cashiers_too(desk: Desk, citizen: Citizen, ref: str) -> None:
    at_gateway(citizen, ref)
    refused(desk.commune, ref)
    address = refund(desk)
    others: tuple[Officer, ...] = (desk.commune.leader, desk.commune.elsewhere)
    for other in others:
        browser = desk.browser(other)
        assert browser.get(address).status_code == 404
        assert send(browser, address, seen=16_000, does="by_hand", document="PC 1").status_code == 404
    assert desk.browser(desk.commune.desk).get("/desk/refunds/nothing").status_code == 404


# ---- what is said of where one pays ----


def test_where_to_pay_is_said_right_with_a_gateway_and_without(app: Flask, citizen: Citizen, ref: str) -> None:
    with_gateway = words(citizen.get(f"/cases/{ref}/receipt"))
    assert "Nộp 16.000 đ phí, lệ phí. Bạn thanh toán trực tuyến ở đây, hoặc nộp tại quầy của" in with_gateway
    assert "Thanh toán 16.000 đ" in with_gateway
    app.extensions[OFFICE] = replace(app.extensions[OFFICE], payment=None)
    without = words(citizen.get(f"/cases/{ref}/receipt"))
    assert "Nộp 16.000 đ phí, lệ phí. Bạn nộp tại quầy của" in without
    assert "Thanh toán 16.000 đ" not in without
