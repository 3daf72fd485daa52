"""Passwords: which ones are too easy to guess. Called by casework; the words of the refusal are the caller's.

Length is what counts (ASVS 6.2: at least 8, at least 64 allowed, any sign, Vietnamese included); no rule about capitals
or digits, no expiry. What everybody tries first is refused: common words here, and the person's own names and numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from motcua.domain.folding import fold

SHORTEST, LONGEST = 8, 256

Weakness = Literal["password_short", "password_long", "password_common", "password_own"]

#: what is tried first, folded; digits and signs before and behind do not make it better
_COMMON_WORDS = """
matkhau matkhaumoi matma dangnhap quantri admin administrator root user guest test demo password passw passwd
pass qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm qazwsx abc abcd abcdef abcdefgh abcxyz letmein welcome
iloveyou love monkey dragon football master sunshine princess superman batman whatever hello xinchao chao
anhyeuem emyeuanh yeuem yeuanh toiyeuban yeu nhoem nhoanh boyeucon meyeucon conyeume conyeubo giadinh hanhphuc
maiyeu motminh khongbiet khongnho khongco vietnam vietnamvodich hanoi saigon hochiminh tphcm danang hue
haiphong cantho thanhhoa nghean hatinh ninhbinh namdinh samson hamrong hacthanh thoxuan bimson nghison ubnd
ubndtinh ubndxa motcua dichvucong congdan canbo vneid cccd cmnd sotuphap congan nguyen nguyenvan nguyenvana
tran le pham hoang tuan hung dung minh linh huong lan hoa
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)
_LEET = str.maketrans({"@": "a", "0": "o", "1": "i", "3": "e", "$": "s", "!": "i"})


def read_password(text: str) -> str:
    """One form for all ways of typing the same signs; nothing is cut off."""
    return unicodedata.normalize("NFKC", text)


def weakness(password: str, own: Iterable[str] = ()) -> Weakness | None:
    """Why a password is refused, or None. `own` are the person's name, telephone, e-mail, numbers."""
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    bare = re.sub(r"\s", "", fold(password))
    if len(set(bare)) < 4 or _is_run(bare) or not _words(bare).isdisjoint(_COMMON):
        return "password_common"
    if any(len(mine) >= 4 and mine in _words(bare) | {bare} for mine in _own(own)):
        return "password_own"
    return None


def _words(bare: str) -> frozenset[str]:
    """The password without the digits and signs around it, also with digits read as letters (`m@tkhau1`)."""
    strip = r"^[\W\d_]+|[\W\d_]+$"
    plain, leet = re.sub(strip, "", bare), re.sub(r"\W", "", re.sub(r"[\d\W_]+$", "", bare).translate(_LEET))
    return frozenset({plain, re.sub(r"[\W_]", "", plain), leet} - {""})


def _is_run(bare: str) -> bool:
    return any(bare in run for run in _RUNS) or _repeats(bare)


def _repeats(bare: str) -> bool:
    return any(bare == (bare[:size] * len(bare))[: len(bare)] for size in range(1, 5))


def _own(own: Iterable[str]) -> Iterable[str]:
    for text in own:
        folded = fold(text)
        yield folded.replace(" ", "")
        yield folded.partition("@")[0]
        if text.startswith("+84"):
            yield f"0{text[3:]}"
