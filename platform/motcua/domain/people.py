"""People: who acts, and how their names, telephones and identity numbers are written. Called by casework and web.

A citizen is whoever files; an officer holds roles in one agency and signs in as `hovaten.tendonvi`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from motcua.domain.folding import fold

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: ngang, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{9}")
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")
_UNIT = re.compile(r"[a-z][a-z0-9]{1,59}")
_LOGIN = re.compile(r"[a-z]{2,60}[0-9]{0,3}\.[a-z][a-z0-9]{1,59}")

Words = tuple[tuple[tuple[int, ...], int], ...]


@dataclass(frozen=True)
class Citizen:
    account: int
    name: str


@dataclass(frozen=True)
class Officer:
    account: int
    login: str
    name: str
    agency: str
    roles: frozenset[str]


class BadLogin(ValueError):
    """A name or a unit that gives no `hovaten.tendonvi`."""


def read_name(text: str) -> str:
    """A name as it is kept: NFC, single spaces, nothing else changed. One-word and very long names are names."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_order(name: str) -> tuple[Words, Words, Words]:
    """Sorts a list of people as a clerk would: by given name, then family name, then what stands between."""
    words = [_word(word) for word in read_name(name).casefold().split()]
    return tuple(words[-1:]), tuple(words[:1]), tuple(words[1:-1])


def _word(word: str) -> tuple[tuple[int, ...], int]:
    """Letters first, đ after d and ă â after a; the tone counts once, wherever in the syllable it is written."""
    letters, tone = [], 0
    for sign in unicodedata.normalize("NFD", word):
        if sign in _TONES:
            tone = _TONES.index(sign) + 1
        else:
            letters.append(sign)
    bare = unicodedata.normalize("NFC", "".join(letters))
    return tuple(_ALPHABET.find(letter) if letter in _ALPHABET else 100 + ord(letter) for letter in bare), tone


def read_phone(text: str) -> str | None:
    """`0912 345 678`, `+84-912.345.678`, `(0237) 385 0000` ... -> `+84912345678`; None where it is no number of today.

    Mobiles have ten digits (03 05 07 08 09), landlines eleven (02x); the eleven-digit mobiles ended in 2018.
    """
    digits = re.sub(r"[\s.\-()\u00a0]", "", unicodedata.normalize("NFKC", text))
    for prefix in ("+84", "0084", "84"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
            break
    if not digits.isascii() or not (_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)):
        return None
    return f"+84{digits[1:]}"


def show_phone(phone: str) -> str:
    """`+84912345678` -> `0912 345 678`."""
    home = f"0{phone.removeprefix('+84')}"
    return f"{home[:-6]} {home[-6:-3]} {home[-3:]}"


def read_email(text: str) -> str | None:
    """In small letters; None where it is no address."""
    address = unicodedata.normalize("NFC", text).strip().lower()
    return address if len(address) <= 254 and _EMAIL.fullmatch(address) else None


def login_of(name: str, unit: str, taken: Collection[str] = ()) -> str:
    """`Nguyễn Văn An`, `sotttt` -> `nguyenvanan.sotttt`; a namesake gets `nguyenvanan2.sotttt`. Raises BadLogin.

    The scheme is that of the regulation, article 2.2.
    """
    person, unit = re.sub(r"[^a-z]", "", fold(name)), unit.strip().lower()
    if len(person) < 2 or not _UNIT.fullmatch(unit):
        raise BadLogin(f"{name!r}, {unit!r}")
    for number in ("", *map(str, range(2, 1000))):
        login = f"{person[:60]}{number}.{unit}"
        if login not in taken:
            return login
    raise BadLogin(f"{person}.{unit}: a thousand namesakes")


def is_login(text: str) -> bool:
    return _LOGIN.fullmatch(text) is not None
