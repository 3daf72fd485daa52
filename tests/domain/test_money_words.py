"""Money in words, as it is read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.money_words import money_words

ONES = {word: n for n, word in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])}
ONES |= {"mốt": 1, "lăm": 5}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (8_000, "Tám nghìn đồng"),
        (16_000, "Mười sáu nghìn đồng"),
        (75_000, "Bảy mươi lăm nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_250_500, "Một triệu hai trăm năm mươi nghìn năm trăm đồng"),
        (3_000_000_000, "Ba tỷ đồng"),
        (12_000_000_045, "Mười hai tỷ không trăm bốn mươi lăm đồng"),
        (10**15, "Một triệu tỷ đồng"),
    ],
)
def test_an_amount_is_said_as_a_cashier_says_it(amount: int, words: str) -> None:
    assert money_words(amount) == words


@pytest.mark.parametrize("amount", [-1, 10**18])
def test_what_no_receipt_can_bear_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match=str(amount)):
        money_words(amount)


@given(st.integers(0, 10**18 - 1) | st.integers(0, 10**7))
def test_the_words_read_back_are_the_amount(amount: int) -> None:
    said = money_words(amount).lower().removesuffix(" đồng").split()
    assert heard(said) == amount


def heard(words: list[str]) -> int:
    """Whoever hears it writes it down: `tỷ` multiplies all that was said before it."""
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        return heard(words[:at]) * 10**9 + heard(words[at + 1 :])
    total = group = 0
    for word in words:
        if word in ("triệu", "nghìn"):
            total, group = total + group * {"triệu": 10**6, "nghìn": 10**3}[word], 0
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group += group % 10 * 9
        elif word == "mười":
            group += 10
        elif word != "linh":
            group += ONES[word]
    return total + group
