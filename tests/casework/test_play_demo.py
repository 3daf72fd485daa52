"""The demo: its cases stand where they say that they stand, and whoever is needed has an account.

The demo's day is Wednesday 25/11/2026, 09:00.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from tests.casework.commune import put_catalog

from motcua.casework.play_demo import personas, play_demo, read_demo
from motcua.catalogue.proving import Proof, province_of
from motcua.domain.agency import Agencies, Position
from motcua.domain.people import is_login
from motcua.domain.procedure import Procedure, Province
from motcua.domain.working_calendar import HCM
from motcua.gateways.clock import HandClock
from motcua.office import Office, open_office
from motcua.settings import Settings

DAY = date(2026, 11, 25)
#: where each case of the demo stands on its day, from the titles in cases.yaml: the steps at work, or the end
STANDS = sorted(
    [
        ("dang_ky_khai_sinh", "tiep_nhan"),
        ("dang_ky_khai_sinh", "cho_bo_sung"),
        ("dang_ky_khai_sinh", "tham_tra"),
        ("dang_ky_khai_sinh", "xac_minh"),
        ("dang_ky_khai_sinh", "ky"),
        ("dang_ky_khai_sinh", "tham_tra"),
        ("dang_ky_khai_sinh", "tra_ket_qua"),
        ("dang_ky_khai_sinh", "granted"),
        ("dang_ky_khai_sinh", "refused"),
        ("dang_ky_khai_sinh", "lapsed"),
        ("dang_ky_khai_sinh", "withdrawn"),
        ("chung_thuc_ban_sao", "tiep_nhan"),
        ("chung_thuc_ban_sao", "ky"),
        ("chung_thuc_ban_sao", "refused"),
        ("chung_thuc_ban_sao", "granted"),
        ("cap_phep_xay_dung_nha_o", "lay_y_kien hen_kiem_tra"),
        ("cap_phep_xay_dung_nha_o", "cho_bo_sung"),
        ("cap_phep_xay_dung_nha_o", "nop_le_phi"),
        ("cap_phep_xay_dung_nha_o", "granted"),
        ("cap_phep_xay_dung_nha_o", "refused"),
        ("dang_ky_bien_dong", "nop_thue"),
        ("dang_ky_bien_dong", "tham_tra suspended"),
        ("dang_ky_bien_dong", "hoi_xa"),
        ("dang_ky_bien_dong", "cho_bo_sung"),
        ("dang_ky_bien_dong", "granted"),
        ("dang_ky_bien_dong", "refused"),
    ]
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime(2026, 11, 25, 9, 0, tzinfo=HCM))


@pytest.fixture
def office(settings: Settings, clock: HandClock, proof: Proof) -> Iterator[Office]:
    opened = open_office(settings, clock=clock, demo=True)
    put_catalog(opened, proof)
    yield opened
    opened.store.close()


def stands(office: Office) -> list[tuple[str, str]]:
    with office.store.reading() as books:
        people = [books.accounts.citizen(email=person["email"]) for person in read_demo().people]
        lines = [line for one in people if one for line in books.inbox.of_applicant(one.id)]
        records = [books.cases.get(line.ref) for line in lines]
    cases = [office.case(record).advance(office.now()) for record in records]
    return sorted(
        (
            case.procedure.id,
            case.state.outcome
            or " ".join([*(a.step for a in case.state.active), *(["suspended"] if case.state.suspended else [])]),
        )
        for case in cases
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_case_stands_where_it_says_and_is_played_once(office: Office) -> None:
    assert play_demo(office)
    assert stands(office) == STANDS
    assert not play_demo(office)
    assert stands(office) == STANDS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_offices_with_a_part_in_it_are_told(office: Office) -> None:
    busy = {persona.office for persona in personas(office) if persona.busy}
    assert "Ủy ban nhân dân phường Hàm Rồng" in busy
    assert "Công ty Điện lực Thanh Hóa" in busy
    assert "Ủy ban nhân dân xã Mường Lát" not in busy


def holders() -> set[tuple[str, str]]:
    """(agency, role) of every account of the demo."""
    return {(one["agency"], role) for one in read_demo().officers for role in one["roles"]}


def fills(procedure: Procedure, position: str, agencies: Agencies) -> set[str]:
    """Every agency that may fill a position on the demo's day."""
    found: set[str] = set()
    for row in procedure.positions[position].rows:
        rule: Position = row.is_
        if rule.position:
            found |= fills(procedure, rule.position, agencies)
        found |= {one.id for kind in rule.kinds for one in agencies.of_kind(kind, DAY)}
        found |= {rule.agency} if rule.agency else set()
    return found


def needed(procedure: Procedure, province: Province) -> Iterator[tuple[str, str]]:
    """(agency, role) that a case of the procedure may come to."""
    agencies = province.agencies
    for step in procedure.workflow.steps.values():
        places = {one for row in (step.at.rows if step.at else ()) for one in fills(procedure, str(row.is_), agencies)}
        yield from ((place, str(row.is_)) for place in places for row in (step.role.rows if step.role else ()))
        for ask in step.asks:
            asked = {ask.agency} if ask.agency else fills(procedure, str(ask.position), agencies)
            speaks = [str(row.is_) for row in step.by.rows] if step.by else [str(province.answers)]
            yield from ((one, role) for one in asked for role in speaks)


def test_every_role_at_every_agency_that_a_procedure_reaches_has_a_holder(proof: Proof) -> None:
    province = province_of(proof.reading)
    assert province is not None
    wanted = {pair for p in proof.procedures if p.procedure for pair in needed(p.procedure, province)}
    assert wanted - holders() == set()


def test_a_sign_in_is_a_persons_name_and_unit_and_nobody_has_two() -> None:
    logins = [one["login"] for one in read_demo().officers]
    assert [login for login in logins if not is_login(login)] == []
    assert len(logins) == len(set(logins))
