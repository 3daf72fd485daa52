"""Every procedure that is shipped: its applicants come out as counted by hand, and it could go live.

A sheet's five applicants are `<sheet>-1` to `<sheet>-5`; what is counted stands beside each of them in its `.examples.yaml`.
"""

from __future__ import annotations

import pytest

from motcua.catalogue.messages import say
from motcua.catalogue.proving import Proof, prove_catalog
from motcua.settings import HOME

SHEETS = {
    "dang_ky_khai_sinh": "ks",
    "chung_thuc_ban_sao": "02",
    "cap_phep_xay_dung_nha_o": "04",
    "dang_ky_bien_dong": "05",
}


@pytest.fixture(scope="module")
def proof() -> Proof:
    return prove_catalog(HOME)


def test_every_applicant_comes_out_as_counted_by_hand(proof: Proof) -> None:
    assert [f"{d.place} {say(d, 'en')}" for d in proof.reading.diagnostics] == []


def test_nothing_else_is_shipped(proof: Proof) -> None:
    assert {p.id for p in proof.procedures} == set(SHEETS)


@pytest.mark.parametrize(("procedure", "sheet"), SHEETS.items())
def test_the_five_applicants_of_a_sheet_are_all_there(proof: Proof, procedure: str, sheet: str) -> None:
    (file,) = (file for file in proof.reading.data if file.endswith(f"/{procedure}.examples.yaml"))
    told = {example["id"] for example in proof.reading.data[file]}
    assert {f"{sheet}-{n}" for n in range(1, 6)} - told == set()


@pytest.mark.parametrize("procedure", SHEETS)
def test_each_of_them_could_go_live(proof: Proof, procedure: str) -> None:
    found = next(p for p in proof.procedures if p.id == procedure)
    assert found.wrong == ()
    assert found.procedure is not None
