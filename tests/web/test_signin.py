"""Signing in and out. S9, S10, S12."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.web.conftest import PASSWORD, Browser, add_citizen, add_officer

from motcua.gateways.clock import HandClock
from motcua.office import Office
from motcua.store.accounts import Account


@pytest.mark.parametrize(
    "name", ["0912 000 111", "+84912000111", "oanh@vidu.vn", "OANH@VIDU.VN ", "038198000111", "038 198 000 111"]
)
def test_a_citizen_signs_in_by_telephone_e_mail_or_identity_number(
    visitor: Browser, citizen: Account, name: str
) -> None:
    assert visitor.sign_in(name).status_code == 302
    assert visitor.signed_in


def test_an_officer_signs_in_by_name_and_unit(visitor: Browser, clerk: Account) -> None:
    assert visitor.sign_in("NguyenThiLan.hamrong").status_code == 302
    assert "Nguyễn Thị Lan" in visitor.get("/").text


def test_a_wrong_password_and_an_unknown_name_look_alike(visitor: Browser, citizen: Account) -> None:
    wrong = visitor.sign_in("0912 000 111", "không phải mật khẩu này")
    unknown = visitor.sign_in("0912 000 112", "không phải mật khẩu này")
    assert wrong.status_code == unknown.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in wrong.text
    assert _plain(wrong.text) == _plain(unknown.text).replace("0912 000 112", "0912 000 111")
    assert not visitor.signed_in


def _plain(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrf_token" not in line)


def test_the_error_stands_in_title_summary_and_keeps_the_name_but_not_the_password(
    visitor: Browser, citizen: Account
) -> None:
    page = visitor.sign_in("0912 000 111", "sai mật khẩu").text
    assert "<title>Lỗi: Đăng nhập" in page
    assert '<a href="#name">Tên đăng nhập hoặc mật khẩu không đúng' in page
    assert 'value="0912 000 111"' in page
    assert "sai mật khẩu" not in page


def test_the_token_is_new_at_sign_in_and_dead_after_sign_out(visitor: Browser, citizen: Account) -> None:
    """S10: fixation and replay."""
    visitor.client.set_cookie("motcua", "chosen-by-somebody-else")
    visitor.sign_in("0912 000 111")
    first = visitor.cookie()
    assert first is not None
    assert first != "chosen-by-somebody-else"
    visitor.sign_out()
    assert not visitor.signed_in
    visitor.client.set_cookie("motcua", first)
    assert not visitor.signed_in


def test_signing_in_again_ends_the_session_before(visitor: Browser, citizen: Account) -> None:
    visitor.sign_in("0912 000 111")
    first = visitor.cookie()
    page = visitor.get("/track")
    visitor.client.post(
        "/sign-in", data={"csrf_token": _token(page.text), "name": "0912 000 111", "password": PASSWORD}
    )
    assert first is not None
    visitor.client.set_cookie("motcua", first)
    assert not visitor.signed_in


def _token(page: str) -> str:
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def test_only_the_hash_of_the_token_lies_in_the_database(visitor: Browser, citizen: Account, office: Office) -> None:
    visitor.sign_in("0912 000 111")
    with office.store.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM session").all())
    assert str(visitor.cookie()) not in kept


def test_a_session_ends_after_half_an_hour_without_a_click(
    visitor: Browser, citizen: Account, clock: HandClock
) -> None:
    visitor.sign_in("0912 000 111")
    for _ in range(3):
        clock.forward(minutes=25)
        assert visitor.signed_in
    clock.forward(minutes=32)
    assert not visitor.signed_in


def test_a_session_ends_after_twelve_hours_however_busy(visitor: Browser, citizen: Account, clock: HandClock) -> None:
    visitor.sign_in("0912 000 111")
    for _ in range(35):
        clock.forward(minutes=20)
        assert visitor.signed_in
    clock.forward(minutes=20)
    assert not visitor.signed_in


def test_a_disabled_account_is_out_at_the_next_click(visitor: Browser, citizen: Account, office: Office) -> None:
    visitor.sign_in("0912 000 111")
    with office.store.transaction() as books:
        books.accounts.change(citizen.id, disabled_at=office.now())
    assert not visitor.signed_in
    assert visitor.sign_in("0912 000 111").status_code == 422


def test_an_officer_made_by_the_administrator_chooses_a_password_first(visitor: Browser, office: Office) -> None:
    add_officer(office, "levanan.hamrong", "ubnd_phuong_ham_rong", "one_stop", must_change=True)
    visitor.sign_in("levanan.hamrong")
    assert visitor.get("/track").location == "/account/password"
    assert "lần đăng nhập đầu tiên" in visitor.get("/account/password").text
    visitor.send("/account/password", old=PASSWORD, new="hoa gạo đỏ bên sông")
    assert visitor.get("/track").status_code == 200


def test_a_new_password_ends_every_other_session(
    visitor: Browser, new_visitor: Callable[[], Browser], citizen: Account
) -> None:
    elsewhere = new_visitor()
    elsewhere.sign_in("0912 000 111")
    visitor.sign_in("0912 000 111")
    before = visitor.cookie()
    visitor.send("/account/password", old=PASSWORD, new="hoa gạo đỏ bên sông")
    assert not elsewhere.signed_in
    assert visitor.signed_in
    assert visitor.cookie() != before
    assert elsewhere.sign_in("0912 000 111").status_code == 422
    assert elsewhere.sign_in("0912 000 111", "hoa gạo đỏ bên sông").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("không nhớ", "hoa gạo đỏ bên sông", "Mật khẩu hiện tại không đúng."),
        (PASSWORD, "matkhau123", "dễ đoán"),
        (PASSWORD, "Đặng Thị Oanh", "không được là tên"),
        (PASSWORD, "ngắn", "ít nhất 8 ký tự"),
        (PASSWORD, PASSWORD, "phải khác mật khẩu hiện tại"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(
    visitor: Browser, citizen: Account, old: str, new: str, said: str
) -> None:
    visitor.sign_in("0912 000 111")
    page = visitor.send("/account/password", old=old, new=new)
    assert page.status_code == 422
    assert said in page.text


# ---- S12: guessing ----


def test_at_most_twenty_guesses_at_an_account_are_weighed_in_a_quarter_of_an_hour(
    new_visitor: Callable[[], Browser], citizen: Account, clock: HandClock
) -> None:
    """From forty addresses, by all three names of the account."""
    weighed = 0
    visitor = new_visitor()
    for number in range(40):
        name = ("0912000111", "oanh@vidu.vn", "038198000111")[number % 3]
        visitor.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        weighed += visitor.sign_in(name, f"đoán lần {number}").status_code == 422
    assert weighed == 15
    assert visitor.sign_in("0912000111").status_code == 429
    clock.forward(minutes=16)
    assert visitor.sign_in("0912000111").status_code == 302


def test_the_owner_still_signs_in_on_a_device_that_is_known(
    visitor: Browser, new_visitor: Callable[[], Browser], citizen: Account
) -> None:
    visitor.sign_in("0912 000 111")
    visitor.sign_out()
    stranger = new_visitor()
    for number in range(40):
        stranger.sign_in("0912 000 111", f"đoán lần {number}")
    assert stranger.sign_in("0912 000 111").status_code == 429
    assert visitor.sign_in("0912 000 111").status_code == 302


def test_a_known_device_has_five_wrong_tries_and_counts_for_its_own_account_alone(
    visitor: Browser, office: Office, citizen: Account
) -> None:
    add_citizen(office, "Lê An", phone="+84912000222")
    visitor.sign_in("0912 000 111")
    visitor.sign_out()
    tries = [visitor.sign_in("0912 000 111", f"đoán {n}").status_code for n in range(6)]
    assert tries == [422] * 5 + [429]
    assert visitor.sign_in("0912 000 222", "đoán").status_code == 422


def test_an_unknown_name_is_limited_like_a_known_one(visitor: Browser) -> None:
    answers = [visitor.sign_in("0912 000 999", f"đoán {n}").status_code for n in range(16)]
    assert answers == [422] * 15 + [429]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_address_cannot_go_through_a_thousand_accounts(visitor: Browser) -> None:
    answers = [visitor.sign_in(f"09120{n:05}", "matkhau").status_code for n in range(62)]
    assert answers == [422] * 60 + [429] * 2


def test_who_must_wait_is_told_how_long(visitor: Browser, clock: HandClock) -> None:
    for n in range(15):
        visitor.sign_in("0912 000 999", f"đoán {n}")
    clock.forward(minutes=5)
    told = visitor.sign_in("0912 000 999", "đoán")
    assert int(told.headers["Retry-After"]) == timedelta(minutes=10).total_seconds()
    assert "10 phút" in told.text


# ---- S9: where one is sent ----

_WRITTEN = r"""
//evil.vn
///evil.vn
////evil.vn
/\evil.vn
\evil.vn
\\evil.vn
/\/evil.vn
/\\evil.vn/
http://evil.vn
https://evil.vn
HTTPS://evil.vn
https:evil.vn
https:/evil.vn
http:///evil.vn
javascript:alert(1)
JavaScript:alert(1)
data:text/html,x
vbscript:x
ftp://evil.vn
file:///etc/passwd
//evil.vn/%2f..
//evil.vn/..
/%09/evil.vn\@
evil.vn
@evil.vn
.evil.vn
#@evil.vn
?next=//evil.vn
//127.0.0.1@evil.vn
//localhost@evil.vn/..
//evil.vn:80
//evil%E3%80%82vn
//[::1]
//[::1
//3232235777
mailto:a@evil.vn
tel:113
//evil.vn?x=/account
//evil.vn#/account
\/\/evil.vn
/\/\evil.vn
\t//evil.vn
//evil.vn\x
//%65vil.vn
////%5cevil.vn
"""
ELSEWHERE = _WRITTEN.split()
ELSEWHERE += ["/\t/evil.vn", "/\n/evil.vn", "/\r\n/evil.vn", "/ /evil.vn", " //evil.vn", "\t//evil.vn", "/\x00/evil.vn"]
ELSEWHERE += ["/\u00a0/evil.vn\r\nSet-Cookie: a=b", "\x01//evil.vn", "/\x7f/evil.vn", "/a\r\nLocation: //evil.vn"]
ELSEWHERE += ["https://127.0.0.1@evil.vn/", "https://evil.vn/\\127.0.0.1", "//evil.vn\\@127.0.0.1", "ｈttps://evil.vn"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_is_sent_elsewhere_after_signing_in(visitor: Browser, citizen: Account) -> None:
    """Sixty ways of writing an address of another site."""
    assert len(ELSEWHERE) >= 60
    home = visitor.sign_in("0912 000 111", next="//evil.vn").location
    assert home == "/sign-in"  # from there on to the visitor's own first page
    first_page = visitor.get("/sign-in").location
    for payload in ELSEWHERE:
        assert visitor.get("/sign-in", query_string={"next": payload}).location == first_page, payload
        assert visitor.get("/language/vi", query_string={"next": payload}).location == "/", payload


def test_one_is_sent_back_to_where_one_wanted_to_go(visitor: Browser, citizen: Account) -> None:
    asked = visitor.get("/account/password?a=b")
    assert asked.location == "/sign-in?next=/account/password?a%3Db"
    answer = visitor.sign_in("0912 000 111", next="/account/password?a=b")
    assert answer.location == "/account/password?a=b"
