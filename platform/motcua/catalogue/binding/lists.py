"""Code lists (`forms/lists/`) to `CodeList`. The rows are under a header (`columns`), so that 3,321 communes stay a short file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.catalogue.binding.dates import read_window
from motcua.catalogue.binding.node import Node
from motcua.domain.code_list import CodeList, Entry
from motcua.domain.text import Text

_OWN = ("code", "name", "in_force", "succeeded_by")


def bind_list(node: Node, list_id: str) -> CodeList:
    """`columns` and `rows`, or `entries` as mappings; `in_force` at the top holds for every row that has none."""
    window = read_window(node.get("in_force"))
    columns = node.value("columns")
    entries = []
    for item in [*node.each("rows"), *node.each("entries")]:
        row = _row(item, columns)
        if row is not None:
            entries.append(_entry(row, item, window))
    attributes = {key: _kind(value) for e in entries[:1] for key, value in e.attributes.items()}
    return CodeList(list_id, tuple(entries), attributes)


def _row(item: Node, columns: Any) -> Mapping[str, Any] | None:
    if isinstance(item.data, Mapping):
        return item.data
    if not isinstance(columns, list) or len(item.data) != len(columns):
        item.error("C503", expected=len(columns or []), got=len(item.data))
        return None
    return dict(zip(columns, item.data, strict=True))


def _entry(row: Mapping[str, Any], item: Node, window: tuple[date | None, date | None]) -> Entry:
    own = read_window(item.get("in_force")) if isinstance(item.data, Mapping) and "in_force" in item else window
    after = row.get("succeeded_by")
    attributes = {key: value for key, value in row.items() if key not in _OWN}
    followers = tuple(str(a) for a in after) if isinstance(after, list) else (str(after),) if after else ()
    return Entry(str(row.get("code")), Text.of(row.get("name")), attributes, *own, followers)


def _kind(value: Any) -> str:
    return "yes_no" if isinstance(value, bool) else "number" if isinstance(value, int) else "text"
