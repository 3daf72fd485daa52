"""Editions: the same content is the same edition, and one that was stored binds to the same procedure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.small_catalog import AGENCIES, FORM, PLAIN, PROCEDURE, WORKFLOW, Town, moment, town

from motcua.catalogue.editions import BadEdition, Compiled, Edition, bind_edition, bind_province_edition
from motcua.catalogue.proving import prove_catalog
from motcua.domain.filing import Filing, judge

WHOLE = {
    PROCEDURE: """
    papers: [{use: papers/bang, when: noi.gap}]
    fees: [{id: phi, kind: phi, amount: [{when: noi.gap && dat, is: 9.000}, {else: xa(noi.xa).gia}]}]
    values: {dat: {is: "xa(noi.xa).gia > 500"}}
    """,
    FORM: """
    properties:
      noi:
        type: object
        required: [xa]
        properties:
          xa: {type: string, title: Xã, choices: lists/xa}
          gap: {$ref: common#/$defs/gap}
    """,
    "forms/common.yaml": "$defs: {gap: {type: boolean, title: Gấp, default: false}}\n",
    "forms/lists/xa.yaml": 'id: xa\ntitle: Xã\ncolumns: [code, name, gia]\nrows: [["01", An, 1000], ["02", Bình, 2]]\n',
    "procedures/papers/bang.yaml": "id: bang\nname: Bằng\noriginal: 1\n",
}


def whole(root: Path, **files: str) -> Town:
    return town(root, **{**WHOLE, **files})


def edition(root: Path, **files: str) -> Edition:
    return whole(root, **files).proven.edition


def test_an_edition_is_made_of_everything_that_the_procedure_uses(tmp_path: Path) -> None:
    assert set(edition(tmp_path).manifest) == {PROCEDURE, FORM, WORKFLOW, *WHOLE}


def test_the_order_of_keys_and_comments_make_no_other_edition(tmp_path: Path) -> None:
    lines = PLAIN[PROCEDURE].splitlines(keepends=True)
    turned = {PROCEDURE: "".join(reversed(lines)) + "# một ghi chú\n" + WHOLE[PROCEDURE].replace("    ", "")}
    assert edition(tmp_path / "a").hash == edition(tmp_path / "b", **turned).hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PROCEDURE, "9.000}", "9.001}"),
        (FORM, "title: Xã", "title: Phường"),
        ("forms/common.yaml", "Gấp", "Rất gấp"),
        ("forms/lists/xa.yaml", "Bình", "Bình An"),
        ("procedures/papers/bang.yaml", "original: 1", "original: 2"),
    ],
)
def test_any_change_in_any_of_its_files_is_another_edition(tmp_path: Path, file: str, old: str, new: str) -> None:
    changed = {file: WHOLE[file].replace(old, new)}
    assert changed[file] != WHOLE[file]
    assert edition(tmp_path / "a").hash != edition(tmp_path / "b", **changed).hash


def test_a_change_of_the_workflow_is_another_edition(tmp_path: Path) -> None:
    changed = {WORKFLOW: PLAIN[WORKFLOW].replace("7 ngày làm việc", "8 ngày làm việc")}
    assert edition(tmp_path / "a").hash != edition(tmp_path / "b", **changed).hash


def test_agencies_and_calendars_stand_outside(tmp_path: Path) -> None:
    changed = {
        AGENCIES: PLAIN[AGENCIES].replace("Xã An", "Phường An"),
        "workflows/calendar.yaml": PLAIN["workflows/calendar.yaml"].replace("[2026]", "[2025, 2026]"),
    }
    assert edition(tmp_path / "a").hash == edition(tmp_path / "b", **changed).hash


def stored(edition: Edition) -> dict[str, Any]:
    """The files as the database gives them back."""
    read: dict[str, Any] = json.loads(json.dumps(edition.files))
    return read


def test_a_stored_edition_has_the_same_hash(tmp_path: Path) -> None:
    made = edition(tmp_path)
    assert Edition(made.procedure, stored(made)).hash == made.hash


def test_a_stored_edition_binds_to_the_same_procedure(tmp_path: Path) -> None:
    catalog = whole(tmp_path)
    again = bind_edition("cap_giay", stored(catalog.proven.edition), Compiled())
    assert (again.form, again.papers, again.fees) == (
        catalog.procedure.form,
        catalog.procedure.papers,
        catalog.procedure.fees,
    )
    for gap, fee, papers in ((True, 9_000, ["bang"]), (False, 1_000, [])):
        filing = Filing({"noi": {"xa": "01", "gap": gap}}, "online")
        judged = judge(again, catalog.province, filing, moment("05/10/2026 08:00"))
        assert (judged.fee_total, [p.key for p in judged.papers]) == (fee, papers)


class Counting(Compiled):
    """Counts what had to be compiled."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        super().__init__(parts)
        self.compiled = 0

    def put(self, key: str, value: bytes) -> None:
        self.compiled += 1
        super().put(key, value)


def test_what_was_compiled_once_is_not_compiled_again(tmp_path: Path) -> None:
    made = edition(tmp_path)
    first = Counting({})
    bind_edition("cap_giay", stored(made), first)
    assert first.compiled > 0
    second = Counting(Compiled.of(first.stored()).parts)
    bind_edition("cap_giay", stored(made), second)
    assert second.compiled == 0


def test_what_check_has_compiled_is_kept_with_the_edition(tmp_path: Path) -> None:
    catalog = whole(tmp_path)
    kept = Counting(Compiled.of(catalog.proven.compiled.stored()).parts)
    bind_edition("cap_giay", stored(catalog.proven.edition), kept)
    assert kept.compiled == 0


def test_an_edition_that_does_not_bind_is_our_own_loud_bug(tmp_path: Path) -> None:
    files = stored(edition(tmp_path))
    files[FORM]["properties"]["noi"]["properties"]["gap"] = {"type": "string", "when": "la.la"}
    with pytest.raises(BadEdition):
        bind_edition("cap_giay", files, Compiled())


def test_the_files_outside_editions_are_stored_and_bound_alike(tmp_path: Path) -> None:
    whole(tmp_path)
    province = prove_catalog(tmp_path).province
    bound = bind_province_edition(stored(province.edition))
    assert [agency.code for agency in bound.agencies.by_id.values()] == ["H56.01", "H56.02"]
    assert bound.calendars.of("xa_an").is_working_day(moment("05/10/2026 08:00").date())


def test_a_broken_procedure_does_not_hold_up_another(tmp_path: Path) -> None:
    whole(tmp_path)
    other = PLAIN[PROCEDURE].replace("9.000001", "9.000002").replace("ho_tich/don", "ho_tich/la")
    (tmp_path / "procedures/ho_tich/khac.yaml").write_text(other, "utf-8")
    proven = {p.id: bool(p.wrong) for p in prove_catalog(tmp_path).procedures}
    assert proven == {"cap_giay": False, "khac": True}
