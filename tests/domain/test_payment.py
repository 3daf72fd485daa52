"""Receipts of money that came: one for each kind of money, numbered by agency and year."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import Town, moment, pages, town

from motcua.domain.payment import receipts

FORM = pages("""
    don: {type: object, title: Đơn, properties: {ten: {type: string, title: Tên}}}
""")
PROCEDURE = """
fees:
  - {id: phi_tham_dinh, kind: phi, due: received, amount: 50.000}
  - {id: phi_ban_sao, kind: phi, due: received, amount: 8.000}
  - {id: le_phi, kind: le_phi, due: received, amount: 75.000}
  - {id: mien, kind: le_phi, due: received, amount: 0}
"""
WORKFLOW = """
start: cho
steps:
  cho: {waits_for: payment, fees: [phi_tham_dinh, phi_ban_sao, le_phi], clock: runs, to: ky, runs_out: never}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}, khong: {does: refuse, to: tu_choi}}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
interrupts: []
"""
OWED = {"phi_tham_dinh": 50_000, "phi_ban_sao": 8_000, "le_phi": 75_000}


@pytest.fixture
def here(tmp_path: Path) -> Town:
    return town(tmp_path, form=FORM, procedure=PROCEDURE, workflow=WORKFLOW)


def test_phi_and_le_phi_have_separate_receipts_with_numbers_in_one_series(here: Town) -> None:
    case = here.file({"don": {"ten": "An"}})
    assert case.to_pay == OWED
    agency = case.province.agencies[case.state.positions["receives"]]
    taken: list[str] = []

    def take(series: str) -> int:
        taken.append(series)
        return len(taken)

    given = receipts(case, OWED, agency, "Đỗ Thị Hạnh", moment("05/10/2026 09:00"), take)
    assert [(r["kind"], r["amount"], r["number"][-6:]) for r in given] == [
        ("phi", 58_000, "000001"),
        ("le_phi", 75_000, "000002"),
    ]
    assert given[0]["fees"] == {"phi_tham_dinh": 50_000, "phi_ban_sao": 8_000}
    assert len(set(taken)) == 1
    assert f"{agency.code}-2026" in taken[0]


def test_when_all_is_paid_the_case_goes_on_by_itself_and_the_proof_stays_with_the_event(here: Town) -> None:
    case = here.file({"don": {"ten": "An"}})
    case = case.pay({"le_phi": 75_000}, by="citizen:1", at=moment("05/10/2026 10:00"))
    assert [a.step for a in case.state.active] == ["cho"]
    rest = {fee: amount for fee, amount in OWED.items() if fee != "le_phi"}
    case = case.pay(rest, by="citizen:1", at=moment("05/10/2026 11:00"), proof={"order": "x"})
    assert [a.step for a in case.state.active] == ["ky"]
    assert next(e for e in reversed(case.events) if e.kind == "paid").data["order"] == "x"
    assert case.to_pay == {}


def test_nothing_is_payable_once_a_case_ended_without_a_result(here: Town) -> None:
    case = here.file({"don": {"ten": "An"}})
    assert {line.fee.id: line.paid for line in case.fees} == dict.fromkeys((*OWED, "mien"), False)
    case = case.pay(OWED, by="citizen:1", at=moment("05/10/2026 10:00"))
    refused = here.act(case, "ky.khong", "05/10/2026 11:00", reason="Không đủ điều kiện")
    assert (refused.state.outcome, refused.to_pay) == ("refused", {})
