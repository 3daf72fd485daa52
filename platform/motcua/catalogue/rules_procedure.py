"""Rules of shape for procedures and what they share: what must stand, and what excludes what. Used by `shape`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.finding import Finding, listing, mapping
from motcua.catalogue.place import Path

#: How an agency may be found for a position; `kind` goes with the last three.
_WAYS = ("agency", "picked_by", "for", "above", "position")


def procedure(data: Any) -> Iterator[Finding]:
    whole = mapping(data)
    if whole.get("service") in ("full", "partial"):
        yield from _needs(whole, (), ("form",))
        yield from _one_of(whole, (), ("workflow", "parts"))
    yield from _papers(whole.get("papers"), ("papers",))
    for name, item in mapping(whole.get("agencies")).items():
        yield from _position(item, ("agencies", name))
    for number, item in enumerate(listing(whole.get("checks"))):
        yield from check(item, ("checks", number))
    for name, item in mapping(whole.get("values")).items():
        yield from value(item, ("values", name))
    for name, item in mapping(whole.get("tables")).items():
        yield from table(item, ("tables", name))


def _papers(data: Any, path: Path) -> Iterator[Finding]:
    for number, item in enumerate(listing(data)):
        yield from paper(item, (*path, number))


def paper(data: Any, path: Path = ()) -> Iterator[Finding]:
    """A paper has a name of its own, or uses a shared one; alternatives are papers too."""
    item = mapping(data)
    yield from _needs(item, path, ("id", "name"))
    for number, way in enumerate(listing(item.get("one_of"))):
        yield from _papers(mapping(way).get("all_of"), (*path, "one_of", number, "all_of"))


def check(data: Any, path: Path = ()) -> Iterator[Finding]:
    yield from _needs(mapping(data), path, ("rule", "message"))


def value(data: Any, path: Path = ()) -> Iterator[Finding]:
    yield from _needs(mapping(data), path, ("is",))


def table(data: Any, path: Path = ()) -> Iterator[Finding]:
    yield from _needs(mapping(data), path, ("gives", "by", "rows"))


def _position(data: Any, path: Path) -> Iterator[Finding]:
    """One way to find the agency; a kind alone is enough where there is only one of it."""
    for number, row in enumerate(listing(data)):
        for key in ("is", "else"):
            if key in mapping(row):
                yield from _position(row[key], (*path, number, key))
    ways = [key for key in _WAYS if key in mapping(data)]
    if len(ways) > 1:
        yield Finding("C115", (*path, ways[1]), True, {"of": _WAYS})
    if isinstance(data, dict) and data and "kind" not in data and not {"agency", "position"} & data.keys():
        yield Finding("C101", path, True, {"key": "kind"})


def _needs(item: dict[str, Any], path: Path, keys: tuple[str, ...]) -> Iterator[Finding]:
    """Keys that must stand, unless the thing is used from a file of its own."""
    if item and "use" not in item:
        yield from (Finding("C101", path, True, {"key": key}) for key in keys if key not in item)


def _one_of(item: dict[str, Any], path: Path, keys: tuple[str, ...]) -> Iterator[Finding]:
    here = [key for key in keys if key in item]
    if not here:
        yield Finding("C101", path, True, {"key": keys[0]})
    elif len(here) > 1:
        yield Finding("C115", (*path, here[1]), True, {"of": keys})
