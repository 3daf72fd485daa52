"""Which agency fills a position: the one competent on the filing day, and who takes over from one that ended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.small_catalog import Town, officer, pages, town

from motcua.domain.agency import Agencies, Agency
from motcua.domain.refusals import NotAllowed
from motcua.domain.text import Text

FORM = pages(
    "don: {type: object, properties: {xa: {type: string, title: Xã, default: '01'}, kcn: {type: boolean, title: KCN, default: false}}}"
)
AGENCIES = """
agencies:
  - {id: huyen, code: H56.9, name: Huyện, kind: ubnd_huyen, level: district, area: "9", in_force: {to: 30/06/2025}, succeeded_by: xa_moi}
  - {id: xa_cu, code: H56.1, name: Xã Cũ, kind: ubnd_xa, level: commune, area: "01", parent: huyen, in_force: {to: 30/06/2025}, succeeded_by: xa_moi}
  - {id: xa_moi, code: H56.2, name: Xã Mới, kind: ubnd_xa, level: commune, area: ["01", "02"], in_force: {from: 01/07/2025}}
  - {id: xa_binh, code: H56.3, name: Xã Bình, kind: ubnd_xa, level: commune, area: "03", parent: huyen}
"""
BEFORE, AFTER = "30/06/2025 08:00", "01/07/2025 08:00"


def where(root: Path, decides: str, receives: str = "{agency: xa_binh}") -> Town:
    return town(
        root, form=FORM, agencies=AGENCIES, procedure=f"agencies:\n  receives: {receives}\n  decides: {decides}\n"
    )


def decides(catalog: Town, at: str, **don: str) -> str | None:
    return catalog.judge({"don": don}, at=at).positions.get("decides")


def test_an_area_has_one_agency_of_a_kind_on_a_day(tmp_path: Path) -> None:
    catalog = where(tmp_path, "{kind: ubnd_xa, for: don.xa}")
    assert (decides(catalog, BEFORE, xa="01"), decides(catalog, AFTER, xa="01")) == ("xa_cu", "xa_moi")
    assert decides(catalog, BEFORE, xa="02") is None


def test_the_agency_of_an_area_may_be_the_one_above_it(tmp_path: Path) -> None:
    assert decides(where(tmp_path, "{kind: ubnd_huyen, for: don.xa}"), BEFORE, xa="01") == "huyen"


def test_above_climbs_from_another_position(tmp_path: Path) -> None:
    catalog = where(tmp_path, "{above: receives, kind: ubnd_huyen}")
    assert (decides(catalog, BEFORE), decides(catalog, AFTER)) == ("huyen", None)


def test_a_named_agency_is_there_only_in_its_days(tmp_path: Path) -> None:
    catalog = where(tmp_path, "{agency: huyen}")
    assert (decides(catalog, BEFORE), decides(catalog, AFTER)) == ("huyen", None)


def test_a_kind_alone_is_enough_where_there_is_only_one_of_it(tmp_path: Path) -> None:
    assert decides(where(tmp_path / "one", "{kind: ubnd_huyen}"), BEFORE) == "huyen"
    assert decides(where(tmp_path / "several", "{kind: ubnd_xa}"), BEFORE) is None


def test_rows_choose_the_position_by_day_and_by_answer(tmp_path: Path) -> None:
    rows = """
    - {in_force: {to: 30/06/2025}, is: {above: receives, kind: ubnd_huyen}}
    - {when: don.kcn, is: {agency: xa_binh}, why: Trong khu công nghiệp}
    - {else: {agency: xa_moi}}
"""
    catalog = where(tmp_path, rows)
    assert decides(catalog, BEFORE, kcn="có") == "huyen"
    assert (decides(catalog, AFTER, kcn="có"), decides(catalog, AFTER)) == ("xa_binh", "xa_moi")


def test_the_applicant_picks_among_the_agencies_of_a_kind_in_force(tmp_path: Path) -> None:
    catalog = where(tmp_path, "{agency: xa_binh}", "{kind: ubnd_xa, picked_by: applicant}")
    assert catalog.wrong(at=AFTER, picked={"receives": "xa_moi"}) == {}
    assert catalog.wrong(at=AFTER, picked={"receives": "xa_cu"}) == {"agency.receives": "no_agency"}


def test_rules_read_the_agency_of_a_position(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        procedure="""
        fees: [{id: phi, kind: phi, amount: [{when: agency.decides.level == "commune", is: 1.000}, {else: 2.000}]}]
        """,
    )
    assert catalog.judge().fee_total == 1_000


# ---- an agency that ends ----


def open_case(root: Path) -> Town:
    return where(root, "{kind: ubnd_xa, for: don.xa}", "{kind: ubnd_xa, for: don.xa}")


def test_a_case_under_way_goes_on_at_the_successor(tmp_path: Path) -> None:
    catalog = open_case(tmp_path)
    case = catalog.act(catalog.file(at=BEFORE), "tiep_nhan.nhan", AFTER, by=officer("one_stop", agency="xa_moi"))
    assert [(a.step, a.agency) for a in case.state.active] == [("ky", "xa_moi")]


def test_the_agency_of_a_step_acts_while_it_is_there(tmp_path: Path) -> None:
    catalog = open_case(tmp_path)
    case = catalog.act(catalog.file(at=BEFORE), "tiep_nhan.nhan", "30/06/2025 09:00")
    assert [(a.step, a.agency) for a in case.state.active] == [("ky", "xa_cu")]


def test_another_agency_may_not_act(tmp_path: Path) -> None:
    catalog = open_case(tmp_path)
    with pytest.raises(NotAllowed):
        catalog.act(catalog.file(at=BEFORE), "tiep_nhan.nhan", AFTER, by=officer("one_stop", agency="xa_binh"))


def test_the_open_work_of_an_agency_is_held_by_whoever_may_act_on_that_day(tmp_path: Path) -> None:
    agencies = open_case(tmp_path).province.agencies
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    assert agencies.held_by("xa_cu", before) == {"xa_cu"}
    assert agencies.held_by("xa_moi", after) == {"xa_moi", "xa_cu", "huyen"}
    assert agencies.held_by("xa_cu", after) == set()
    assert agencies.held_by("xa_binh", after) == {"xa_binh"}
    assert agencies.held_by("khong_co", after) == set()


def test_what_a_successor_hands_on_goes_to_the_last_one() -> None:
    def ward(id: str, until: int | None = None, then: str | None = None) -> Agency:
        ends = date(until, 12, 31) if until else None
        return Agency(id, id, Text(id), "ubnd_xa", "commune", until=ends, succeeded_by=then)

    agencies = Agencies({a.id: a for a in (ward("a", 2020, "b"), ward("b", 2024, "c"), ward("c"))}, "")
    assert agencies.held_by("b", date(2022, 1, 1)) == {"a", "b"}
    assert agencies.held_by("c", date(2022, 1, 1)) == {"c"}
    assert agencies.held_by("c", date(2025, 1, 1)) == {"a", "b", "c"}
