"""What a template must know of a form's control: which template draws it, its attributes, and where an error link
leads. Called by theme.

Controls are WTForms fields. Those made from a catalog form carry its field under `render_kw["field"]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wtforms import Field as Control

from motcua.domain.form import Field, Kind

#: WTForms type -> the file in `fields/` that draws it
TEMPLATES = {
    "StringField": "text",
    "EmailField": "text",
    "TelField": "text",
    "PasswordField": "password",
    "TextAreaField": "textarea",
    "SelectField": "select",
    "NarrowedSelect": "narrowed_select",
    "RadioField": "radios",
    "SelectMultipleField": "checkboxes",
    "BooleanField": "checkbox",
    "DateControl": "date",
    "FileField": "file",
    "MultipleFileField": "file",
}
_NUMERIC = {"money", "phone", "identity_number"}


@dataclass(frozen=True)
class Wrong:
    """One line of an error summary: the same words as beside the field, and where to."""

    anchor: str
    message: str


def template_of(control: Control) -> str:
    return f"fields/{TEMPLATES[control.type]}.html"


def asked(control: Control) -> Field | None:
    """The catalog field behind a control."""
    found: Field | None = (control.render_kw or {}).get("field")
    return found


def anchor(control: Control) -> str:
    """The id of the first thing to be filled in."""
    if control.type == "DateControl":
        return f"{control.id}.day"
    if control.type in ("RadioField", "SelectMultipleField"):
        return f"{control.id}-0"
    return str(control.id)


def attributes(control: Control, hint: str = "") -> dict[str, Any]:
    """HTML attributes of a one-piece control."""
    own = {name: value for name, value in (control.render_kw or {}).items() if name != "field"}
    parts = [f"{control.id}-hint"] * bool(hint or control.description) + [f"{control.id}-error"] * bool(control.errors)
    if parts:
        own["aria-describedby"] = " ".join(parts)
    if control.errors:
        own["aria-invalid"] = "true"
    return {**_typing(asked(control)), **own, "class": " ".join(_classes(control, own))}


def _typing(field: Field | None) -> dict[str, str]:
    """Which keyboard a telephone shows. Never a key handler: those break Telex and VNI."""
    if field is None:
        return {}
    if field.format == "email":
        return {"inputmode": "email", "spellcheck": "false"}
    if field.kind is Kind.NUMBER or field.format in _NUMERIC:
        return {"inputmode": "numeric"}
    return {"inputmode": "decimal"} if field.kind is Kind.DECIMAL else {}


def _classes(control: Control, own: dict[str, Any]) -> Iterable[str]:
    if TEMPLATES[control.type] == "file":
        return
    yield "input"
    if given := own.pop("width", None):
        yield f"input--{given}"
        return
    field = asked(control)
    if field is None:
        return
    if field.kind in (Kind.NUMBER, Kind.DECIMAL, Kind.MOMENT) or field.format in _NUMERIC:
        yield "input--10"
    elif field.max_length is not None and field.max_length <= 20:
        yield "input--20"


def errors_of(controls: Iterable[Control]) -> list[Wrong]:
    return [Wrong(anchor(control), message) for control in controls for message in control.errors]
