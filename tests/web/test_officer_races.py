"""R4: of two officers at once one wins; the other gets a page that says who did what and when, and keeps his text.

A few pairs here, a thousand in `make soak`. Each officer has a thread of his own, and both press at the same moment.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice
from typing import Any

import pytest
from flask import Flask
from tests.casework.commune import HERE, Commune
from tests.web.conftest import Browser, token_of
from tests.web.desk_site import Desk, desk_of, words
from werkzeug.test import TestResponse

from motcua.domain.people import Officer
from motcua.gateways.clock import HandClock

ASKED: dict[str, Any] = {"reason": "Thiếu giấy tờ", "asks": ["paper.giay_chung_sinh"]}
REFUSED = {"reason": "Không đúng thủ tục"}

#: an action, and what is typed for it
Doing = tuple[str, dict[str, Any]]

#: a step, and two acts that exclude each other
PAIRS: tuple[tuple[str, Doing, Doing], ...] = (
    ("tiep_nhan", ("tiep_nhan", {"reason": "Tôi nhận"}), ("tu_choi", REFUSED)),
    ("tiep_nhan", ("tiep_nhan", {"reason": "Tôi nhận"}), ("bo_sung", ASKED)),
    ("tiep_nhan", ("tiep_nhan", {"reason": "Tôi nhận"}), ("tiep_nhan", {"reason": "Tôi cũng nhận"})),
    ("tham_tra", ("dat", {"facts.ghi_chu": "Khớp"}), ("khong_dat", REFUSED)),
    ("tham_tra", ("tra_lai", {"reason": "Chưa đủ"}), ("tra_lai", {"reason": "Xem lại"})),
    ("ky", ("ky", {"reason": "Tôi ký"}), ("tra_lai", {"reason": "Sai ngày sinh"})),
)


@dataclass(frozen=True)
class Racer:
    officer: Officer
    browser: Browser
    token: str

    def press(self, start: threading.Barrier, ref: str, seen: int, step: str, doing: Doing) -> TestResponse:
        action, typed = doing
        data = {"csrf_token": self.token, "seen": seen, **typed}
        start.wait()
        return self.browser.client.post(f"/desk/cases/{ref}/steps/{step}/{action}", data=data)


def race(desk: Desk, times: int) -> None:
    """Every kind of pair in turn."""
    commune = desk.commune
    roles = ("one_stop", "civil_status_officer", "leader")
    people = [desk.officer(name, login, HERE, *roles) for name, login in (("Lê An", "lean.a"), ("Hồ Bé", "hobe.b"))]
    racers = [Racer(p, b := desk.browser(p), token_of(b.get("/account/password"))) for p in people]
    with ThreadPoolExecutor(2) as pool:
        for step, one, other in islice(cycle(PAIRS), times):
            ref = waiting_at(commune, step)
            before, start = commune.record(ref), threading.Barrier(2)
            pressed = [
                pool.submit(racer.press, start, ref, before.version, step, doing)
                for racer, doing in zip(racers, (one, other), strict=True)
            ]
            answers = [press.result() for press in pressed]
            assert sorted(answer.status_code for answer in answers) == [302, 409], (step, one, other)
            won = answers[0].status_code == 302
            after = commune.record(ref)
            assert (after.version, len(after.events)) == (before.version + 1, len(before.events) + 1)
            winner, loser, typed = (racers[0], answers[1], other[1]) if won else (racers[1], answers[0], one[1])
            assert after.events[-1].by == f"officer:{winner.officer.login}"
            assert f"{winner.officer.name} đã làm “" in words(loser)
            assert "lúc thứ Ba, 06/10/2026, 09:30." in words(loser)
            assert all(text in loser.text for name, text in typed.items() if name != "asks")


def waiting_at(commune: Commune, step: str) -> str:
    ref = commune.filed_at_once()
    if step != "tiep_nhan":
        commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    if step == "ky":
        commune.act(commune.examiner, ref, "tham_tra", "dat")
    return ref


@pytest.fixture
def desk(app: Flask, clock: HandClock) -> Desk:
    clock.set(datetime(2026, 10, 6, 9, 30))
    return desk_of(app, clock)


def test_of_two_at_once_one_wins_and_the_other_keeps_his_text(desk: Desk) -> None:
    race(desk, 12)


@pytest.mark.soak
def test_of_a_thousand_pairs_at_once_one_each_wins(desk: Desk) -> None:
    race(desk, 1000)
