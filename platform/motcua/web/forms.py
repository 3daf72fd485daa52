"""WTForms from a form page: parsing what a browser sent and holding what a template shows. Called by citizen, supplement and officer pages.

WTForms reads and renders; what an answer means is the form noun's (`answers.read`), and what is wrong with it comes back as `Problem`s,
which `show_problems` hangs on the fields. Names are dotted paths (`tre.ngay_sinh`, `nguoi_lam_chung.0.ho_ten`), the same as in problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field as Control
from wtforms import Form as Controls
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.utils import unset_value

from motcua.domain.form import Field, Kind
from motcua.domain.problems import Problem

#: up to so many choices are radios or a select; longer ones are typed with suggestions
RADIOS = 6


class DateControl(StringField):
    """A date in three boxes (`x.day`, `x.month`, `x.year`); a whole date pasted into the first box is taken too."""

    boxes: tuple[str, str, str] = ("", "", "")

    def process(self, formdata: MultiDict[str, str] | None, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.process_errors = []
        value = self.default if data is unset_value else data
        self.boxes = (f"{value.day}", f"{value.month}", f"{value.year}") if isinstance(value, date) else ("", "", "")
        if formdata is not None and any(f"{self.name}.{box}" in formdata for box in ("day", "month", "year")):
            day, month, year = (str(formdata.get(f"{self.name}.{box}", "")).strip() for box in ("day", "month", "year"))
            self.boxes = (day, month, year)
        day, month, year = self.boxes
        self.data = day if day and not month and not year else "/".join(self.boxes) if any(self.boxes) else ""


@dataclass(frozen=True)
class Row:
    """One entry of a repeating group."""

    number: int
    controls: tuple[Control | Group, ...]


@dataclass(frozen=True)
class Group:
    """A fieldset, or a repeating group with its `rows`."""

    field: Field
    name: str
    controls: tuple[Control | Group, ...] = ()
    rows: tuple[Row, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def may_add(self) -> bool:
        return self.field.max_items is None or len(self.rows) < self.field.max_items


@dataclass(frozen=True)
class PageForm:
    """The controls of one page, in order, nested as the form is."""

    form: Controls
    tree: tuple[Control | Group, ...]

    def raw(self) -> dict[str, Any]:
        """What was sent, nested, still text: for `answers.read`."""
        return _raw(self.tree)

    def show_problems(self, problems: Iterable[Problem], lang: str) -> None:
        by_field: dict[str, list[str]] = {}
        for problem in problems:
            by_field.setdefault(problem.field, []).append(problem.message(lang))
        for name, control in self.form._fields.items():
            control.errors = [*control.errors, *by_field.get(name, ())]


def page_form(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    shown: frozenset[str],
    choices: Mapping[str, Mapping[str, Any]],
    *,
    sent: MultiDict[str, str] | None = None,
    prefix: str = "",
    lang: str = "vi",
) -> PageForm:
    """Controls for the shown fields with their answers, or with what was just sent. `choices` are the words offered, by dotted path."""
    controls: dict[str, Any] = {}
    data: dict[str, Any] = {}
    _collect(fields, answers, shown, choices, prefix, lang, controls, data, sent)
    form = type("Page", (Controls,), controls)(formdata=sent, data=data)
    for control in form:
        control.meta = form.meta
    return PageForm(form, _tree(fields, answers, shown, prefix, form, sent))


def _collect(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    shown: frozenset[str],
    choices: Mapping[str, Mapping[str, Any]],
    prefix: str,
    lang: str,
    controls: dict[str, Any],
    data: dict[str, Any],
    sent: MultiDict[str, str] | None,
) -> None:
    for field in fields:
        name = f"{prefix}{field.name}"
        value = answers.get(field.name)
        if name not in shown or field.computed is not None:
            continue
        if field.kind is Kind.GROUP:
            _collect(field.fields, value or {}, shown, choices, f"{name}.", lang, controls, data, sent)
        elif field.kind is Kind.ROWS and field.fields:
            for number, row in enumerate(rows_of(field, name, value, sent)):
                here = f"{name}.{number}."
                below = shown | {f"{here}{f.name}" for f in field.fields if number >= len(value or []) and f.when is None}
                _collect(field.fields, row, below, choices, here, lang, controls, data, sent)
        else:
            controls[name] = control(field, choices.get(name, {}), lang)
            data[name] = _shown(field, value)


def rows_of(field: Field, name: str, value: Any, sent: MultiDict[str, str] | None) -> list[Mapping[str, Any]]:
    """The rows to show: those kept, at least the fewest allowed, and one more when "add" was pressed."""
    rows = list(value or [])
    if sent is not None and sent.get("add") == name:
        rows.append({})
    rows += [{}] * (field.min_items - len(rows))
    return rows[: field.max_items] if field.max_items else rows


def _shown(field: Field, value: Any) -> Any:
    """An answer as its control takes it."""
    if value is None or field.kind in (Kind.DATE, Kind.CHOICES):
        return value
    if field.kind is Kind.YES_NO:
        return "true" if value else "false"
    if field.format == "money":
        return f"{value:,}".replace(",", ".")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return value.strftime("%d/%m/%Y %H:%M") if isinstance(value, datetime) else str(value)


def control(field: Field, words: Mapping[str, Any], lang: str) -> Any:
    """The WTForms field for a kind of answer: an unbound field, to be a class attribute."""
    label, hint = field.title.in_(lang), field.hint.in_(lang) if field.hint else ""
    common: dict[str, Any] = {"label": label, "description": hint, "render_kw": {"field": field}}
    pairs = [(code, name.in_(lang)) for code, name in words.items()]
    if field.kind is Kind.DATE:
        return DateControl(**common)
    if field.kind is Kind.YES_NO:
        yes_no = [("true", "Có" if lang == "vi" else "Yes"), ("false", "Không" if lang == "vi" else "No")]
        return RadioField(choices=yes_no, validate_choice=False, **common)
    if field.kind is Kind.CHOICES:
        return SelectMultipleField(choices=pairs, validate_choice=False, **common)
    if field.kind is Kind.CHOICE and len(pairs) <= RADIOS and field.choices and not field.choices.code_list:
        return RadioField(choices=pairs, validate_choice=False, **common)
    if field.kind is Kind.CHOICE:
        return SelectField(choices=[("", ""), *pairs], validate_choice=False, **common)
    if field.widget == "long_text":
        return TextAreaField(**common)
    return StringField(**common)


def _tree(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    shown: frozenset[str],
    prefix: str,
    form: Controls,
    sent: MultiDict[str, str] | None,
) -> tuple[Control | Group, ...]:
    found: list[Control | Group] = []
    for field in fields:
        name = f"{prefix}{field.name}"
        value = answers.get(field.name)
        if name not in shown and not any(key.startswith(f"{name}.") or key == name for key in form._fields):
            continue
        if field.kind is Kind.GROUP:
            found.append(Group(field, name, _tree(field.fields, value or {}, shown, f"{name}.", form, sent)))
        elif field.kind is Kind.ROWS and field.fields:
            rows = rows_of(field, name, value, sent)
            found.append(
                Group(field, name, rows=tuple(Row(n, _tree(field.fields, row, shown, f"{name}.{n}.", form, sent)) for n, row in enumerate(rows)))
            )
        elif name in form._fields:
            found.append(form._fields[name])
    return tuple(found)


def _raw(tree: Iterable[Control | Group]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in tree:
        if isinstance(node, Group):
            if node.field.kind is Kind.ROWS:
                rows = [_raw(row.controls) for row in node.rows]
                found[node.field.name] = [row for row in rows if any(v not in ("", None, [], {}) for v in row.values())]
            else:
                found[node.field.name] = _raw(node.controls)
        else:
            found[node.name.rpartition(".")[2]] = node.data
    return found
