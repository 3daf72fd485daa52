"""S6: each state of a case x each action of its workflow x each role, by the very addresses that a page would use.

What is allowed is written here by hand, from the workflow's text; everything else must be refused and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from tests.casework.commune import ELSEWHERE, HERE, PROCEDURE, Commune
from tests.web.conftest import Browser, token_of
from tests.web.desk_site import Desk, buttons, desk_of

from motcua.domain.people import Officer
from motcua.gateways.clock import HandClock

VERIFY: dict[str, Any] = {"nghi_van": True, "noi_dung_xac_minh": "Nơi cư trú của mẹ"}


def _filed(commune: Commune) -> str:
    return commune.filed_at_once()


def _accepted(commune: Commune) -> str:
    ref = _filed(commune)
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    return ref


def _examined(commune: Commune) -> str:
    ref = _accepted(commune)
    commune.act(commune.examiner, ref, "tham_tra", "dat")
    return ref


def _after(before: Callable[[Commune], str], who: str, step: str, action: str, **more: Any) -> Callable[[Commune], str]:
    def made(commune: Commune) -> str:
        ref = before(commune)
        commune.act(getattr(commune, who), ref, step, action, **more)
        return ref

    return made


def _withdrawn(commune: Commune) -> str:
    ref = _filed(commune)
    commune.withdraw(ref)
    return ref


ASKED: dict[str, Any] = {"reason": "Ảnh mờ", "asks": ["paper.giay_chung_sinh"]}
_verifying = _after(_accepted, "examiner", "tham_tra", "xac_minh", facts=VERIFY)
_signed = _after(_examined, "leader", "ky", "ky")

#: state -> how a case comes there
STATES: dict[str, Callable[[Commune], str]] = {
    "tiep_nhan": _filed,
    "cho_bo_sung": _after(_filed, "desk", "tiep_nhan", "bo_sung", **ASKED),
    "tham_tra": _accepted,
    "cho_bo_sung_tham_tra": _after(_accepted, "examiner", "tham_tra", "bo_sung", **ASKED),
    "xac_minh": _verifying,
    "ky": _examined,
    "tra_ket_qua": _signed,
    "xong": _after(_signed, "desk", "tra_ket_qua", "tra"),
    "khong_tiep_nhan": _after(_filed, "desk", "tiep_nhan", "tu_choi", reason="Không đúng thủ tục"),
    "tu_choi": _after(_accepted, "examiner", "tham_tra", "khong_dat", reason="Đã đăng ký ở nơi khác"),
    "da_rut": _withdrawn,
}

#: state -> who may act there, and how
ALLOWED = {
    "tiep_nhan": ("desk", {"tiep_nhan", "bo_sung", "tu_choi"}),
    "tham_tra": ("examiner", {"dat", "xac_minh", "bo_sung", "khong_dat", "tra_lai"}),
    "xac_minh": ("examiner", {"dat", "khong_dat"}),
    "ky": ("leader", {"ky", "tra_lai", "tu_choi"}),
    "tra_ket_qua": ("desk", {"tra"}),
}

#: what has to be filled in where it is allowed, and where the case stands then
RIGHT: dict[tuple[str, str], tuple[dict[str, Any], str]] = {
    ("tiep_nhan", "tiep_nhan"): ({}, "tham_tra"),
    ("tiep_nhan", "bo_sung"): (ASKED, "cho_bo_sung"),
    ("tiep_nhan", "tu_choi"): ({"reason": "Sai nơi"}, "not_accepted"),
    ("tham_tra", "dat"): ({}, "ky"),
    ("tham_tra", "xac_minh"): ({"facts.nghi_van": "y", "facts.noi_dung_xac_minh": "Nơi cư trú"}, "xac_minh"),
    ("tham_tra", "bo_sung"): (ASKED, "cho_bo_sung_tham_tra"),
    ("tham_tra", "khong_dat"): ({"reason": "Đã đăng ký"}, "refused"),
    ("tham_tra", "tra_lai"): ({"reason": "Thiếu giấy"}, "tiep_nhan"),
    ("xac_minh", "dat"): ({"facts.ket_qua": "dung", "facts.noi_dung": "Công văn 12"}, "ky"),
    ("xac_minh", "khong_dat"): (
        {"facts.ket_qua": "khong_dung", "facts.noi_dung": "Công văn 12", "reason": "Không đúng"},
        "refused",
    ),
    ("ky", "ky"): ({}, "tra_ket_qua"),
    ("ky", "tra_lai"): ({"reason": "Xem lại"}, "tham_tra"),
    ("ky", "tu_choi"): ({"reason": "Không đủ"}, "refused"),
    ("tra_ket_qua", "tra"): ({}, "granted"),
}


@dataclass(frozen=True)
class At:
    """An officer at the desk, with the token of his session."""

    name: str
    officer: Officer
    browser: Browser
    token: str

    def press(self, ref: str, version: int, step: str, action: str, fields: dict[str, Any]) -> int:
        data = {"csrf_token": self.token, "seen": version, **fields}
        return self.browser.client.post(f"/desk/cases/{ref}/steps/{step}/{action}", data=data).status_code


@pytest.fixture
def desk(app: Flask, clock: HandClock) -> Desk:
    clock.set(datetime(2026, 10, 6, 9, 30))
    return desk_of(app, clock)


@pytest.fixture
def officers(desk: Desk) -> dict[str, At]:
    """One for each role of the workflow, one from elsewhere with all of them, and one with every other role."""
    people = {
        "desk": desk.commune.desk,
        "examiner": desk.commune.examiner,
        "leader": desk.commune.leader,
        "elsewhere": desk.officer(
            "Ngô Y", "ngoy.thoxuan", ELSEWHERE, "one_stop", "civil_status_officer", "leader", "admin"
        ),
        "others": desk.officer("Lò A", "loa.hamrong", HERE, "specialist", "head_of_section", "auditor", "editor"),
    }
    found = {}
    for name, officer in people.items():
        browser = desk.browser(officer)
        found[name] = At(name, officer, browser, token_of(browser.get("/account/password")))
    return found


def every_action(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every action of the workflow, at its step; and three that there are not."""
    live = desk.commune.office.catalog.live[PROCEDURE].procedure
    assert live is not None
    for step in live.workflow.steps.values():
        for action in step.actions:
            yield step.id, action.id
    yield from (("tiep_nhan", "khong_co"), ("khong_co", "dat"), ("cho_bo_sung", "tiep_nhan"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_done_but_what_state_role_and_agency_allow(desk: Desk, officers: dict[str, At]) -> None:
    commune, wrong, tried = desk.commune, [], 0
    everything = {"reason": "Thử", "asks": ["paper.giay_chung_sinh", "tre"]}
    actions = list(every_action(desk))
    assert {(state, action) for state, (_, may) in ALLOWED.items() for action in may} == set(RIGHT)
    for state, comes_there in STATES.items():
        ref = comes_there(commune)
        before = commune.record(ref)
        who_may, may = ALLOWED.get(state, ("", set()))
        for at in officers.values():
            for step, action in actions:
                if at.name == who_may and step == state and action in may:
                    continue
                tried += 1
                status = at.press(ref, before.version, step, action, everything)
                told = {404} if at.name == "elsewhere" else {403, 409}
                if status not in told:
                    wrong.append((state, at.name, step, action, status))
        assert commune.record(ref) == before, state
    assert wrong == []
    # 11 states x 5 officers x (14 + 3) actions, less the 14 that are allowed once each
    assert tried == 11 * 5 * 17 - 14


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_allowed_is_offered_to_the_one_who_may_and_to_nobody_else(desk: Desk, officers: dict[str, At]) -> None:
    commune = desk.commune
    for state, comes_there in STATES.items():
        ref = comes_there(commune)
        who_may, may = ALLOWED.get(state, ("", set()))
        for at in officers.values():
            page = at.browser.get(f"/desk/cases/{ref}")
            if at.name == "elsewhere":
                assert page.status_code == 404
                continue
            offered = {f"{state}/{action}" for action in may} if at.name == who_may else set()
            assert buttons(page, ref) == offered, (state, at.name)


def test_what_is_allowed_happens(desk: Desk, officers: dict[str, At]) -> None:
    commune = desk.commune
    for (state, action), (fields, then) in RIGHT.items():
        ref = STATES[state](commune)
        at = officers[ALLOWED[state][0]]
        assert at.press(ref, commune.record(ref).version, state, action, fields) == 302, (state, action)
        standing = commune.seen(ref).state
        assert (standing.outcome or standing.active[0].step) == then, (state, action)


def test_a_supplement_is_asked_once_and_examination_returns_twice(desk: Desk, officers: dict[str, At]) -> None:
    """`at_most` of the workflow: the action is offered no more, and refused to who sends it all the same."""
    commune = desk.commune
    ref = STATES["cho_bo_sung"](commune)
    commune.supplied(commune.supplement(ref, papers=["giay_chung_sinh"]))
    clerk, examiner = officers["desk"], officers["examiner"]
    assert buttons(clerk.browser.get(f"/desk/cases/{ref}"), ref) == {"tiep_nhan/tiep_nhan", "tiep_nhan/tu_choi"}
    assert clerk.press(ref, commune.record(ref).version, "tiep_nhan", "bo_sung", ASKED) == 409
    for _ in range(2):
        commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
        commune.act(commune.examiner, ref, "tham_tra", "tra_lai", reason="Thiếu giấy")
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    assert "tham_tra/tra_lai" not in buttons(examiner.browser.get(f"/desk/cases/{ref}"), ref)
    assert examiner.press(ref, commune.record(ref).version, "tham_tra", "tra_lai", {"reason": "Nữa"}) == 409


def test_who_examined_a_case_does_not_sign_it(desk: Desk) -> None:
    """Four eyes: `who: {not: tham_tra}`, also for one who holds both roles."""
    commune = desk.commune
    both = desk.officer("Hồ Ý", "hoy.hamrong", HERE, "civil_status_officer", "leader")
    ref = _accepted(commune)
    commune.act(both, ref, "tham_tra", "dat")
    browser = desk.browser(both)
    at = At("both", both, browser, token_of(browser.get("/account/password")))
    assert buttons(browser.get(f"/desk/cases/{ref}"), ref) == set()
    assert at.press(ref, commune.record(ref).version, "ky", "ky", {}) == 403
    assert buttons(desk.browser(commune.leader).get(f"/desk/cases/{ref}"), ref) == {"ky/ky", "ky/tra_lai", "ky/tu_choi"}
