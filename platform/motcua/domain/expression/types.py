"""The types that names of the catalog have, in our own words: no CEL, no protobuf. Used by whoever describes names, and
by the compiler.

Values in Python: BOOL `bool`; INT and MONEY (đồng) `int`; TEXT and a Choice `str`; DATE `datetime.date`; MOMENT an
aware local
`datetime`; DECIMAL `decimal.Decimal` as typed; RATE `fractions.Fraction`; a ListOf `list`; a Record `dict`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from motcua.domain.text import Text


@dataclass(frozen=True)
class Plain:
    """A type without parts."""

    word: str
    name: Text = field(compare=False)

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class Choice:
    """A text that is one of these words."""

    words: frozenset[str]

    @property
    def name(self) -> Text:
        return TEXT.name

    def __str__(self) -> str:
        return f"choice({','.join(sorted(self.words))})"


@dataclass(frozen=True)
class ListOf:
    item: Type

    @property
    def name(self) -> Text:
        return Text(f"danh sách {self.item.name.vi}", f"list of {self.item.name.en}")

    def __str__(self) -> str:
        return f"list({self.item})"


@dataclass(frozen=True)
class Record:
    """Named parts, each of which may be absent."""

    fields: Mapping[str, Type]

    @property
    def name(self) -> Text:
        return Text("nhóm nhiều mục", "group")

    def __hash__(self) -> int:
        return hash(frozenset(self.fields.items()))

    def __str__(self) -> str:
        return f"record({','.join(f'{key}:{item}' for key, item in sorted(self.fields.items()))})"


Type: TypeAlias = Plain | Choice | ListOf | Record

BOOL = Plain("bool", Text("đúng hoặc sai", "true or false"))
INT = Plain("int", Text("số nguyên", "whole number"))
TEXT = Plain("text", Text("chữ", "text"))
DATE = Plain("date", Text("ngày", "date"))
MOMENT = Plain("moment", Text("thời điểm", "moment"))
DECIMAL = Plain("decimal", Text("số thập phân", "decimal"))
MONEY = Plain("money", Text("tiền", "money"))
RATE = Plain("rate", Text("tỷ lệ", "rate"))
NOTHING = Plain("nothing", Text("rỗng", "nothing"))  # the item of an empty list

_WHOLE = (INT, MONEY)


def fits(expected: Type, found: Type) -> bool:
    """Whether a value of the type found may stand where another is expected."""
    if expected == found or NOTHING in (expected, found):
        return True
    if isinstance(expected, ListOf) and isinstance(found, ListOf):
        return fits(expected.item, found.item)
    if isinstance(found, Choice):
        return expected == TEXT
    if isinstance(expected, Choice):
        return found == TEXT
    return expected in _WHOLE and found in _WHOLE


def at(of: Type | None, part: str) -> Type | None:
    """The type of a part: a record's field, or `[]` for a list's item; None where there is none."""
    if part == "[]":
        return of.item if isinstance(of, ListOf) else None
    return of.fields.get(part) if isinstance(of, Record) else None
