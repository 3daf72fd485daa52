"""Two procedures of the law at the breadth of real cases, in YAML alone: a construction permit that asks a computed set of
agencies at once, with silence as agreement, and a change of land rights that stands still while the citizen owes tax.

Their applicants' papers, fees, dates and routes are counted by hand beside them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from motcua.catalogue.messages import say
from motcua.catalogue.proving import Proof, prove_catalog
from motcua.settings import HOME

WIDE = Path(__file__).parent / "wide_workflows"


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    root = tmp_path_factory.mktemp("province")
    for folder in ("procedures", "forms", "workflows"):
        shutil.copytree(HOME / folder, root / folder)
        shutil.copytree(WIDE / folder, root / folder, dirs_exist_ok=True)
    return prove_catalog(root)


def test_every_applicant_comes_out_as_counted_by_hand(proof: Proof) -> None:
    assert [f"{d.place} {say(d, 'en')}" for d in proof.reading.diagnostics] == []


@pytest.mark.parametrize("procedure", ["cap_phep_xay_dung_nha_o", "dang_ky_bien_dong"])
def test_each_of_them_could_go_live(proof: Proof, procedure: str) -> None:
    found = next(p for p in proof.procedures if p.id == procedure)
    assert found.wrong == ()
    assert found.procedure is not None
