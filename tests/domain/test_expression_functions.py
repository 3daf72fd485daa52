"""The functions of the language: dates as the civil code counts them, exact decimals, periods."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.domain.expression import DATE, DECIMAL, INT, TEXT, AbsentRead, EvaluationError, Language, ListOf
from motcua.domain.expression.dates import add, months, months_begun, months_in, no_gap, no_overlap, years, years_begun
from motcua.domain.values import Facts

LANGUAGE = Language(
    {
        "a": DATE,
        "b": DATE,
        "so": INT,
        "x": DECIMAL,
        "y": DECIMAL,
        "ten": TEXT,
        "ky": ListOf(DATE),
        "n": ListOf(INT),
        "d": ListOf(DECIMAL),
    }
)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def value(text: str, **names: Any) -> Any:
    return LANGUAGE.compile(text).evaluate(names)


def d(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


@pytest.mark.parametrize(
    ("start", "end", "done", "begun"),
    [
        ("15/01/2024", "14/02/2024", 0, 1),
        ("15/01/2024", "15/02/2024", 1, 1),
        ("15/01/2024", "16/02/2024", 1, 2),
        ("31/01/2024", "29/02/2024", 1, 1),  # no 31st: the month's last day
        ("31/01/2023", "28/02/2023", 1, 1),
        ("30/01/2023", "27/02/2023", 0, 1),
        ("29/02/2024", "28/02/2025", 12, 12),
        ("01/01/2024", "01/01/2024", 0, 0),
        ("15/02/2024", "15/01/2024", -1, -1),
        ("16/02/2024", "15/01/2024", -1, -2),
    ],
)
def test_months_completed_and_begun(start: str, end: str, done: int, begun: int) -> None:
    assert value("months(a, b)", a=d(start), b=d(end)) == done
    assert value("months_begun(a, b)", a=d(start), b=d(end)) == begun


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("06/10/2008", "05/10/2026", 17),
        ("06/10/2008", "06/10/2026", 18),
        ("29/02/2008", "27/02/2026", 17),
        ("29/02/2008", "28/02/2026", 18),
        ("01/01/1970", "31/12/2025", 55),
    ],
)
def test_an_age_is_in_completed_years(born: str, day: str, age: int) -> None:
    assert value("years(a, b)", a=d(born), b=d(day)) == age


def test_a_used_car_of_exactly_one_year_has_begun_one() -> None:
    assert value("years_begun(a, b)", a=d("03/12/2023"), b=d("03/12/2024")) == 1
    assert value("years_begun(a, b)", a=d("03/12/2023"), b=d("04/12/2024")) == 2


@given(DAYS, st.integers(0, 600))
def test_after_so_many_months_so_many_are_completed(start: date, number: int) -> None:
    assume(start.year + number // 12 < 2300)
    end = add(start, number)

    assert months(start, end) == number == months_begun(start, end)
    assert months(start, end - timedelta(days=1)) < number or number == 0


@given(DAYS, DAYS)
def test_begun_is_completed_or_one_more(start: date, end: date) -> None:
    low, high = sorted((start, end))

    assert 0 <= months_begun(low, high) - months(low, high) <= 1
    assert 0 <= years_begun(low, high) - years(low, high) <= 1
    assert months(high, low) == -months(low, high)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("plus(a, '6 tháng')", "31/07/2024"),
        ("plus(a, '1 tháng')", "29/02/2024"),
        ("plus(a, '30 ngày')", "01/03/2024"),
        ("plus(a, '2 năm')", "31/01/2026"),
        ("plus(a, '2 weeks')", "14/02/2024"),
        ("minus(a, '12 tháng')", "31/01/2023"),
        ("minus(a, '11 tháng')", "28/02/2023"),
        ("minus(a, '31 ngày')", "31/12/2023"),
        ("month_start(a)", "01/01/2024"),
        ("month_end(plus(a, '1 tháng'))", "29/02/2024"),
        ("date('15/10/1993')", "15/10/1993"),
        ("date('1993-10-15')", "15/10/1993"),
        ("earliest([a, date('01/01/2024')])", "01/01/2024"),
        ("latest([a, date('01/01/2024')])", "31/01/2024"),
    ],
)
def test_days_from_days(text: str, day: str) -> None:
    assert value(text, a=d("31/01/2024")) == d(day)


def test_days_between_counts_nights() -> None:
    assert value("days(a, b)", a=d("20/06/2026"), b=d("15/10/2026")) == 117


def test_the_earliest_of_nothing_is_not_there() -> None:
    with pytest.raises(AbsentRead):
        value("earliest(ky) < a", a=d("01/01/2024"))


def test_working_days_are_the_calendars() -> None:
    facts = Facts(
        date(2024, 4, 26),
        {"a": d("26/04/2024"), "b": d("02/05/2024")},
        calendar=lambda start, end: (end - start).days - 5,
    )

    assert facts.evaluate(LANGUAGE.compile("working_days(a, b)")) == 1
    with pytest.raises(EvaluationError):
        Facts(date(2024, 4, 26), facts.answers).evaluate(LANGUAGE.compile("working_days(a, b) > 1"))


# ---- periods ----


def periods(*written: str) -> list[list[date]]:
    return [[d(part) for part in one.split(" ")] for one in written]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ((), 0),
        (("01/01/2024 31/03/2024", "01/03/2024 31/05/2024"), 5),  # March counts once
        (("01/01/2023 31/12/2023",), 12),
        (("15/01/2024 14/07/2024",), 6),
        (("01/01/2024 15/01/2024", "01/03/2024 15/03/2024"), 1),  # 15 + 15 days, a month of thirty
        (("01/01/2024 15/01/2024", "01/03/2024 14/03/2024"), 0),
        (("01/01/2024 31/01/2024", "01/02/2024 29/02/2024"), 2),
        (("01/05/2024 01/04/2024",), 0),
    ],
)
def test_months_in_periods_count_each_day_once(written: tuple[str, ...], number: int) -> None:
    assert months_in(periods(*written)) == number


@pytest.mark.parametrize(
    ("written", "gapless", "apart"),
    [
        (("01/01/2024 31/01/2024", "01/02/2024 29/02/2024"), True, True),
        (("01/01/2024 31/01/2024", "02/02/2024 29/02/2024"), False, True),
        (("01/01/2024 31/01/2024", "31/01/2024 29/02/2024"), True, False),
        (("01/02/2024 29/02/2024", "01/01/2024 31/01/2024"), True, True),  # the order of rows does not matter
        (("01/01/2024 31/12/2024", "01/03/2024 31/03/2024", "02/01/2025 03/01/2025"), False, False),
        (("01/02/2024 01/01/2024",), False, False),  # reversed
        ((), True, True),
    ],
)
def test_gaps_and_overlaps(written: tuple[str, ...], gapless: bool, apart: bool) -> None:
    assert (no_gap(periods(*written)), no_overlap(periods(*written))) == (gapless, apart)


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), max_size=6))
def test_periods_against_their_days(rows: list[tuple[date, int]]) -> None:
    found = [[start, start + timedelta(days=more)] for start, more in rows]
    days = [start + timedelta(days=n) for start, more in rows for n in range(more + 1)]

    assert no_overlap(found) == (len(set(days)) == len(days))
    assert no_gap(found) == (not days or len(set(days)) == (max(days) - min(days)).days + 1)


# ---- numbers and texts ----


def test_total_and_money_are_whole() -> None:
    assert value("total(n)", n=[1, 2, 3]) == 6
    assert value("total(n)") == 0
    assert value("money('10 tỷ') + money('8.000')") == 10_000_008_000


def test_a_total_beyond_64_bits_is_an_error() -> None:
    with pytest.raises(EvaluationError):
        value("total(n) > 0", n=[2**62, 2**62])


@given(st.lists(st.decimals(-1000, 1000, places=3), max_size=8), st.sampled_from(["0.1", "1.5", "3", "0.05"]))
def test_decimals_are_exact(items: list[Decimal], factor: str) -> None:
    assert Fraction(value("total_decimal(d)", d=items)) == sum(map(Fraction, items))
    for item in items:
        assert Fraction(value(f"times(x, '{factor}')", x=item)) == Fraction(item) * Fraction(factor)


def test_thirty_digits_are_not_rounded() -> None:
    long = Decimal("0.123456789012345678901234567891")

    assert value("times(x, '3')", x=long) == Decimal("0.370370367037037036703703703673")
    assert value("same(x, y)", x=long, y=long + Decimal("1E-30")) is False


def test_one_and_a_half_square_metres_a_learner() -> None:
    area = [Decimal("80.5"), Decimal("39.5")]

    assert value("total_decimal(d) >= times(so, '1.5')", d=area, so=80) is True
    assert value("total_decimal(d) >= times(so, '1.5')", d=area, so=81) is False


def test_distinct_keeps_the_first_of_each() -> None:
    assert value("distinct(n)", n=[3, 1, 3, 2, 1]) == [3, 1, 2]
    assert value("distinct(ky)", ky=[d("01/01/2024"), d("02/01/2024"), d("01/01/2024")]) == [
        d("01/01/2024"),
        d("02/01/2024"),
    ]
    assert value("size(distinct(n)) == size(n)", n=[1, 1]) is False


def test_fold_makes_words_comparable() -> None:
    assert value("fold(ten).contains('cong ty')", ten="Hộ kinh doanh CÔNG  TY Hoa Mai") is True
