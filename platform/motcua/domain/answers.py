"""Answers (nội dung khai): from what people and files write to typed values, and back to plain JSON. Pure; called by
forms and `try`.

Typed: text is `str` in NFC, whole numbers and money `int`, decimals `Decimal` as typed, dates `date`, moments aware
`datetime`, yes/no `bool`, a group `dict`, rows `list[dict]`. What was left empty is absent. Dates never pass through
a time zone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.domain.expression import BOOL, DATE, DECIMAL, INT, MOMENT, MONEY, ListOf, Record
from motcua.domain.form import Field, Form, Kind, Path
from motcua.domain.money import read_money
from motcua.domain.problems import Problem
from motcua.domain.text import Text
from motcua.domain.working_calendar import HCM

Answers = dict[str, Any]

_CLOCK = re.compile(r"(\d{1,2})(?::(?=\d)|h)(\d{2})?")
_DATE = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$|^(\d{4})-(\d{1,2})-(\d{1,2})$")
#: What fits the 64 bits of an expression, as people write it.
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,18}([.,][0-9]{1,10})?")
_YES = {
    "true": True,
    "co": True,
    "có": True,
    "yes": True,
    "1": True,
    "false": False,
    "khong": False,
    "không": False,
    "no": False,
    "0": False,
}


class Unreadable(ValueError):
    """A value that is not of its field's kind; the argument is the problem's code."""


def read(form: Form, raw: Mapping[str, Any]) -> tuple[Answers, list[Problem]]:
    """Raw answers (strings from a browser or YAML, or JSON) to typed ones. What cannot be read is left out and told."""
    problems: list[Problem] = []
    return _read_fields(form.fields, raw, "", problems), problems


def read_kept(form: Form, kept: Mapping[str, Any]) -> Answers:
    """Answers as they were kept, with what the form computed then; from people `read` takes nothing computed."""
    return _read_fields(form.fields, kept, "", [], computed=True)


def read_group(field: Field, raw: Any, prefix: str = "") -> tuple[Any, list[Problem]]:
    """One page or field alone, as `read` reads it."""
    problems: list[Problem] = []
    return _read_one(field, raw, prefix or field.dotted, problems), problems


def _read_fields(
    fields: tuple[Field, ...], raw: Mapping[str, Any], prefix: str, problems: list[Problem], computed: bool = False
) -> Answers:
    known = {f.name: f for f in fields}
    found: Answers = {}
    for name, value in raw.items():
        where = f"{prefix}{name}"
        if name not in known:
            problems.append(Problem(where, "unknown"))
        elif computed or known[name].computed is None:
            typed = _read_one(known[name], value, where, problems, computed)
            if typed is not None:
                found[name] = typed
    return found


def _read_one(field: Field, value: Any, where: str, problems: list[Problem], computed: bool = False) -> Any:
    if value is None:
        return None
    if field.kind is Kind.GROUP:
        if isinstance(value, Mapping):
            return _read_fields(field.fields, value, f"{where}.", problems, computed)
        problems.append(Problem(where, "not_group", {"title": field.title}))
        return None
    if field.kind is Kind.ROWS:
        return _read_rows(field, value, where, problems, computed)
    try:
        return _READERS[field.kind](field, value)
    except Unreadable as no:
        problems.append(Problem(where, str(no), {"title": field.title}))
        return None


def _read_rows(
    field: Field, value: Any, where: str, problems: list[Problem], computed: bool = False
) -> list[Any] | None:
    if not isinstance(value, list):
        problems.append(Problem(where, "not_rows", {"title": field.title}))
        return None
    if not field.fields:  # a list of plain words
        return [text for item in value if (text := _text(field, item)) is not None]
    rows = []
    for number, item in enumerate(value):
        if isinstance(item, Mapping):
            rows.append(_read_fields(field.fields, item, f"{where}.{number}.", problems, computed))
        else:
            problems.append(Problem(f"{where}.{number}", "not_group", {"title": field.title}))
    return rows


def _text(_: Field, value: Any) -> str | None:
    if isinstance(value, bool | Mapping | list):
        raise Unreadable("not_text")
    text = unicodedata.normalize("NFC", str(value)).replace("\u00a0", " ").replace("\r\n", "\n").strip()
    return text or None


def _number(field: Field, value: Any) -> int | None:
    if isinstance(value, bool):
        raise Unreadable("not_number")
    text = _text(field, value)
    if text is None:
        return None
    if field.format == "money" and not isinstance(value, int):
        return _money(text)
    if not _WHOLE.fullmatch(text.replace(" ", "")):
        raise Unreadable("not_number")
    return int(text.replace(" ", ""))


def _money(text: str) -> int:
    try:
        return read_money(text)
    except ValueError as no:
        raise Unreadable("not_money") from no


def _decimal(field: Field, value: Any) -> Decimal | None:
    if isinstance(value, bool):
        raise Unreadable("not_decimal")
    text = _text(field, value)
    if text is None:
        return None
    if not _PLAIN_DECIMAL.fullmatch(text.replace(" ", "")):
        raise Unreadable("not_decimal")
    return Decimal(text.replace(" ", "").replace(",", "."))


def read_date(text: str) -> date:
    """A date however typed: `7/3/1990`, `07-03-1990`, `7 3 1990`, `1990-03-07`. Raises ValueError for none or an
    unreal one.
    """
    match = _DATE.match(text.strip())
    if match is None:
        raise ValueError(text)
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    return date(int(year or iso_year), int(month or iso_month), int(day or iso_day))


def _date(field: Field, value: Any) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _text(field, value)
    if text is None:
        return None
    try:
        return read_date(text)
    except ValueError as no:
        raise Unreadable("not_date") from no


def read_moment(text: str) -> datetime:
    """A local moment however typed: `5/10/2026 8:00`, `05/10/2026 8h30`, `2026-10-05 08:00`, ISO 8601; without an
    offset it is Vietnam's time.
    """
    day, _, clock = text.strip().replace("T", " ").partition(" ")
    if spoken := _CLOCK.fullmatch(clock.strip()):
        clock = f"{spoken[1]:0>2}:{spoken[2] or '00'}"
    try:
        parsed = datetime.fromisoformat(f"{read_date(day).isoformat()} {clock or '00:00'}")
    except ValueError as no:
        raise ValueError(text) from no
    return parsed.replace(tzinfo=HCM) if parsed.tzinfo is None else parsed.astimezone(HCM)


def _moment(field: Field, value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    text = _text(field, value)
    try:
        return read_moment(text) if text else None
    except ValueError as no:
        raise Unreadable("not_moment") from no


def _yes_no(field: Field, value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = _text(field, value)
    if text is None:
        return None
    if text.lower() not in _YES:
        raise Unreadable("not_yes_no")
    return _YES[text.lower()]


def _choices(field: Field, value: Any) -> list[str] | None:
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := _text(field, item)) is not None] or None


_BY_TYPE = {
    str(BOOL): Kind.YES_NO,
    str(INT): Kind.NUMBER,
    str(MONEY): Kind.NUMBER,
    str(DATE): Kind.DATE,
    str(MOMENT): Kind.MOMENT,
    str(DECIMAL): Kind.DECIMAL,
}


def read_record(record: Record, raw: Mapping[str, Any]) -> Answers:
    """What a register answered, as its declared types say; what cannot be read, or is not declared, is left out."""
    found: Answers = {}
    for name, of in record.fields.items():
        kind = _BY_TYPE.get(str(of), Kind.CHOICES if isinstance(of, ListOf) else Kind.TEXT)
        field = Field(name, (name,), kind, Text(name))
        value, problems = read_group(field, raw.get(name))
        if value is not None and not problems:
            found[name] = value
    return found


_READERS = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _text,
    Kind.CHOICES: _choices,
}


def plain(value: Any, decimal: Callable[[Decimal], Any] = str) -> Any:
    """Typed values as JSON: dates in ISO 8601, decimals as the text that was typed. `read` gives the same values
    back.
    """
    if isinstance(value, Mapping):
        return {name: plain(item, decimal) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, decimal) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return decimal(value) if isinstance(value, Decimal) else value


def at(answers: Any, path: str | Path) -> Any:
    """The answer at a dotted path (indexes as numbers), or None."""
    for part in path.split(".") if isinstance(path, str) else path:
        if isinstance(answers, list) and part.isdigit() and int(part) < len(answers):
            answers = answers[int(part)]
        elif isinstance(answers, Mapping):
            answers = answers.get(part)
        else:
            return None
    return answers
