"""What the twelve digits say, and that odd ones are asked about and never refused."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.domain.identity_number import Told, doubts, masked, read_identity_number, told_by

TODAY = date(2026, 10, 5)


@pytest.mark.parametrize("typed", ["038198000901", "038 198 000 901", "038.198.000901"])
def test_spaces_and_points_do_not_matter(typed: str) -> None:
    assert read_identity_number(typed) == "038198000901"


def test_nine_digits_are_an_old_card_and_say_nothing() -> None:
    assert read_identity_number("171234567") == "171234567"
    assert told_by("171234567") is None
    assert doubts("171234567", TODAY) == ()


@pytest.mark.parametrize("typed", ["", "12345678", "0381980009012", "03819800090a", "1234567890"])
def test_other_lengths_and_letters_are_no_number(typed: str) -> None:
    assert read_identity_number(typed) is None


def test_century_sex_and_year_are_read() -> None:
    assert told_by("038198000901") == Told("038", "nu", 1998)
    assert told_by("001204012345") == Told("001", "nam", 2004)
    assert told_by("001304012345") == Told("001", "nu", 2004)


def test_what_agrees_leaves_no_doubt() -> None:
    assert doubts("038198000901", TODAY, sex="nu", born=date(1998, 2, 14)) == ()


def test_each_disagreement_is_named() -> None:
    assert doubts("038198000901", TODAY, sex="nam", born=date(1997, 2, 14)) == ("sex", "born")
    assert doubts("003198000901", TODAY) == ("place",)
    assert doubts("038298000901", TODAY) == ("year",)  # a man of 2098


def test_somebody_registered_abroad_has_a_country_there() -> None:
    assert doubts("101198000901", TODAY) == ()


def test_lists_show_the_last_three_digits() -> None:
    assert masked("038198000901") == "•••••••••901"
