"""How a person writes an example's answers into the controls of a page: a date into its three boxes, a word by its
radio, box or select, the rest as it is printed. Nothing is known here but the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.stories.visitor import Form

BOXES = ("day", "month", "year")


def flat(name: str, raw: Any) -> Iterator[tuple[str, Any]]:
    """Dotted names as a form has them: `giay_to.0.ten`; a list of words stays a list."""
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            yield from flat(f"{name}.{key}", value)
    elif isinstance(raw, list) and any(isinstance(row, Mapping) for row in raw):
        for number, row in enumerate(raw):
            yield from flat(f"{name}.{number}", row)
    else:
        yield name, raw


def written(form: Form, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is to be sent for these answers, as far as their controls stand here."""
    found = {}
    for control in form.fields:
        name, _, box = control.rpartition(".")
        if control in answers:
            found[control] = _words(form, control, answers[control])
        elif box in BOXES and name in answers:
            found[control] = [_date(answers[name])[BOXES.index(box)]]
    return found


def stands(form: Form, name: str) -> bool:
    """Whether an answer of this name can be written here."""
    return name in form.fields or f"{name}.day" in form.fields


def _words(form: Form, control: str, value: Any) -> list[str]:
    boxes, options = form.boxes.get(control), form.options.get(control)
    if boxes == ["y"]:
        return ["y"] if value is True else []
    words = [str(word) for word in value] if isinstance(value, list) else [_printed(value)]
    for offered in (boxes, options):
        assert offered is None or set(words) <= set(offered), f"{control}: {words} is not offered among {offered}"
    return words


def _printed(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _date(printed: Any) -> tuple[str, str, str]:
    text = str(printed)
    parts = text.split("/") if "/" in text else text.split("-")[::-1]
    return parts[0], parts[1], parts[2]
