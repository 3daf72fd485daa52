"""Answers as they are typed by people become values, and come back as they were."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_catalog import moment, pages, town

from motcua.domain.answers import at, plain, read, read_date, read_group, read_moment
from motcua.domain.form import Field, Form, Kind
from motcua.domain.text import Text
from motcua.domain.working_calendar import HCM


def field(kind: Kind, name: str = "x", **more: Any) -> Field:
    return Field(name, (name,), kind, Text("Mục"), **more)


def said(kind: Kind, value: Any, **more: Any) -> Any:
    """The value that was read, or the code of the problem."""
    found, problems = read_group(field(kind, **more), value)
    return problems[0].code if problems else found


FORM = Form(
    "don",
    Text("Đơn"),
    (
        field(Kind.GROUP, "don", fields=(field(Kind.NUMBER, "so"), field(Kind.TEXT, "ten"))),
        field(Kind.ROWS, "con", fields=(field(Kind.DATE, "sinh"),)),
    ),
    {},
)


@pytest.mark.parametrize("typed", ["7/3/1990", "07/03/1990", "07-03-1990", "7 3 1990", "7.3.1990", "1990-03-07"])
def test_a_date_is_the_same_day_however_it_is_typed(typed: str) -> None:
    assert said(Kind.DATE, typed) == date(1990, 3, 7)


@pytest.mark.parametrize("typed", ["30/02/2026", "29/02/2025", "7/3/90", "hôm qua", "1990", "03/07/1990/1"])
def test_a_day_that_never_was_is_no_date(typed: str) -> None:
    assert said(Kind.DATE, typed) == "not_date"


def test_a_moment_without_an_offset_is_vietnams(tmp_path: Path) -> None:
    assert read_moment("05/10/2026 08:00") == datetime(2026, 10, 5, 8, 0, tzinfo=HCM)
    assert read_moment("2026-10-05T01:00:00Z") == datetime(2026, 10, 5, 8, 0, tzinfo=HCM)


def test_a_moment_is_read_however_typed(tmp_path: Path) -> None:
    for typed in ("5/10/2026 8:30", "05/10/2026 8h30", "05-10-2026 08h30", "2026-10-05 08:30"):
        assert read_moment(typed) == datetime(2026, 10, 5, 8, 30, tzinfo=HCM)
    assert read_moment("05/10/2026 14h") == datetime(2026, 10, 5, 14, 0, tzinfo=HCM)
    for typed in ("05/10/2026 25:00", "05/10/2026 sáng", "8:30"):
        with pytest.raises(ValueError, match=typed):
            read_moment(typed)


@pytest.mark.parametrize("typed", ["31/09/2026 08:00", "05/10/2026 25:00", "08:00", "05/10/2026 8 giờ"])
def test_a_moment_that_never_comes_is_none(typed: str) -> None:
    assert said(Kind.MOMENT, typed) == "not_moment"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("1 000", 1000), ("-3", -3), (12, 12), ("12,5", "not_number"), (True, "not_number")],
)
def test_a_whole_number_is_whole(typed: Any, number: Any) -> None:
    assert said(Kind.NUMBER, typed) == number


@pytest.mark.parametrize("typed", ["9" * 19, 10**18, -(10**18), "1e3"])
def test_a_number_longer_than_any_count_is_not_taken(typed: Any) -> None:
    assert said(Kind.NUMBER, typed) == "not_number"


@pytest.mark.parametrize(("typed", "amount"), [("1.000.000", 1_000_000), ("8.000", 8000), (" 8000 ", 8000)])
def test_money_is_read_as_the_law_prints_it(typed: str, amount: int) -> None:
    assert said(Kind.NUMBER, typed, format="money") == amount


@pytest.mark.parametrize("typed", ["12,50", "12.50", " 12.50 "])
def test_a_decimal_keeps_the_digits_that_were_typed(typed: str) -> None:
    assert str(said(Kind.DECIMAL, typed)) == "12.50"


@pytest.mark.parametrize("typed", ["1_000", "1e5", "NaN", "Infinity", "1.234,5", "mười", "1" * 40, True])
def test_what_is_no_plain_decimal_is_not_taken(typed: Any) -> None:
    assert said(Kind.DECIMAL, typed) == "not_decimal"


@pytest.mark.parametrize(
    ("typed", "yes"), [("có", True), ("Không", False), ("true", True), ("0", False), (False, False)]
)
def test_yes_and_no_are_said_in_several_ways(typed: Any, yes: bool) -> None:
    assert said(Kind.YES_NO, typed) is yes


def test_neither_yes_nor_no_is_told() -> None:
    assert said(Kind.YES_NO, "có thể") == "not_yes_no"


def test_text_is_kept_in_one_form_of_its_letters() -> None:
    decomposed = "Đỗ Thị Ạnh"
    assert said(Kind.TEXT, decomposed) == "Đỗ Thị Ạnh"


@pytest.mark.parametrize("empty", ["", "   ", "\u00a0", None])
@pytest.mark.parametrize(
    "kind", [Kind.TEXT, Kind.NUMBER, Kind.DECIMAL, Kind.DATE, Kind.MOMENT, Kind.YES_NO, Kind.CHOICE]
)
def test_what_was_left_empty_is_absent(kind: Kind, empty: str | None) -> None:
    assert said(kind, empty) is None


def test_several_choices_are_a_list_even_of_one() -> None:
    assert said(Kind.CHOICES, "a") == ["a"]
    assert said(Kind.CHOICES, ["a", "b", ""]) == ["a", "b"]


def test_every_unreadable_answer_is_told_at_its_place() -> None:
    found, problems = read(FORM, {"don": {"so": "x", "ten": "An"}, "con": [{"sinh": "1/1/2020"}, {"sinh": "?"}, 5]})
    assert found == {"don": {"ten": "An"}, "con": [{"sinh": date(2020, 1, 1)}, {}]}
    assert [(p.field, p.code) for p in problems] == [
        ("don.so", "not_number"),
        ("con.1.sinh", "not_date"),
        ("con.2", "not_group"),
    ]


def test_what_the_form_does_not_ask_is_told() -> None:
    assert [(p.field, p.code) for p in read(FORM, {"don": {"tuoi": 5}})[1]] == [("don.tuoi", "unknown")]


def test_a_page_that_is_no_group_and_a_list_that_is_no_list_are_told() -> None:
    assert [(p.field, p.code) for p in read(FORM, {"don": "An", "con": {"sinh": ""}})[1]] == [
        ("don", "not_group"),
        ("con", "not_rows"),
    ]


def test_a_place_of_an_answer_may_count_rows() -> None:
    answers = {"con": [{"ten": "An"}, {"ten": "Bình"}]}
    assert at(answers, "con.1.ten") == "Bình"
    assert at(answers, "con.2.ten") is None
    assert at(answers, "con.ten") is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_is_read_as_it_is_stored_and_as_it_is_printed(day: date) -> None:
    assert read_date(plain(day)) == read_date(f"{day.day}/{day.month}/{day.year:04}") == day


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_decimal_is_read_as_it_is_stored(number: Decimal) -> None:
    assert said(Kind.DECIMAL, plain(number)) == number


def test_a_moment_is_read_as_it_is_stored() -> None:
    assert said(Kind.MOMENT, plain(moment("05/10/2026 08:00"))) == moment("05/10/2026 08:00")


def test_what_a_register_answers_is_read_by_its_declared_types_and_the_rest_is_left_out(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form=pages("don: {type: object, required: [so], properties: {so: {type: string, title: Số}}}"),
        procedure="""
        looks_up: {cu_tru: {register: dan_cu, of: don.so}}
        values:
          lau: {is: "has(known.cu_tru.tu) && years(known.cu_tru.tu, case.filed_on) >= 2"}
          chu_ho: {is: "has(known.cu_tru.chu_ho) && known.cu_tru.chu_ho"}
        papers: [{id: giay, name: Giấy, original: 1, when: "!value.lau || !value.chu_ho"}]
        """,
        **{
            "procedures/registers.yaml": """
            registers:
              - {id: dan_cu, name: Dân cư, key: text, answer: {tu: date, chu_ho: condition, so_nguoi: number}}
            """
        },
    )
    known = {"cu_tru": {"tu": "01/10/2024", "chu_ho": True, "so_nguoi": "nhiều", "la": 1}}
    judged = catalog.judge({"don": {"so": "1"}}, known=known)
    assert judged.papers == []
    assert judged.settled.facts.roots["known"] == {"cu_tru": {"tu": date(2024, 10, 1), "chu_ho": True}}
