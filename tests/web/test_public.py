"""What anyone may look at. S13: a case number alone opens nothing, and cannot be guessed through."""

from __future__ import annotations

import time
from statistics import median

import pytest
from flask import Flask
from tests.web.conftest import Browser

from motcua.gateways.clock import HandClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_without_a_catalog_the_home_page_says_so(visitor: Browser) -> None:
    page = visitor.get("/")
    assert page.status_code == 200
    assert "Chưa có thủ tục nào" in page.text


def test_an_unknown_procedure_is_not_there(visitor: Browser) -> None:
    assert visitor.get("/procedures/khong_co").status_code == 404


def test_an_unknown_number_is_told_kindly_and_kept(visitor: Browser) -> None:
    page = visitor.get("/track", query_string={"number": "h56.101 - 261005 - 0001"})
    assert page.status_code == 404
    assert "Không tìm thấy hồ sơ có số h56.101 - 261005 - 0001" in page.text


def test_ten_numbers_a_minute_from_one_address(visitor: Browser, clock: HandClock) -> None:
    answers = [visitor.get(f"/track?number=H56.101-261005-{n:04}").status_code for n in range(12)]
    assert answers == [404] * 10 + [429] * 2
    clock.forward(seconds=61)
    assert visitor.get("/track?number=H56.101-261005-0001").status_code == 404


def test_opening_the_page_is_no_try(visitor: Browser) -> None:
    assert {visitor.get("/track").status_code for _ in range(15)} == {200}


def test_every_answer_about_a_number_takes_as_long(app: Flask, visitor: Browser, clock: HandClock) -> None:
    taken = []
    for n in range(8):
        began = time.perf_counter()
        visitor.get(f"/track?number=H56.101-261005-{n:04}")
        taken.append(time.perf_counter() - began)
    assert median(taken) >= 0.08


def test_health_tells_that_the_database_answers(visitor: Browser) -> None:
    answer = visitor.get("/health")
    assert answer.get_json() == {"ok": True, "procedures": 0, "messages_waiting": 0}


def test_english_is_chosen_and_stays(visitor: Browser) -> None:
    answer = visitor.get("/language/en?next=/track")
    assert answer.location == "/track"
    page = visitor.get("/track")
    assert '<html lang="en">' in page.text
    assert "Track a case" in page.text
    assert visitor.get("/language/fr").status_code == 404
