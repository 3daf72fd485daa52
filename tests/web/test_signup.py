"""A citizen makes an account, and nobody learns who has one. S11 (its beginning), S13."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.web.conftest import PASSWORD, Browser, add_citizen

from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.store.accounts import Account

LAN = {
    "name": "Đỗ Thị Lan",
    "phone": "0912 000 333",
    "email": "Lan@Vidu.vn",
    "identity_number": "038 198 000 333",
    "password": PASSWORD,
}


def message(office: Office) -> tuple[str, str]:
    """The last text message to leave: its number, and the code in it, if any."""
    with office.store.transaction() as books:
        last = books.outbox.claim(office.now(), lease=timedelta(0), most=100)[-1].message
    return last.to, str(last.params.get("code", ""))


def test_an_account_is_made_with_the_code_from_the_telephone(visitor: Browser, office: Office) -> None:
    assert visitor.send("/sign-up", **LAN).location == "/sign-up/code"
    assert "0912 000 333" in visitor.get("/sign-up/code").text
    to, code = message(office)
    assert to == "+84912000333"
    visitor.send("/sign-up/code", code=code)
    assert visitor.signed_in
    with office.store.reading() as books:
        lan = books.accounts.citizen(phone="+84912000333")
    assert lan is not None
    assert (lan.name, lan.email, lan.identity_number) == ("Đỗ Thị Lan", "lan@vidu.vn", "038198000333")


def test_telephone_name_and_password_are_enough(visitor: Browser, office: Office) -> None:
    visitor.send("/sign-up", **{**LAN, "email": "", "identity_number": ""})
    visitor.send("/sign-up/code", code=message(office)[1])
    assert visitor.signed_in


def test_all_mistakes_are_told_at_once_and_what_was_typed_stays(visitor: Browser) -> None:
    page = visitor.send(
        "/sign-up", name=" ", phone="0612345678", email="lan.vn", identity_number="12345", password="matkhau"
    )
    assert page.status_code == 422
    summary = page.text.split('role="alert"')[1].split("</div>")[0]
    told = re.findall(r'<a href="#(\w+)">', summary)
    assert told == ["name", "phone", "identity_number", "email", "password"]
    assert 'value="0612345678"' in page.text
    assert 'value="matkhau"' not in page.text


@pytest.mark.parametrize("password", ["matkhau123", "12345678", "Thanhhoa36", "DoThiLan", "0912000333"])
def test_a_password_that_is_tried_first_is_refused(visitor: Browser, password: str) -> None:
    assert visitor.send("/sign-up", **{**LAN, "password": password}).status_code == 422


def test_a_password_of_a_hundred_vietnamese_signs_is_welcome_and_whole(visitor: Browser, office: Office) -> None:
    long = "đường làng có hoa gạo đỏ " * 4
    visitor.send("/sign-up", **{**LAN, "password": long})
    visitor.send("/sign-up/code", code=message(office)[1])
    visitor.sign_out()
    assert visitor.sign_in("0912 000 333", long[:-1] + "x").status_code == 422
    assert visitor.sign_in("0912 000 333", long).status_code == 302


def test_an_odd_identity_number_is_asked_about_and_not_refused(visitor: Browser, office: Office) -> None:
    visitor.send("/sign-up", **{**LAN, "identity_number": "003198000333"})
    page = visitor.get("/sign-up/code").text
    assert "Hãy xem lại số định danh" in page
    assert "Ba số đầu không phải mã tỉnh nào." in page
    visitor.send("/sign-up/code", code=message(office)[1])
    assert visitor.signed_in


def test_a_telephone_that_has_an_account_looks_like_any_other_and_gets_no_code(
    visitor: Browser, office: Office, citizen: Account
) -> None:
    known = visitor.send("/sign-up", **{**LAN, "phone": "0912 000 111"})
    page = visitor.get("/sign-up/code").text.replace("0912 000 111", "0912 000 333")
    assert message(office) == ("+84912000111", "")
    fresh = visitor.send("/sign-up", **LAN)
    assert (known.status_code, known.location) == (fresh.status_code, fresh.location)
    assert _without_token(page) == _without_token(visitor.get("/sign-up/code").text)


def _without_token(page: str) -> str:
    return re.sub(r'value="[^"]{40,}"', "", page)


def test_anothers_e_mail_and_identity_number_stay_his(visitor: Browser, office: Office, citizen: Account) -> None:
    visitor.send("/sign-up", **{**LAN, "email": "oanh@vidu.vn", "identity_number": "038198000111"})
    visitor.send("/sign-up/code", code=message(office)[1])
    page = visitor.get("/track").text
    assert "Thư điện tử chưa được ghi vào tài khoản" in page
    assert "Số định danh chưa được ghi vào tài khoản" in page
    with office.store.reading() as books:
        lan = books.accounts.citizen(phone="+84912000333")
        oanh = books.accounts.citizen(email="oanh@vidu.vn")
    assert lan is not None
    assert lan.email is None
    assert oanh is not None
    assert oanh.id == citizen.id


def test_five_codes_may_be_tried(visitor: Browser, office: Office) -> None:
    visitor.send("/sign-up", **LAN)
    code = message(office)[1]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert [visitor.send("/sign-up/code", code=wrong).status_code for _ in range(5)] == [422] * 5
    assert visitor.send("/sign-up/code", code=code).status_code == 429
    assert not visitor.signed_in


def test_a_code_is_good_for_a_quarter_of_an_hour(visitor: Browser, office: Office, clock: HandClock) -> None:
    visitor.send("/sign-up", **LAN)
    code = message(office)[1]
    token = visitor.get("/sign-up/code").text.split('name="csrf_token" value="')[1].split('"')[0]
    clock.forward(minutes=16)
    answer = visitor.client.post("/sign-up/code", data={"csrf_token": token, "code": code})
    assert answer.location == "/sign-up"


def test_anothers_code_opens_nothing(visitor: Browser, office: Office, new_visitor: Callable[[], Browser]) -> None:
    visitor.send("/sign-up", **LAN)
    other = new_visitor()
    other.send("/sign-up", **{**LAN, "phone": "0912 000 444"})
    _, others_code = message(office)
    assert visitor.send("/sign-up/code", code=others_code).status_code == 422


def test_a_code_used_twice_leads_to_signing_in(visitor: Browser, office: Office) -> None:
    """A double click, or the same code in a second window: one account."""
    visitor.send("/sign-up", **LAN)
    kept, code = visitor.cookie("page"), message(office)[1]
    visitor.send("/sign-up/code", code=code)
    visitor.sign_out()
    visitor.client.set_cookie("page", str(kept))
    assert visitor.send("/sign-up/code", code=code).location == "/sign-in"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ten_sign_ups_a_minute_from_one_address(visitor: Browser) -> None:
    answers = [visitor.send("/sign-up", **{**LAN, "phone": f"09120003{n:02}"}).status_code for n in range(12)]
    assert answers == [302] * 10 + [429] * 2


def test_five_messages_an_hour_to_one_telephone(visitor: Browser, clock: HandClock) -> None:
    answers = []
    for _ in range(6):
        answers.append(visitor.send("/sign-up", **LAN).status_code)
        clock.forward(minutes=2)
    assert answers == [302] * 5 + [429]


def test_whoever_is_signed_in_is_sent_on(visitor: Browser, office: Office) -> None:
    add_citizen(office, "Lê An", phone="+84912000222")
    visitor.sign_in("0912 000 222")
    assert visitor.get("/sign-up").status_code == 302
