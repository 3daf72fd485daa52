"""Answers as people read them: one line a question, in the order of the form. Called by whoever shows a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.domain.asking import Settled
from motcua.domain.form import Field, Form, Kind
from motcua.domain.text import Text
from motcua.web import formats
from motcua.web.language import language

_YES_NO = {True: Text("Có", "Yes"), False: Text("Không", "No")}


@dataclass(frozen=True)
class Line:
    """`name` is the dotted path; `depth` 0 for a page's own questions. A heading of a group or row has no value."""

    name: str
    title: str
    value: str | None
    depth: int = 0
    computed: bool = False


def lines(form: Form, settled: Settled, *, page: str) -> list[Line]:
    """The questions of a page that are asked, each with its answer; an empty value was left empty."""
    field = next(f for f in form.pages if f.name == page)
    return list(_inside(field, settled.answers.get(page), settled, page, 0))


def _inside(field: Field, value: Any, settled: Settled, where: str, depth: int) -> Iterator[Line]:
    if field.kind is Kind.ROWS:
        yield from _rows(field, value or [], settled, where, depth)
        return
    for child in field.fields:
        here = f"{where}.{child.name}"
        if here in settled.shown:
            yield from _one(child, (value or {}).get(child.name), settled, here, depth)


def _one(field: Field, value: Any, settled: Settled, where: str, depth: int) -> Iterator[Line]:
    title = field.title.in_(language())
    if field.kind in (Kind.GROUP, Kind.ROWS):
        yield Line(where, title, None, depth)
        yield from _inside(field, value, settled, where, depth + 1)
    else:
        yield Line(where, title, shown(field, value), depth, field.computed is not None)


def _rows(field: Field, rows: list[Any], settled: Settled, where: str, depth: int) -> Iterator[Line]:
    title = field.title.in_(language())
    for number, row in enumerate(rows):
        here = f"{where}.{number}"
        if not isinstance(row, Mapping):
            yield Line(here, f"{title} {number + 1}", str(row), depth)
            continue
        yield Line(here, f"{title} {number + 1}", None, depth)
        for child in field.fields:
            if f"{here}.{child.name}" in settled.shown:
                yield from _one(child, row.get(child.name), settled, f"{here}.{child.name}", depth + 1)


def shown(field: Field, value: Any) -> str:
    """A typed value in words; "" where nothing was given."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return ", ".join(_word(field, word) for word in value)
    if isinstance(value, bool):
        return _YES_NO[value].in_(language())
    if field.kind is Kind.CHOICE:
        return _word(field, value)
    return _plain(field, value)


def _plain(field: Field, value: Any) -> str:
    if isinstance(value, datetime):
        return formats.short_moment(value)
    if isinstance(value, date):
        return formats.short_date(value)
    if isinstance(value, int):
        return formats.money(value) if field.format == "money" else _with_unit(field, formats.number(value))
    return _with_unit(field, str(value).replace(".", ",") if isinstance(value, Decimal) else str(value))


def _with_unit(field: Field, text: str) -> str:
    return f"{text} {field.unit}" if field.unit else text


def _word(field: Field, word: str) -> str:
    choices = field.choices
    if choices is None:
        return str(word)
    name = choices.code_list.name(word) if choices.code_list else choices.labels.get(word, Text(str(word)))
    return name.in_(language())
