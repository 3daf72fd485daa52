"""An answer in the words in which people read it: on pages, and on the slips that carry answers. Called by web and
`slip_notice`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.domain.form import Field
from motcua.domain.money import money_text
from motcua.domain.text import Text
from motcua.domain.working_calendar import HCM

YES, NO = Text("Có", "Yes"), Text("Không", "No")


def value_text(field: Field, value: Any, on: date, lang: str) -> str | None:
    """An answer in words; None where there is none. A `False` is an answer. Codes have the names that they had `on`
    the filing day.
    """
    if value in (None, "", [], {}):
        return None
    if isinstance(value, bool):
        return (YES if value else NO).in_(lang)
    if isinstance(value, list):
        return "; ".join(text for item in value if (text := value_text(field, item, on, lang)))
    if isinstance(value, datetime):
        return f"{value.astimezone(HCM):%H:%M}, {_day(value.astimezone(HCM))}"
    if isinstance(value, date):
        return _day(value)
    if field.choices is not None:
        return _word(field, str(value), on).in_(lang)
    return _number(field, value) if isinstance(value, int | Decimal) else str(value)


def _word(field: Field, code: str, on: date) -> Text:
    choices = field.choices
    if choices is not None and choices.code_list is not None:
        entry = choices.code_list.get(code, on)
        return entry.name if entry else choices.code_list.name(code)
    return choices.labels.get(code, Text(code)) if choices else Text(code)


def _number(field: Field, value: int | Decimal) -> str:
    if field.format == "money":
        return money_text(int(value))
    return " ".join([str(value).replace(".", ","), *([field.unit] if field.unit else [])])


def _day(day: date) -> str:
    return f"{day:%d/%m/}{day.year:04}"
