"""S6 for what officers and applicants do beside a step's own actions: each state of a case x each such act x each person.

What is allowed is written here by hand, from the workflow's text; everything else must be refused and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from tests.web.small_site import At, SmallSite, small_site

from motcua.gateways.clock import HandClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PROCEDURE = """
agencies: {receives: {agency: xa_an}, decides: {agency: xa_binh}}
papers: [{id: gcn, name: Giấy chứng nhận gốc, original: 1, optional: true}]
"""
WORKFLOW = """
steps:
  tiep_nhan: {role: one_stop, at: receives, hands_over: [gcn], actions: {nhan: {does: accept, to: phan_cong}}}
  phan_cong: {role: leader, at: decides, picks: xem, actions: {giao: {to: xem}}}
  xem: {role: specialist, at: decides, actions: {dat: {to: hoi}}}
  hoi: {waits_for: agencies, asks: [{agency: xa_chau}], by: specialist, clock: runs, to: cho}
  cho: {waits_for: event, event: ended, by: specialist, clock: resume, to: hen}
  hen: {waits_for: appointment, place: site, by: specialist, offers: 2, confirm: 2 ngày làm việc, clock: runs, to: loi}
  loi: {waits_for: applicant, clock: runs, to: ky}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  dung: {ends: stopped}
  rut: {ends: withdrawn}
interrupts:
  - {id: ke_bien, name: Kê biên, by: specialist, before: xong, does: suspend, clock: resume}
  - {id: dinh_chi, name: Đình chỉ, by: leader, before: ky, to: dung}
  - {id: rut, name: Rút, by: applicant, before: ky, to: rut}
"""
AGENCIES = """
agencies:
  - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune, area: "01"}
  - {id: xa_binh, code: H56.02, name: Xã Bình, kind: ubnd_xa, level: commune, area: "02"}
  - {id: xa_chau, code: H56.03, name: Xã Châu, kind: ubnd_xa, level: commune, area: "03"}
