"""Days and windows as the catalog writes them: `01/07/2024` or `2024-07-01`, `{from, to}` with both ends included."""

from __future__ import annotations

from datetime import date

from motcua.catalogue.binding.node import Node
from motcua.domain.answers import read_date
from motcua.domain.window import Window


def read_day(node: Node | None) -> date | None:
    if node is None or node.data is None:
        return None
    try:
        return read_date(str(node.data))
    except ValueError:
        node.error("C504", value=str(node.data))
        return None


def read_window(node: Node | None) -> tuple[date | None, date | None]:
    if node is None:
        return None, None
    return read_day(node.get("from")), read_day(node.get("to"))


def read_windows(node: Node | None) -> tuple[Window, ...]:
    """`in_force`: one window or a list of them; none where the key is missing."""
    if node is None:
        return ()
    items = node.elements() if isinstance(node.data, list) else [node]
    return tuple(Window(*read_window(item)) for item in items)
