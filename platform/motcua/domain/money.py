"""Money (đồng), rates and numbers as people and the catalog write them, and back to text. Pure; called by forms,
tables, formulas, slips.

Money is whole đồng. A point before three digits groups thousands; else, before `triệu` or `tỷ`, and in a rate, it is
the decimal point.
"""

from __future__ import annotations

import re
from fractions import Fraction

#: What money may be followed by.
_WORDS = {
    "": 1, "đ": 1, "đồng": 1, "dong": 1, "vnd": 1, "vnđ": 1,
    "nghìn": 10**3, "ngàn": 10**3, "nghin": 10**3, "ngan": 10**3, "thousand": 10**3,
    "triệu": 10**6, "trieu": 10**6, "million": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "ty": 10**9, "billion": 10**9,
}  # fmt: skip
_WRITTEN = re.compile(r"([\d.]+)\s*(\D*)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_PLAIN = re.compile(r"\d+")
_POINT = re.compile(r"\d+\.\d+")
_TYPED = re.compile(r"(?:\d{1,3}(?:[.\s]\d{3})+|\d+)\s*(?:đ|đồng|vnđ|vnd)?", re.IGNORECASE)
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_BIGGEST = 10**18


class NotANumber(ValueError):
    """What is written is no number of the kind that its place asks for."""


class Doubtful(NotANumber):
    """A number that could mean two things: `1.234` as a rate, `1,000,000` as money. `first` and `second` are the
    readings."""

    def __init__(self, text: str, first: str, second: str) -> None:
        super().__init__(text)
        self.text, self.first, self.second = text, first, second


def money_of(written: str | int) -> int:
    """Money as the catalog writes it: `8.000`, `1.000.000`, `500 triệu`, `1.5 tỷ`, `0`, `50000`. Raises NotANumber."""
    if isinstance(written, bool) or (isinstance(written, int) and written < 0):
        raise NotANumber(written)
    if isinstance(written, int):
        return written
    match = _WRITTEN.fullmatch(written.strip())
    word = match.group(2).strip().lower() if match else ""
    if match is None or word not in _WORDS:
        raise NotANumber(written)
    amount = _digits(match.group(1), scaled=_WORDS[word] > 1) * _WORDS[word]
    if amount.denominator != 1:
        raise NotANumber(written)  # less than a đồng
    return int(amount)


def _digits(digits: str, *, scaled: bool) -> Fraction:
    if _PLAIN.fullmatch(digits):
        return Fraction(digits)
    if _GROUPED.fullmatch(digits):
        return Fraction(digits.replace(".", ""))
    if scaled and _POINT.fullmatch(digits):
        return Fraction(digits)
    raise NotANumber(digits)


def rate_of(written: str | int) -> Fraction:
    """A rate or exact number: `12 %`, `0.5 %`, `2.5`, `1`. `1.234` is refused: it could be a thousand and more. Raises
    ValueError."""
    if isinstance(written, bool) or (isinstance(written, int) and written < 0):
        raise NotANumber(written)
    if isinstance(written, int):
        return Fraction(written)
    match = _RATE.fullmatch(written.strip())
    if match is None:
        raise NotANumber(written)
    digits, percent = match.groups()
    if _GROUPED.fullmatch(digits) and not percent:
        raise Doubtful(written, f"{digits}0", digits.replace(".", ""))
    return Fraction(digits) / (100 if percent else 1)


def number_of(written: str | int) -> Fraction:
    """A number of a table's key or an exact factor: `2`, `2.5`; `1.234` is refused. Raises NotANumber."""
    if isinstance(written, str) and "%" in written:
        raise NotANumber(written)
    return rate_of(written)


def read_money(text: str) -> int:
    """Money as a person types it: `1000000`, `1.000.000`, `1 000 000 đ`. A comma is doubtful and refused. Raises
    ValueError."""
    cleaned = " ".join(text.split())
    if "," in cleaned and re.fullmatch(r"[\d,. ]+(?:đ|đồng|vnđ|vnd)?", cleaned, re.IGNORECASE):
        raise Doubtful(text, cleaned.replace(",", "."), cleaned.partition(",")[0])
    if not _TYPED.fullmatch(cleaned):
        raise NotANumber(text)
    amount = int(re.sub(r"\D", "", cleaned))
    if amount >= _BIGGEST:
        raise NotANumber(text)
    return amount


def money_text(amount: int) -> str:
    """`16000` -> `"16.000 đ"`."""
    return f"{amount:,}".replace(",", ".") + " đ"


def rate_text(rate: Fraction) -> str:
    """`Fraction(1, 8)` -> `"0,125"`; what has no end as a decimal stays a fraction: `"1/3"`."""
    scaled, digits = rate, 0
    while scaled.denominator != 1 and digits < 12:
        scaled, digits = scaled * 10, digits + 1
    if scaled.denominator != 1:
        return str(rate)
    sign, body = ("-" if scaled < 0 else ""), str(abs(int(scaled))).rjust(digits + 1, "0")
    return f"{sign}{body[:-digits]},{body[-digits:]}" if digits else f"{sign}{body}"
