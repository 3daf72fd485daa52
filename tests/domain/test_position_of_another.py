"""A pick among several kinds of agency, and a position that is held by whoever holds another one."""

from __future__ import annotations

from pathlib import Path

from tests.small_catalog import mistakes, town

TWO_KINDS = """
agencies:
  receives:
    - {when: don.ten == "la", is: {kind: ubnd_huyen, picked_by: applicant}}
    - {else: {kind: ubnd_xa, picked_by: applicant}}
  decides: {position: receives}
"""


def test_the_agency_that_was_picked_for_one_position_holds_the_other(tmp_path: Path) -> None:
    said = town(tmp_path, procedure=TWO_KINDS).judge({"don": {"ten": "nhà"}}, picked={"receives": "xa_binh"})
    assert said.positions == {"receives": "xa_binh", "decides": "xa_binh"}


def test_where_nobody_was_picked_that_is_told_once(tmp_path: Path) -> None:
    assert town(tmp_path, procedure=TWO_KINDS).wrong({"don": {"ten": "nhà"}}) == {"agency.decides": "no_agency"}


def test_a_pick_of_a_kind_that_is_not_competent_is_one_problem(tmp_path: Path) -> None:
    wrong = town(tmp_path, procedure=TWO_KINDS).wrong({"don": {"ten": "la"}}, picked={"receives": "xa_binh"})
    assert wrong == {"agency.receives": "no_agency"}


def test_a_position_that_is_not_declared_is_told(tmp_path: Path) -> None:
    told = mistakes(tmp_path, procedure="agencies: {receives: {agency: xa_an}, decides: {position: receive}}")
    assert [code for _, code in told] == ["C223"]


def test_positions_that_stand_on_each_other_are_told_once(tmp_path: Path) -> None:
    told = mistakes(tmp_path, procedure="agencies: {receives: {position: decides}, decides: {position: receives}}")
    assert [code for _, code in told] == ["C222"]


SEVERAL = "agencies: {receives: {kind: [ubnd_xa, ubnd_huyen], picked_by: applicant}, decides: {position: receives}}"
DISTRICT = """
agencies:
  - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune}
  - {id: huyen_cu, code: H56.02, name: Huyện Cũ, kind: ubnd_huyen, level: district, in_force: {to: 30/06/2025}}
"""


def test_the_applicant_picks_among_the_agencies_of_several_kinds_of_that_day(tmp_path: Path) -> None:
    catalog, huyen = town(tmp_path, procedure=SEVERAL, agencies=DISTRICT), {"picked": {"receives": "huyen_cu"}}
    assert catalog.judge(at="30/06/2025 08:00", **huyen).positions["decides"] == "huyen_cu"
    assert catalog.wrong(at="01/07/2025 08:00", **huyen) == {"agency.receives": "no_agency"}


def test_an_unknown_kind_among_several_is_told(tmp_path: Path) -> None:
    told = mistakes(tmp_path, procedure=SEVERAL.replace("ubnd_huyen", "ubnd_huyn"))
    assert [code for _, code in told] == ["C223"]
