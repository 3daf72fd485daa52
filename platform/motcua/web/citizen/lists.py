"""Repeating groups on a page that runs no script: one entry more, one less, none that stayed empty. Called by
questions.

What is handled is the page as it was typed; a list is named by its dotted path, an entry by the path and its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from motcua.domain.form import Field, Kind
from motcua.web.forms import as_group, as_rows
from motcua.web.typed_values import is_empty

Rows = list[Mapping[str, Any]]


def with_row(page: Field, kept: Mapping[str, Any], name: str) -> dict[str, Any]:
    """All pages, with one more, empty entry in a list, if it may have one more."""

    def grown(field: Field, rows: Rows) -> Rows:
        return rows if field.max_items is not None and len(rows) >= field.max_items else [*rows, {}]

    return {**kept, page.name: _changed(page, kept.get(page.name), page.name, {name: grown})}


def without_row(page: Field, raw: Any, entry: str) -> Any:
    """The page without the entry `nguoi_lam_chung.1`."""
    name, _, number = entry.rpartition(".")

    def shrunk(_: Field, rows: Rows) -> Rows:
        return [row for at, row in enumerate(rows) if str(at) != number]

    return _changed(page, raw, page.name, {name: shrunk})


def without_empty(page: Field, raw: Any) -> Any:
    """The page without entries in which nothing was entered."""

    def filled(_: Field, rows: Rows) -> Rows:
        return [row for row in rows if not is_empty(row)]

    lists = [field for field in page.walk() if field.kind is Kind.ROWS and field.fields]
    return _changed(page, raw, page.name, {field.dotted: filled for field in lists})


def _changed(field: Field, raw: Any, here: str, change: Mapping[str, Callable[[Field, Rows], Rows]]) -> Any:
    """The same, with each list that is named changed; lists stand in groups, never in lists."""
    if field.kind is Kind.ROWS and here in change:
        return change[here](field, as_rows(raw))
    if field.kind is not Kind.GROUP or not any(name.startswith(f"{here}.") for name in change):
        return raw
    group = dict(as_group(raw))
    for child in field.fields:
        below = _changed(child, group.get(child.name), f"{here}.{child.name}", change)
        if below is not None:
            group[child.name] = below
    return group
