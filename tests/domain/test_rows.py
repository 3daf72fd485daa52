"""Rows: the first that holds, on the day that counts; no row is a hole and loud."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.expression import BOOL, DATE, INT, AbsentRead, Language, Record
from motcua.domain.rows import Hole, Row, Rows
from motcua.domain.values import Facts
from motcua.domain.window import Window, in_force

LANGUAGE = Language({"don": Record({"ngheo": BOOL, "tuoi": INT, "ngay": DATE})})
DAY = date(2024, 6, 30)


def when(text: str, value: str) -> Row[str]:
    return Row(value, LANGUAGE.compile(text, BOOL))


def facts(**don: object) -> Facts:
    return Facts(DAY, {"don": don})


def test_the_first_row_that_holds_ends_it() -> None:
    rows = Rows((when("don.ngheo", "mien"), when("don.tuoi >= 60", "giam"), Row("thuong", otherwise=True)))

    assert rows.choose(facts(ngheo=True, tuoi=70), DAY).value == "mien"
    assert rows.choose(facts(ngheo=False, tuoi=70), DAY).value == "giam"
    assert rows.choose(facts(ngheo=False, tuoi=20), DAY).value == "thuong"


def test_a_later_row_is_not_even_looked_at() -> None:
    rows = Rows((when("don.ngheo", "mien"), when("don.tuoi >= 60", "giam")))

    assert rows.choose(facts(ngheo=True), DAY).value == "mien"
    with pytest.raises(AbsentRead):
        rows.choose(facts(ngheo=False), DAY)


def test_no_row_is_a_hole_that_says_where() -> None:
    with pytest.raises(Hole, match=r"fees\.0\.amount"):
        Rows((when("don.ngheo", "mien"),), where="fees.0.amount").choose(facts(ngheo=False), DAY)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2024, 6, 30), "cu"), (date(2024, 7, 1), "moi"), (date(2021, 7, 1), "cu")]
)
def test_both_ends_of_a_window_belong_to_it(day: date, value: str) -> None:
    old = Row("cu", in_force=(Window(date(2021, 7, 1), date(2024, 6, 30)),))
    new = Row("moi", in_force=(Window(date(2024, 7, 1)),))

    assert Rows((old, new)).choose(facts(), day).value == value


def test_a_day_before_the_first_window_is_a_hole() -> None:
    with pytest.raises(Hole):
        Rows((Row("moi", in_force=(Window(date(2024, 7, 1)),)),)).choose(facts(), DAY)


def test_dated_by_judges_the_windows_on_another_day() -> None:
    rows = Rows(
        (Row("cu", in_force=(Window(None, date(2024, 6, 30)),)), Row("moi", otherwise=True)),
        LANGUAGE.compile("don.ngay", DATE),
    )

    assert rows.choose(facts(ngay=date(2024, 7, 1)), DAY).value == "moi"
    with pytest.raises(AbsentRead, match=r"don\.ngay"):
        rows.choose(facts(), DAY)


def test_the_chosen_row_says_why() -> None:
    row = Row(0, LANGUAGE.compile("don.ngheo", BOOL), basis="nq_18")

    assert Rows((row, Row(8_000, otherwise=True))).choose(facts(ngheo=True), DAY).row.basis == "nq_18"


@given(st.lists(st.integers(0, 100), max_size=8), st.integers(0, 100))
def test_rows_are_tried_top_down(bounds: list[int], age: int) -> None:
    rows = Rows(
        (*(when(f"don.tuoi >= {bound}", str(n)) for n, bound in enumerate(bounds)), Row("else", otherwise=True))
    )

    expected = next((str(n) for n, bound in enumerate(bounds) if age >= bound), "else")
    assert rows.choose(facts(tuoi=age), DAY).value == expected


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=4), DAYS)
def test_several_windows_hold_where_one_does(windows: list[tuple[date | None, date | None]], day: date) -> None:
    inside = any((a is None or a <= day) and (b is None or day <= b) for a, b in windows)

    assert in_force(tuple(Window(a, b) for a, b in windows), day) == (inside or not windows)
