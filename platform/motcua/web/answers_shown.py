"""Answers as people read them: page by page, every question that was asked, "no" told from "not answered", changes
marked. Called by the officers' pages.

What a supplement changed stands beside what was there before; what it emptied is shown too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.domain.answer_words import value_text
from motcua.domain.answers import Answers, at
from motcua.domain.asking import Settled
from motcua.domain.form import Field, Form, Kind
from motcua.domain.text import Text


@dataclass(frozen=True)
class Line:
    """One question. `value` is None where it was not answered; `was` what stood there before the supplement."""

    where: str
    title: Text
    value: str | None
    changed: bool = False
    was: str | None = None


@dataclass(frozen=True)
class Section:
    """Questions under one heading; the questions of the page itself have none."""

    title: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Page:
    name: str
    title: Text
    sections: tuple[Section, ...]
    emptied: tuple[Line, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.emptied) or any(line.changed for section in self.sections for line in section.lines)


def pages(form: Form, settled: Settled, before: Answers | None, lang: str) -> tuple[Page, ...]:
    """The pages of a citizen's form as they were sent. `before`: the answers that a supplement has replaced."""
    reader = _Reader(settled.shown, before, settled.facts.on, lang)
    found = []
    for field in form.fields:
        if field.name in settled.shown:
            sections = reader.sections([field], settled.answers, "", None)
            found.append(Page(field.name, field.title, sections, reader.emptied(field)))
    return tuple(found)


def findings(form: Form, answers: Answers, on: date, lang: str) -> tuple[Line, ...]:
    """What an officer established with a step's own form."""
    sections = _Reader(None, None, on, lang).sections(form.fields, answers, "", None)
    return tuple(line for section in sections for line in section.lines if line.value is not None)


@dataclass(frozen=True)
class _Reader:
    shown: frozenset[str] | None
    before: Answers | None
    on: date
    lang: str

    def sections(
        self, fields: Iterable[Field], answers: Mapping[str, Any], prefix: str, title: str | None
    ) -> tuple[Section, ...]:
        """Plain questions in order; a group or a row of a list begins a section of its own."""
        found: list[Section] = []
        lines: list[Line] = []
        for field in fields:
            where = f"{prefix}{field.name}"
            if self.shown is not None and where not in self.shown:
                continue
            value = answers.get(field.name)
            inner = self._inner(field, value, where, title)
            if inner is None:
                lines.append(self._line(field, value, where))
                continue
            found += [Section(title, tuple(lines)), *inner]
            lines = []
        return tuple(section for section in (*found, Section(title, tuple(lines))) if section.lines)

    def _inner(self, field: Field, value: Any, where: str, title: str | None) -> tuple[Section, ...] | None:
        page = "." not in where
        if field.kind is Kind.GROUP:
            heading = None if page else " · ".join(filter(None, (title, field.title.in_(self.lang))))
            return self.sections(field.fields, value or {}, f"{where}.", heading)
        if field.kind is not Kind.ROWS or not field.fields:
            return None
        if not value:
            return (Section(title, (self._line(field, None, where),)),)
        name = field.title.in_(self.lang)
        rows = (self.sections(field.fields, row, f"{where}.{n}.", f"{name} {n + 1}") for n, row in enumerate(value))
        return tuple(section for sections in rows for section in sections)

    def _line(self, field: Field, value: Any, where: str) -> Line:
        text = value_text(field, value, self.on, self.lang)
        if self.before is None:
            return Line(where, field.title, text)
        was = value_text(field, at(self.before, where), self.on, self.lang)
        return Line(where, field.title, text, was != text, was)

    def emptied(self, page: Field) -> tuple[Line, ...]:
        """What had an answer before the supplement and is not asked any more."""
        gone = []
        for where, field, value in _leaves(page, (self.before or {}).get(page.name), page.name):
            was = value_text(field, value, self.on, self.lang)
            if was is not None and self.shown is not None and where not in self.shown:
                gone.append(Line(where, field.title, None, True, was))
        return tuple(gone)


def _leaves(field: Field, value: Any, where: str) -> Iterator[tuple[str, Field, Any]]:
    if field.kind is Kind.GROUP:
        for child in field.fields:
            yield from _leaves(child, (value or {}).get(child.name), f"{where}.{child.name}")
    elif field.kind is Kind.ROWS and field.fields:
        for number, row in enumerate(value or []):
            for child in field.fields:
                yield from _leaves(child, row.get(child.name), f"{where}.{number}.{child.name}")
    else:
        yield where, field, value
