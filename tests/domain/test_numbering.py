"""Numbers of cases and results: the template is data, a series counts alone, what does not fit is refused."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.small_catalog import town

from motcua.domain.agency import Agency
from motcua.domain.numbering import number
from motcua.domain.refusals import Overflow
from motcua.domain.text import Text

DAY = date(2026, 10, 5)


def agency(code: str) -> Agency:
    return Agency(id="a", code=code, name=Text("A"), kind="k", level="commune")


def given(template: str, serial: int, code: str = "H56.01", day: date = DAY) -> str:
    return number(template, agency(code), day, lambda _: serial)


def test_a_number_is_made_of_the_agencys_code_the_day_and_a_serial() -> None:
    assert given("{agency.code}-{yy}{mm}{dd}-{serial:4}", 7) == "H56.01-261005-0007"


def test_a_template_may_print_the_whole_year_and_a_bare_serial() -> None:
    assert given("{serial}/{year}/KS", 12) == "12/2026/KS"


def test_a_template_without_a_serial_counts_nothing() -> None:
    def never(series: str) -> int:
        raise AssertionError(series)

    assert number("{agency.code}", agency("H56.01"), DAY, never) == "H56.01"


def test_each_agency_and_each_day_is_a_series_of_its_own() -> None:
    serials: Counter[str] = Counter()

    def take(series: str) -> int:
        serials[series] += 1
        return serials[series]

    template = "{agency.code}-{yy}{mm}{dd}-{serial:2}"
    wanted = [("H1", DAY), ("H1", DAY), ("H2", DAY), ("H1", date(2026, 10, 6))]
    assert [number(template, agency(code), day, take) for code, day in wanted] == [
        "H1-261005-01",
        "H1-261005-02",
        "H2-261005-01",
        "H1-261006-01",
    ]


def test_the_last_number_of_a_series_is_given_and_one_more_is_refused() -> None:
    assert given("{serial:2}", 99) == "99"
    with pytest.raises(Overflow):
        given("{serial:2}", 100)


def test_a_case_is_numbered_by_the_receiving_agency_and_the_local_day_of_filing(tmp_path: Path) -> None:
    """Half past six in the morning in Vietnam is still the day before in London."""
    catalog = town(
        tmp_path, procedure="agencies: {receives: {kind: ubnd_xa, picked_by: applicant}, decides: {agency: xa_an}}"
    )
    case = catalog.file(at="05/10/2026 06:30", picked={"receives": "xa_binh"})
    assert case.number == "H56.02-261005-0001"


def test_an_agency_may_have_a_template_of_its_own(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        agencies="""
        agencies:
          - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune, case_number: "AN/{year}/{serial:3}"}
        """,
    )
    assert [catalog.file().number, catalog.file().number] == ["AN/2026/001", "AN/2026/002"]


def test_a_result_is_numbered_by_who_signs_on_the_day_of_signing(tmp_path: Path) -> None:
    catalog = town(tmp_path, procedure='results: [{id: giay, name: Giấy, number: "{serial:5}/{agency.code}-{dd}"}]')
    case = catalog.act(catalog.act(catalog.file(), "tiep_nhan.nhan", "05/10/2026 09:00"), "ky.ky", "06/10/2026 09:00")
    assert case.state.numbers == {"result.giay": "00001/H56.01-06"}