"""
SLOT = "2026-10-08T08:30:00+07:00"
EVERYTHING: dict[str, Any] = {"opinion": "agree", "reason": "Công văn 5", "slots": ["08/10/2026 08:30"], "slot": SLOT}
#: where each kind of act could be tried: where it belongs, and where it does not
SAY, PICK, REPLY, TAKE = ("phan_cong", "hoi", "cho", "hen", "ky"), ("xem", "ky"), ("loi", "hen"), ("hen", "loi")

People = dict[str, At]
Acts = dict[str, dict[str, Any]]


@pytest.fixture
def site(app: Flask, clock: HandClock, tmp_path: Path) -> SmallSite:
    clock.set(datetime(2026, 10, 5, 9, 0))
    root = tmp_path / "catalog"
    return small_site(app, clock, root, procedure=PROCEDURE, workflow=WORKFLOW, agencies=AGENCIES)


@pytest.fixture
def people(site: SmallSite) -> People:
    """One for each part, and beside each somebody with every other role at the same place."""
    return {
        "desk": site.officer("Lan", "one_stop"),
        "an other": site.officer("Oanh", "specialist", "leader"),
        "head": site.officer("Hưng", "leader", agency="xa_binh"),
        "picked": site.officer("An", "specialist", agency="xa_binh"),
        "colleague": site.officer("Ba", "specialist", agency="xa_binh"),
        "binh other": site.officer("Tám", "one_stop", "auditor", "admin", agency="xa_binh"),
        "asked": site.officer("Hoa", "specialist", agency="xa_chau"),
        "chau other": site.officer("Tư", "leader", "one_stop", agency="xa_chau"),
        "applicant": site.applicant(),
    }


def acts(ref: str, people: People) -> Acts:
    """Every act by its address; the names are those of ALLOWED."""
    desk, mine, who = f"/desk/cases/{ref}", f"/cases/{ref}", people["colleague"].officer.login
    return {
        **{f"say {step}": {"address": f"{desk}/waits/{step}"} for step in SAY},
        **{f"pick {step}": {"address": f"{desk}/picks/{step}", "picks": who} for step in PICK},
        **{f"do {name}": {"address": f"{desk}/interrupts/{name}"} for name in ("ke_bien", "dinh_chi", "rut")},
        **{f"lift {name}": {"address": f"{desk}/lifts/{name}"} for name in ("ke_bien", "dinh_chi")},
        **{f"reply {step}": {"address": f"{mine}/replies/{step}"} for step in REPLY},
        **{f"take {step}": {"address": f"{mine}/times/{step}"} for step in TAKE},
    }


def _filed(site: SmallSite, people: People) -> str:
    return site.filed()


def _done(site: SmallSite, people: People, ref: str, who: str, step: str, action: str, **more: str) -> None:
    page = f"/desk/cases/{ref}"
    seen = site.record(ref).version
    assert people[who].post(f"{page}/steps/{step}/{action}", seen=seen, **more).status_code == 302


def _acted(site: SmallSite, people: People, ref: str, who: str, act: str) -> None:
    assert press(site, people, ref, who, act) in (302, 303)


Made = Callable[[SmallSite, People], str]


def _given(site: SmallSite, people: People) -> str:
    ref = _filed(site, people)
    _done(site, people, ref, "desk", "tiep_nhan", "nhan", hands="y")
    return ref


def _picked(site: SmallSite, people: People) -> str:
    ref = _then(_given, "head", "say phan_cong")(site, people)
    _done(site, people, ref, "head", "phan_cong", "giao", picks=people["picked"].officer.login)
    return ref


def _asked(site: SmallSite, people: People) -> str:
    ref = _picked(site, people)
    _done(site, people, ref, "picked", "xem", "dat")
    return ref


def _then(before: Made, who: str, act: str) -> Made:
    def made(site: SmallSite, people: People) -> str:
        ref = before(site, people)
        _acted(site, people, ref, who, act)
        return ref

    return made


_waiting = _then(_asked, "asked", "say hoi")
_arranging = _then(_waiting, "picked", "say cho")
_offered = _then(_arranging, "colleague", "say hen")
_replying = _then(_offered, "applicant", "take hen")
_signing = _then(_replying, "applicant", "reply loi")

#: state -> how a case comes there
STATES: dict[str, Made] = {
    "tiep_nhan": _filed,
    "phan_cong, bản giấy trên đường": _given,
    "xem": _picked,
    "hoi": _asked,
    "cho": _waiting,
    "hen": _arranging,
    "hen, đã đưa giờ": _offered,
    "loi": _replying,
    "ky": _signing,
    "tạm dừng": _then(_waiting, "picked", "do ke_bien"),
    "đã dừng": _then(_waiting, "head", "do dinh_chi"),
}

SUSPEND = {("picked", "do ke_bien"), ("colleague", "do ke_bien")}
STOP = {("head", "do dinh_chi")}
#: state -> who may do what; before acceptance it is the receiving office that interrupts
ALLOWED: dict[str, set[tuple[str, str]]] = {
    "tiep_nhan": {("an other", "do ke_bien"), ("an other", "do dinh_chi")},
    "phan_cong, bản giấy trên đường": {*SUSPEND, *STOP, ("head", "say phan_cong")},
    "xem": {*SUSPEND, *STOP, ("head", "pick xem")},
    "hoi": {*SUSPEND, *STOP, ("asked", "say hoi")},
    "cho": {*SUSPEND, *STOP, ("picked", "say cho"), ("colleague", "say cho")},
    "hen": {*SUSPEND, *STOP, ("picked", "say hen"), ("colleague", "say hen")},
    "hen, đã đưa giờ": {*SUSPEND, *STOP, ("picked", "say hen"), ("colleague", "say hen"), ("applicant", "take hen")},
    "loi": {*SUSPEND, *STOP, ("applicant", "reply loi")},
    "ky": SUSPEND,
    "tạm dừng": {*STOP, ("picked", "lift ke_bien"), ("colleague", "lift ke_bien")},
    "đã dừng": set(),
}


def press(site: SmallSite, people: People, ref: str, who: str, act: str) -> int:
    fields = {**EVERYTHING, "seen": site.record(ref).version, **acts(ref, people)[act]}
    return people[who].post(fields.pop("address"), **fields).status_code


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_done_but_what_state_role_and_agency_allow(site: SmallSite, people: People, state: str) -> None:
    ref = STATES[state](site, people)
    before = site.record(ref)
    everything = [(who, act) for who in people for act in acts(ref, people)]
    # 9 people; 5 + 2 + 2 + 2 acts at steps, 3 interrupts, 2 suspensions to lift
    assert len(everything) == 9 * 16
    refused = {pair: press(site, people, ref, *pair) for pair in everything if pair not in ALLOWED[state]}
    assert {pair: status for pair, status in refused.items() if status not in (403, 404, 409)} == {}
    assert site.record(ref) == before


@pytest.mark.parametrize("state", STATES)
def test_what_is_allowed_happens(site: SmallSite, people: People, state: str) -> None:
    for who, act in sorted(ALLOWED[state]):
        ref = STATES[state](site, people)
        before = len(site.record(ref).events)
        assert press(site, people, ref, who, act) in (302, 303), (who, act)
        assert len(site.record(ref).events) > before
