"""Money, rates and numbers as the catalog and people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.money import Doubtful, NotANumber, money_of, money_text, number_of, rate_of, rate_text, read_money


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (0, 0),
        (50_000, 50_000),
        ("8.000", 8_000),
        ("1.000.000", 1_000_000),
        ("500 triệu", 500_000_000),
        ("1.5 tỷ", 1_500_000_000),
        ("1.200 triệu", 1_200_000_000),  # a point before three digits groups thousands
        ("0.5 triệu", 500_000),
        ("10 tỷ", 10_000_000_000),
        ("20 nghìn", 20_000),
        ("1.5 billion", 1_500_000_000),
        ("16.000 đ", 16_000),
        ("16.000 đồng", 16_000),
        ("750", 750),
    ],
)
def test_money_as_the_law_prints_it(written: str | int, amount: int) -> None:
    assert money_of(written) == amount


@pytest.mark.parametrize(
    "written",
    ["1.5", "1,5 tỷ", "8.00", "0.500", "12 %", "", "tám nghìn", "-5.000", "1.0000001 triệu", -1, True, "8 000"],
)
def test_what_is_no_money_is_refused(written: str | int) -> None:
    with pytest.raises(NotANumber):
        money_of(written)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("12 %", "3/25"),
        ("0.5 %", "1/200"),
        ("2.5", "5/2"),
        ("95%", "19/20"),
        (1, "1"),
        ("0.125", "1/8"),
        ("60 %", "3/5"),
        ("1.234 %", "617/50000"),
    ],
)
def test_rates_are_exact(written: str | int, rate: str) -> None:
    assert rate_of(written) == Fraction(rate)


def test_a_rate_that_could_be_thousands_is_asked_for() -> None:
    with pytest.raises(Doubtful) as doubt:
        rate_of("1.234")

    assert (doubt.value.first, doubt.value.second) == ("1.2340", "1234")
    assert rate_of("1.2340") == Fraction("1.234")
    with pytest.raises(Doubtful):
        number_of("1.000")


@pytest.mark.parametrize("written", ["0,5", "12 phần trăm", "", "-1", "1.5.2", "5 triệu", False])
def test_what_is_no_rate_is_refused(written: str | int) -> None:
    with pytest.raises(NotANumber):
        rate_of(written)


@pytest.mark.parametrize(
    "typed",
    ["1000000", "1.000.000", "1 000 000", "1.000.000 đ", " 1.000.000  đồng ", "1\u00a0000\u00a0000", "1000000VNĐ"],
)
def test_people_may_type_money_in_many_ways(typed: str) -> None:
    assert read_money(typed) == 1_000_000


@pytest.mark.parametrize("typed", ["1,000,000", "1.000,50", "10,5 đ"])
def test_a_comma_is_asked_about(typed: str) -> None:
    with pytest.raises(Doubtful):
        read_money(typed)


@pytest.mark.parametrize("typed", ["", "một triệu", "1.00", "1.0000", "12 34", "1e6", "-5", "1.000.000 $", "9" * 19])
def test_what_cannot_be_read_as_money_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        read_money(typed)


@given(st.integers(0, 10**17))
def test_what_is_printed_can_be_read_again(amount: int) -> None:
    assert read_money(money_text(amount)) == amount
    assert money_of(money_text(amount)) == amount


def test_money_is_printed_with_points() -> None:
    assert [money_text(n) for n in (0, 999, 16_000, 1_234_567)] == ["0 đ", "999 đ", "16.000 đ", "1.234.567 đ"]


@pytest.mark.parametrize(
    ("rate", "text"),
    [("1/8", "0,125"), ("5/2", "2,5"), ("2", "2"), ("1/3", "1/3"), ("19/20", "0,95"), ("-1/4", "-0,25")],
)
def test_rates_are_printed_exactly(rate: str, text: str) -> None:
    assert rate_text(Fraction(rate)) == text
