"""What JSON Schema says about the answers, in our words: one `Problem` per fault, at its field. Called by `asking`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from jsonschema.exceptions import ValidationError

from motcua.domain.answers import plain
from motcua.domain.form import Field, Form, Kind
from motcua.domain.problems import Problem
from motcua.domain.text import Text

#: JSON Schema's keyword -> our problem and the name of its bound
_BOUNDS = {
    "maxLength": ("too_long", "most"),
    "minLength": ("too_short", "least"),
    "minimum": ("too_small", "least"),
    "maximum": ("too_large", "most"),
    "maxItems": ("too_many_rows", "most"),
    "minItems": ("required_rows", "least"),
}


def of(form: Form, answers: Mapping[str, Any]) -> Iterator[Problem]:
    """Every breach of the form's JSON Schema by the shown answers."""
    for error in form.validator.iter_errors(plain(answers, decimal=lambda number: number)):
        yield from _problems(form, error)


def _problems(form: Form, error: ValidationError) -> Iterator[Problem]:
    where = ".".join(str(part) for part in error.absolute_path)
    if error.validator == "required":
        yield from _missing(form, where, cast(Sequence[str], error.validator_value), error.instance)
        return
    field = form.field(where)
    title = field.title if field else Text(where)
    yield Problem(where, *_cause(error, title))


def _missing(form: Form, where: str, required: Sequence[str], there: Any) -> Iterator[Problem]:
    for name in required:
        path = f"{where}.{name}" if where else name
        field = form.field(path)
        if name not in there and field is not None:
            yield missing(path, field)


def _cause(error: ValidationError, title: Text) -> tuple[str, dict[str, Any]]:
    keyword = str(error.validator)
    if keyword in _BOUNDS:
        code, bound = _BOUNDS[keyword]
        return code, {"title": title, bound: error.validator_value}
    if keyword in ("enum", "const"):
        return "not_a_choice", {"title": title}
    if keyword == "format":
        return ("bad_email" if error.validator_value == "email" else "not_date"), {"title": title}
    if keyword == "pattern":
        examples = error.schema.get("examples") if isinstance(error.schema, Mapping) else None
        example = Text(f", ví dụ {examples[0]}", f", such as {examples[0]}") if examples else Text("", "")
        return "bad_pattern", {"title": title, "example": example}
    return "not_accepted", {"title": title}


def missing(where: str, field: Field) -> Problem:
    """An answer that must be given and is not."""
    if field.kind is Kind.ROWS:
        return Problem(where, "required_rows", {"title": field.title, "least": max(field.min_items, 1)})
    choosing = field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)
    return Problem(where, "required_choice" if choosing else "required", {"title": field.title})
