"""Answers on their way between a draft and a text box: as they were typed, or written as people write them.
Called by forms and pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.domain import answers
from motcua.domain.form import Field, Kind

_LISTED = (Kind.CHOICES, Kind.GROUP, Kind.ROWS)


def clean(text: str) -> str:
    """NFC, and without the NUL that no database takes; else as it was typed."""
    return unicodedata.normalize("NFC", text).replace("\x00", "")


def date_boxes(kept: Any) -> tuple[str, str, str]:
    """Day, month and year of a date however it is kept; what is no date stands as it was typed."""
    text = kept.isoformat() if isinstance(kept, date) else str(kept or "").strip()
    try:
        day = answers.read_date(text)
    except ValueError:
        parts = text.split("/")
        return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (text, "", "")
    return f"{day.day}", f"{day.month}", f"{day.year:04}"


def as_typed(field: Field, kept: Any) -> Any:
    """What a control shows for a kept value: well written where it can be read, else what was typed."""
    if kept is None and field.kind not in _LISTED:
        kept = field.default
    if kept is None or field.kind in _LISTED or field.kind is Kind.DATE:
        return kept
    typed, problems = answers.read_group(field, kept)
    if problems or typed is None:
        return False if field.kind is Kind.YES_NO and typed is None else str(kept)
    if field.kind is Kind.YES_NO:
        return typed if field.default is not None and not field.default else "true" if typed else "false"
    return written(field, typed)


def written(field: Field, value: Any) -> str:
    """A typed value as a person writes it into a box."""
    if field.format == "money" and isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def is_empty(raw: Any) -> bool:
    """Nothing was entered: an empty text, or a group of nothing. A box that is not ticked counts for nothing too."""
    if isinstance(raw, Mapping):
        return all(is_empty(value) for value in raw.values())
    if isinstance(raw, list):
        return all(is_empty(value) for value in raw)
    return raw is None or raw is False or str(raw).strip() in ("", "false")
