"""Số định danh cá nhân: what its twelve digits say. Called by casework and web.

Decree 137/2015/NĐ-CP, article 13: three digits for the place of the birth registration, one for century and sex, two
for the year, six by chance. There is no check digit, so what looks odd is asked about and never refused. Nine digits
are an identity card (CMND) of before, still on old papers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

#: Circular 07/2016/TT-BCA: the 63 provinces of that time; codes of merged provinces stay valid. From 100: countries.
_CODES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040
042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084
086 087 089 091 092 093 094 095 096
"""
_PROVINCES = frozenset(_CODES.split())

Sex = Literal["nam", "nu"]
Doubt = Literal["place", "year", "sex", "born"]


@dataclass(frozen=True)
class Told:
    """What a twelve-digit number says about its holder."""

    place: str
    sex: Sex
    year: int


def read_identity_number(text: str) -> str | None:
    """The digits, without spaces or points; None unless there are twelve, or nine."""
    digits = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text))
    return digits if digits.isascii() and re.fullmatch(r"\d{9}|\d{12}", digits) else None


def told_by(number: str) -> Told | None:
    """None for nine digits, which say nothing."""
    if len(number) != 12:
        return None
    century_and_sex = int(number[3])
    year = 1900 + 100 * (century_and_sex // 2) + int(number[4:6])
    return Told(number[:3], "nu" if century_and_sex % 2 else "nam", year)


def doubts(number: str, today: date, *, sex: str | None = None, born: date | None = None) -> tuple[Doubt, ...]:
    """What looks odd about a number by itself, or beside the sex and birth date that a form says: worth a question."""
    told = told_by(number)
    if told is None:
        return ()
    found: list[Doubt] = []
    if told.place < "100" and told.place not in _PROVINCES:
        found.append("place")
    if told.year > today.year:
        found.append("year")
    if sex is not None and sex != told.sex:
        found.append("sex")
    if born is not None and born.year != told.year:
        found.append("born")
    return tuple(found)


def masked(number: str) -> str:
    """For lists: only the last three digits."""
    return "•" * (len(number) - 3) + number[-3:]
