"""Receipts of money that came: one for each kind of money, numbered by agency and year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import Town, moment, pages, town

from motcua.domain.case import Case
from motcua.domain.payment import Order, what_it_pays
from motcua.domain.receipt import on_paper, receipts, receipts_of, refund_receipt
from motcua.domain.slip import Applicant
from motcua.office.stationery import paper_of, read_stationery
from motcua.settings import HOME, WrongSetting

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


def filed(here: Town) -> Case:
    having = replace(read_stationery(paper_of(HOME), "https://dvc.example"), applicant=Applicant("Đỗ Thị Hạnh"))
    return replace(here.file({"don": {"ten": "An"}}), stationery=having)


def given(here: Town, case: Case, at: str = "05/10/2026 09:00") -> list[dict[str, Any]]:
    return receipts(case, OWED, at=moment(at), take=here.take, how="Tiền mặt")


def test_phi_and_le_phi_have_separate_receipts_each_in_its_own_series(here: Town) -> None:
    case = filed(here)
    assert case.to_pay == OWED
    assert [(r["kind"], r["amount"], r["number"]) for r in given(here, case)] == [
        ("phi", 58_000, "BLP-H56.01-2026-000001"),
        ("le_phi", 75_000, "BLLP-H56.01-2026-000001"),
    ]
    assert given(here, case)[0]["fees"] == {"phi_tham_dinh": 50_000, "phi_ban_sao": 8_000}


def test_the_numbers_go_on_through_the_year_and_begin_anew_with_the_next(here: Town) -> None:
    days = ("05/10/2026 09:00", "31/12/2026 16:00", "04/01/2027 08:00")
    numbers = [given(here, filed(here), day)[0]["number"] for day in days]
    assert numbers == ["BLP-H56.01-2026-000001", "BLP-H56.01-2026-000002", "BLP-H56.01-2027-000001"]


def test_a_receipt_says_who_paid_what_to_whom_in_figures_and_in_words(here: Town) -> None:
    case = filed(here)
    (phi, _) = given(here, case)
    paid = case.pay(OWED, by="citizen:1", at=moment("05/10/2026 09:00"), proof={"receipts": [phi]})
    printed = on_paper(paid, phi["number"])
    assert printed is not None
    says = {"agency", "applicant", "case", "lines", "amount", "words", "at"}
    assert {key: value for key, value in printed.content.items() if key in says} == {
        "agency": "Xã An",
        "applicant": "Đỗ Thị Hạnh",
        "case": case.number,
        "lines": [
            {"name": "Phi tham dinh", "amount": "50.000 đ"},
            {"name": "Phi ban sao", "amount": "8.000 đ"},
        ],
        "amount": "58.000 đ",
        "words": "Năm mươi tám nghìn đồng",
        "at": "09 giờ 00 phút, ngày 05/10/2026",
    }
    assert [(one.number, one.amount) for one in receipts_of(paid.events)] == [(phi["number"], 58_000)]
    assert on_paper(paid, "BLP-H56.01-2026-000099") is None


def test_what_is_given_back_has_a_receipt_of_its_own(here: Town) -> None:
    back = refund_receipt(
        filed(here), {"le_phi": 75_000}, 75_000, at=moment("05/10/2026 09:00"), take=here.take, how="", reason="Giảm"
    )
    assert (back["number"], back["kind"], back["amount"]) == ("HT-H56.01-2026-000001", "refund", 75_000)
    assert (back["content"]["words"], back["content"]["reason"]) == ("Bảy mươi lăm nghìn đồng", "Giảm")


@pytest.mark.parametrize("without", ["{agency.code}", "{year}", "{serial:6}"])
def test_a_receipt_whose_number_would_not_be_one_of_its_series_stops_the_program(tmp_path: Path, without: str) -> None:
    text = (paper_of(HOME) / "paper.yaml").read_text("utf-8")
    number = "BLP-{agency.code}-{year}-{serial:6}"
    (tmp_path / "paper.yaml").write_text(text.replace(f'"{number}"', f'"{number.replace(without, "0")}"'), "utf-8")
    with pytest.raises(WrongSetting, match=r"receipts\.phi"):
        read_stationery(tmp_path, "")


# ---- money that did not fit ----


def order(received: int, why: str = "late", **fees: int) -> Order:
    return Order("o", "r", fees, sum(fees.values()), moment("05/10/2026 09:00"), "mismatch", received=received, why=why)


@pytest.mark.parametrize(
    ("money", "pays"),
    [
        (order(75_000, le_phi=75_000), {"le_phi": 75_000}),  # what it was meant for, of several
        (order(133_000, le_phi=75_000), OWED),  # all that is owed
        (order(133_000, other=1), OWED),
        (order(75_001, le_phi=75_000), {}),
        (order(74_999, le_phi=75_000), {}),
        (order(50_000, le_phi=50_000), {}),
        (order(133_000, why="currency", le_phi=75_000), {}),
        (order(0, le_phi=0), {}),
    ],
    ids=str,
)
def test_money_that_did_not_fit_pays_only_what_it_equals(money: Order, pays: dict[str, int]) -> None:
    assert what_it_pays(money, OWED) == pays


def test_money_pays_nothing_where_nothing_is_owed() -> None:
    assert what_it_pays(order(8_000, phi_ban_sao=8_000), {}) == {}


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
