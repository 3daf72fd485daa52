"""Every "no" is a page that says what to do, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from tests.web.conftest import PASSWORD, Browser, token_of

from motcua.domain.problems import Problem
from motcua.domain.refusals import (
    Busy,
    Closed,
    Incorrect,
    NotAllowed,
    NotOffered,
    NotThere,
    Overflow,
    Refused,
    Stale,
    Taken,
    TooManyTries,
)
from motcua.domain.working_calendar import HCM
from motcua.store.accounts import Account
from motcua.web.errors import STATUS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

AT = datetime(2026, 10, 5, 9, 30, tzinfo=HCM)
NOES = [
    (NotAllowed(), 403, "Bạn không có quyền"),
    (NotThere(), 404, "Không tìm thấy trang"),
    (NotOffered(), 409, "không còn ở bước cho phép"),
    (Stale("officer:lequochung.hamrong", AT, "ky"), 409, "09:30 05/10/2026"),
    (Taken("email"), 409, "đã được đăng ký"),
    (Closed(), 409, "Đã hết thời hạn"),
    (Incorrect([Problem("a", "unknown")]), 422, "Có lỗi cần sửa"),
    (TooManyTries(90), 429, "thử lại sau 2 phút"),
    (Overflow(series="H56.101"), 503, "Đã hết số trong ngày"),
    (Busy(5), 503, "Hệ thống đang bận"),
]


def always(app: Flask, no: Exception) -> None:
    def view() -> str:
        raise no

    app.view_functions["public.track"] = view


@pytest.mark.parametrize(("no", "status", "said"), NOES, ids=lambda value: type(value).__name__)
def test_every_refusal_has_its_status_and_its_page(
    app: Flask, visitor: Browser, no: Refused, status: int, said: str
) -> None:
    always(app, no)
    page = visitor.get("/track")
    assert page.status_code == status
    assert said in page.text
    assert "Bạn có thể làm gì" in page.text
    visitor.get("/language/en")
    assert "What you can do" in visitor.get("/track").text


def test_every_kind_of_refusal_is_mapped(app: Flask) -> None:
    assert set(STATUS) == set(Refused.__subclasses__()) == {type(no) for no, _, _ in NOES}
    assert Refused in app.error_handler_spec[None][None]


@pytest.mark.parametrize(("no", "seconds"), [(TooManyTries(90), "90"), (Busy(5), "5")])
def test_who_may_come_again_is_told_when(app: Flask, visitor: Browser, no: Refused, seconds: str) -> None:
    always(app, no)
    assert visitor.get("/track").headers["Retry-After"] == seconds


def test_our_own_bug_shows_a_trace_id_that_the_log_explains(
    app: Flask, visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    app.testing = False
    always(app, KeyError("số điện thoại 0912000111"))
    page = visitor.get("/track?number=H56.101-261005-0001")
    trace = re.search(r"Mã sự cố: ([0-9a-f]{8})", page.text)
    assert page.status_code == 500
    assert "0912000111" not in page.text
    assert trace is not None
    assert f"trace {trace[1]}: GET /track" in caplog.text
    assert "H56.101-261005-0001" not in caplog.text


def test_when_even_the_page_cannot_be_made_a_plain_line_is(app: Flask, visitor: Browser) -> None:
    app.testing = False
    always(app, KeyError("a"))
    app.extensions["motcua.theme"].templates.globals.pop("menu")
    answer = visitor.get("/track")
    assert answer.status_code == 500
    assert answer.mimetype == "text/plain"
    assert "Content-Security-Policy" in answer.headers


def test_a_form_from_a_session_that_ended_is_kept_and_can_be_sent_again(
    visitor: Browser, new_visitor: Callable[[], Browser], citizen: Account
) -> None:
    token = token_of(new_visitor().get("/sign-up"))
    typed = {"name": "Đặng Đình Đức", "phone": "0912 000 555", "email": "<script>alert(1)</script>"}
    answer = visitor.client.post("/sign-up", data={"csrf_token": token, **typed})
    assert answer.status_code == 400
    assert "Trang đã mở quá lâu" in answer.text
    assert '<input type="hidden" name="name" value="Đặng Đình Đức">' in answer.text
    assert "<script>" not in answer.text
    again = visitor.client.post("/sign-up", data={"csrf_token": token_of(answer), **typed, "password": PASSWORD})
    assert again.status_code == 422  # taken now, and weighed: the e-mail address is none


def test_a_password_is_not_kept_on_any_page(visitor: Browser) -> None:
    answer = visitor.client.post("/sign-in", data={"csrf_token": "old", "name": "0912 000 111", "password": PASSWORD})
    assert answer.status_code == 400
    assert PASSWORD not in answer.text
    assert "Mở lại trang" in answer.text


def test_what_was_typed_stays_while_the_database_is_busy(app: Flask, visitor: Browser, citizen: Account) -> None:
    """R6: 503 with Retry-After, and the same form again."""

    def busy() -> str:
        raise Busy()

    app.view_functions["signup.ask"] = busy
    page = visitor.send("/sign-up", name="Đặng Đình Đức", phone="0912 000 555")
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert '<input type="hidden" name="name" value="Đặng Đình Đức">' in page.text


def test_a_stranger_who_sends_a_form_is_asked_to_sign_in_and_keeps_it(visitor: Browser) -> None:
    token = token_of(visitor.get("/sign-in"))
    answer = visitor.client.post("/account/password", data={"csrf_token": token, "remark": "Một câu dài"})
    assert answer.status_code == 403
    assert "Bạn cần đăng nhập lại" in answer.text
    assert "Một câu dài" in answer.text


def test_a_verb_that_is_not_there_names_those_that_are(visitor: Browser) -> None:
    answer = visitor.client.post("/track")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
