"""Code lists (`forms/lists/`) to `CodeList`. The rows are under a header (`columns`), so that 3,321 communes stay a
short file; `eras` are periods with columns and rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.catalogue.binding.dates import read_windows
from motcua.catalogue.binding.node import Node
from motcua.domain.code_list import CodeList, Entry
from motcua.domain.text import Text
from motcua.domain.window import Window

_OWN = ("code", "name", "in_force", "succeeded_by")
_ALWAYS = (Window(),)


def bind_list(node: Node, list_id: str) -> CodeList:
    """`columns` and `rows`, or `entries` as mappings, at the top or in `eras`."""
    entries = tuple(
        entry for part in (node, *node.each("eras")) for entry in _part(part, read_windows(node.get("in_force")))
    )
    attributes: dict[str, str] = {}
    for entry in entries:
        for key, value in entry.attributes.items():
            attributes.setdefault(key, _kind(value))
    return CodeList(list_id, entries, attributes)


def _part(part: Node, outer: tuple[Window, ...]) -> Iterator[Entry]:
    """A list, or one of its eras: its `in_force` holds for every row that has none of its own."""
    windows = read_windows(part.get("in_force")) or outer or _ALWAYS
    columns = part.value("columns")
    for item in [*part.each("rows"), *part.each("entries")]:
        row = _row(item, columns)
        if row is not None:
            yield from _entries(row, item, windows)


def _row(item: Node, columns: Any) -> Mapping[str, Any] | None:
    if isinstance(item.data, Mapping):
        return item.data
    if not isinstance(columns, list) or len(item.data) != len(columns):
        item.error("C503", expected=len(columns or []), got=len(item.data))
        return None
    return dict(zip(columns, item.data, strict=True))


def _entries(row: Mapping[str, Any], item: Node, windows: tuple[Window, ...]) -> Iterator[Entry]:
    """One entry for each window in which the code is in force."""
    own = read_windows(item.get("in_force"))
    after = row.get("succeeded_by")
    attributes = {key: value for key, value in row.items() if key not in _OWN}
    followers = tuple(str(a) for a in after) if isinstance(after, list) else (str(after),) if after else ()
    for window in own or windows:
        name = Text.of(row.get("name"))
        yield Entry(str(row.get("code")), name, attributes, window.since, window.until, followers)


def _kind(value: Any) -> str:
    return "yes_no" if isinstance(value, bool) else "number" if isinstance(value, int) else "text"
