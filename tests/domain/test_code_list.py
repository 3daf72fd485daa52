"""Code lists: what may be chosen on a day, and that old codes keep their names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.small_catalog import mistakes, pages, town

from motcua.domain.code_list import CodeList, Entry
from motcua.domain.text import Text

REFORM = date(2025, 7, 1)
LIST = CodeList(
    "xa",
    (
        Entry("01", Text("Xã Cũ"), {"tinh": "38"}, until=date(2025, 6, 30), succeeded_by=("02",)),
        Entry("02", Text("Xã An"), {"tinh": "38"}, until=date(2025, 6, 30)),
        Entry("02", Text("Phường An"), {"tinh": "38"}, since=REFORM),
        Entry("03", Text("Xã Bình"), {"tinh": "40"}),
    ),
    {"tinh": "text"},
)


def codes(on: date, **equal: str) -> list[str]:
    return [entry.code for entry in LIST.offered(on, **equal)]


def test_what_is_offered_depends_on_the_day() -> None:
    assert codes(date(2025, 6, 30)) == ["01", "02", "03"]
    assert codes(REFORM) == ["02", "03"]


def test_what_is_offered_may_be_narrowed_by_attributes() -> None:
    assert codes(REFORM, tinh="38") == ["02"]
    assert codes(REFORM, tinh="99") == []


def test_a_code_may_stand_in_two_windows_with_two_names() -> None:
    before, after = LIST.get("02", date(2025, 6, 30)), LIST.get("02", REFORM)
    assert (str(before and before.name), str(after and after.name)) == ("Xã An", "Phường An")


def test_an_ended_code_keeps_its_name_and_an_unknown_one_is_its_own_name() -> None:
    assert str(LIST.name("01")) == "Xã Cũ"
    assert str(LIST.name("77")) == "77"


def test_one_code_is_offered_or_not() -> None:
    assert LIST.offers("02", REFORM, tinh="38")
    assert not LIST.offers("02", REFORM, tinh="40")
    assert not LIST.offers("01", REFORM)


# ---- as files write them ----

PLACE = pages("noi: {type: object, properties: {xa: {type: string, title: Xã, choices: lists/xa}}}")


def offered(root: Path, text: str, at: str) -> list[tuple[str, str]]:
    catalog = town(root, form=PLACE, **{"forms/lists/xa.yaml": text})
    field = catalog.procedure.form.field("noi.xa")
    assert field is not None
    assert field.choices is not None
    assert field.choices.code_list is not None
    day, month, year = map(int, at.split("/"))
    return [(entry.code, str(entry.name)) for entry in field.choices.code_list.offered(date(year, month, day))]


def test_rows_stand_under_their_columns(tmp_path: Path) -> None:
    text = 'id: xa\ntitle: Xã\ncolumns: [code, name, tinh]\nrows: [["01", An, "38"], ["02", Bình, "40"]]\n'
    assert offered(tmp_path, text, "05/10/2026") == [("01", "An"), ("02", "Bình")]


ERAS = """\
id: xa
title: Xã
eras:
  - in_force: {to: 30/06/2025}
    columns: [code, name, huyen]
    rows: [["01", Xã Cũ, "380"], ["02", Xã An, "380"]]
  - in_force: {from: 01/07/2025}
    columns: [code, name]
    rows: [["02", Phường An]]
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [("30/06/2025", [("01", "Xã Cũ"), ("02", "Xã An")]), ("01/07/2025", [("02", "Phường An")])],
)
def test_an_era_has_rows_and_columns_of_its_own(tmp_path: Path, day: str, expected: list[tuple[str, str]]) -> None:
    assert offered(tmp_path, ERAS, day) == expected


def test_an_entry_may_be_in_force_in_several_windows(tmp_path: Path) -> None:
    text = """\
id: xa
title: Xã
entries:
  - {code: "01", name: An, in_force: [{to: 31/12/2020}, {from: 01/01/2026}]}
"""
    assert offered(tmp_path / "a", text, "31/12/2020") == [("01", "An")]
    assert offered(tmp_path / "b", text, "01/06/2023") == []
    assert offered(tmp_path / "c", text, "01/01/2026") == [("01", "An")]


def test_a_row_that_does_not_fill_its_columns_is_told_at_its_place(tmp_path: Path) -> None:
    text = 'id: xa\ntitle: Xã\ncolumns: [code, name, tinh]\nrows:\n  - ["01", An, "38"]\n  - ["02", Bình]\n'
    assert mistakes(tmp_path, form=PLACE, **{"forms/lists/xa.yaml": text}) == [("forms/lists/xa.yaml:6:5", "C503")]


def test_an_expression_reads_an_attribute_of_a_code_on_the_filing_day(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form=pages(
            "noi: {type: object, required: [xa], properties: {xa: {type: string, title: Xã, choices: lists/xa}}}"
        ),
        procedure="fees: [{id: phi, kind: phi, amount: [{when: xa(noi.xa).dao, is: 0}, {else: 5.000}]}]",
        **{
            "forms/lists/xa.yaml": """
            id: xa
            title: Xã
            columns: [code, name, dao]
            rows: [["01", An, false], ["02", Côn Đảo, true]]
            """
        },
    )
    assert [catalog.file({"noi": {"xa": code}}).fees[0].amount for code in ("01", "02")] == [5000, 0]
