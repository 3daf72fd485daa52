"""Rules of shape that several kinds of file share: rows, formulas, and what may stand only once. Used by `shape`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.finding import Finding, listing, mapping, walk
from motcua.catalogue.place import Path

_BASES = ("of", "sum", "highest", "lowest")
_ROUNDS = ("round_to", "round_up_to", "round_down_to")
_AFTER = ("times", "at_least", "at_most", *_ROUNDS)


def rows(data: Any) -> Iterator[Finding]:
    """A list with an `is` or an `else` in it is rows: each has one of them, conditions go with `is`, `else` is last."""
    for path, value in walk(data):
        if isinstance(value, list) and any(_is_row(item) for item in value):
            yield from _rows(value, path)
        elif isinstance(value, dict) and path and isinstance(path[-1], str) and "else" in value:
            yield Finding("C114", path, True)


def _is_row(item: Any) -> bool:
    return isinstance(item, dict) and ("is" in item or "else" in item)


def _rows(items: list[Any], path: Path) -> Iterator[Finding]:
    for index, item in enumerate(items):
        here = (*path, index)
        if not _is_whole(item):
            yield Finding("C114", here)
        elif "else" in item and index < len(items) - 1:
            yield Finding("C113", (*here, "else"), True)


def _is_whole(item: Any) -> bool:
    if not _is_row(item):
        return False
    conditions = "when" in item or "in_force" in item
    return conditions and "else" not in item if "is" in item else not conditions


def formulas(data: Any) -> Iterator[Finding]:
    """A formula has exactly one base and at most one rounding."""
    for path, value in walk(data):
        if not isinstance(value, dict):
            continue
        bases = [key for key in _BASES if key in value]
        if len(bases) > 1 or (not bases and any(key in value for key in _AFTER)):
            yield Finding("C115", path, True, {"of": _BASES})
        rounds = [key for key in _ROUNDS if key in value]
        if len(rounds) > 1:
            yield Finding("C115", (*path, rounds[1]), True, {"of": _ROUNDS})


def once(data: Any) -> Iterator[Finding]:
    """An `id` stands once in its list."""
    for path, value in walk(data):
        seen: set[str] = set()
        for index, item in enumerate(listing(value)):
            name = mapping(item).get("id")
            if isinstance(name, str) and name in seen:
                yield Finding("C112", (*path, index, "id"), False, {"got": name})
            seen.add(name if isinstance(name, str) else "")


def codes(data: Any) -> Iterator[Finding]:
    """A code stands once in one period of a list."""
    yield from _codes(mapping(data), ())
    for number, era in enumerate(listing(mapping(data).get("eras"))):
        yield from _codes(mapping(era), ("eras", number))


def _codes(part: dict[str, Any], path: Path) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, row in enumerate(listing(part.get("rows"))):
        code = row[0] if isinstance(row, list) and row and isinstance(row[0], str) else None
        if code in seen:
            yield Finding("C112", (*path, "rows", number, 0), False, {"got": code})
        if code is not None:
            seen.add(code)
