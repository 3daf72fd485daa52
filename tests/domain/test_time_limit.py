"""Amounts of time, as the law prints them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from motcua.domain.time_limit import Amount, Unit, add_months


@pytest.mark.parametrize(
    ("written", "number", "unit", "vietnamese", "english"),
    [
        ("5 ngày làm việc", 5, Unit.WORKING_DAY, "5 ngày làm việc", "5 working days"),
        ("05 ngày làm việc", 5, Unit.WORKING_DAY, "5 ngày làm việc", "5 working days"),
        ("1 working day", 1, Unit.WORKING_DAY, "1 ngày làm việc", "1 working day"),
        ("8 giờ làm việc", 480, Unit.WORKING_MINUTE, "8 giờ làm việc", "8 working hours"),
        ("8 working hours", 480, Unit.WORKING_MINUTE, "8 giờ làm việc", "8 working hours"),
        ("24 giờ", 1440, Unit.MINUTE, "24 giờ", "24 hours"),
        ("24 hours", 1440, Unit.MINUTE, "24 giờ", "24 hours"),
        ("30 phút", 30, Unit.MINUTE, "30 phút", "30 minutes"),
        ("30 phút làm việc", 30, Unit.WORKING_MINUTE, "30 phút làm việc", "30 working minutes"),
        ("90 minutes", 90, Unit.MINUTE, "90 phút", "90 minutes"),
        ("15 ngày", 15, Unit.DAY, "15 ngày", "15 days"),
        ("15 days", 15, Unit.DAY, "15 ngày", "15 days"),
        ("2 tháng", 2, Unit.MONTH, "2 tháng", "2 months"),
        ("12 months", 12, Unit.MONTH, "12 tháng", "12 months"),
        ("7 năm", 7, Unit.YEAR, "7 năm", "7 years"),
        ("1 year", 1, Unit.YEAR, "1 năm", "1 year"),
        ("trong ngày", 1, Unit.SAME_DAY, "trong ngày", "same day"),
        ("Same day", 1, Unit.SAME_DAY, "trong ngày", "same day"),
        ("  3   Ngày  làm việc ", 3, Unit.WORKING_DAY, "3 ngày làm việc", "3 working days"),
    ],
)
def test_an_amount_is_read_and_written_again_in_both_languages(
    written: str, number: int, unit: Unit, vietnamese: str, english: str
) -> None:
    amount = Amount.parse(written)
    assert amount == Amount(number, unit)
    assert (str(amount), amount.text("en")) == (vietnamese, english)
    assert Amount.parse(vietnamese) == Amount.parse(english) == amount


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0,5 ngày làm việc", "4 giờ làm việc"),
        ("0.5 working day", "4 giờ làm việc"),
        ("1,5 ngày làm việc", "12 giờ làm việc"),
        ("0,5 giờ làm việc", "30 phút làm việc"),
        ("1.5 giờ", "90 phút"),
    ],
)
def test_half_a_working_day_is_four_hours_and_half_an_hour_thirty_minutes(written: str, meant: str) -> None:
    assert str(Amount.parse(written)) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("5", "không hiểu thời gian '5'"),
        ("ngày", "không hiểu thời gian 'ngày'"),
        ("5 ngay lam viec", "5 ngày làm việc"),  # shown how to write it
        ("2 tuần", "không hiểu thời gian"),
        ("-1 ngày", "không hiểu thời gian"),
        ("", "không hiểu thời gian"),
        ("0 ngày", "phải lớn hơn 0"),
        ("0 giờ làm việc", "phải lớn hơn 0"),
        ("101 năm", "không quá 100 năm"),
        ("999999 ngày", "không quá 100 năm"),
        ("0,5 ngày", "chỉ ngày làm việc và giờ được lẻ"),
        ("1,5 tháng", "chỉ ngày làm việc và giờ được lẻ"),
        ("0,5 phút", "chỉ ngày làm việc và giờ được lẻ"),
        ("1.000 ngày", "chỉ ngày làm việc và giờ được lẻ"),
        ("0,25 giờ", "chỉ lẻ nửa"),
    ],
)
def test_what_is_no_amount_of_time_is_refused_with_a_reason(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Amount.parse(written)


def test_an_amount_typed_with_separate_accents_is_the_same() -> None:
    assert Amount.parse(unicodedata.normalize("NFD", "5 ngày làm việc")) == Amount(5, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 31), 2, date(2025, 3, 31)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
    ],
)
def test_a_month_ends_on_the_same_number_or_on_its_last_day(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_days_months_and_years_are_added_to_and_taken_from_a_day() -> None:
    assert Amount.parse("6 tháng").after(date(2024, 8, 31)) == date(2025, 2, 28)
    assert Amount.parse("6 tháng").before(date(2024, 6, 13)) == date(2023, 12, 13)
    assert Amount.parse("2 năm").after(date(2024, 2, 29)) == date(2026, 2, 28)
    assert Amount.parse("20 ngày").before(date(2026, 3, 10)) == date(2026, 2, 18)


def test_working_time_needs_a_calendar_and_is_not_added_to_a_bare_day() -> None:
    with pytest.raises(ValueError, match="cannot be added to a day"):
        Amount.parse("5 ngày làm việc").after(date(2026, 1, 1))
