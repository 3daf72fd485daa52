"""`$ref` in forms: each leads to a shared part, none leads round; `required` names real fields. For `references`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from motcua.catalogue.finding import Finding, listing, mapping, meant, walk
from motcua.catalogue.place import Path

#: A shared part: the file and its name in `$defs`.
Part = tuple[str, str]

_MOST_HOPS = 50


def check_refs(file: str, data: Any, files: Mapping[str, Any], looping: Collection[Part]) -> Iterator[Finding]:
    for path, value in walk(data):
        node = mapping(value)
        if isinstance(node.get("$ref"), str):
            yield from _leads(file, node["$ref"], (*path, "$ref"), files, looping)
        yield from _fields(file, node, path, files)


def looping(files: Mapping[str, Any]) -> frozenset[Part]:
    """Parts that come back to themselves: left when those that lead nowhere, or are led to by none, are taken away."""
    edges = {
        (file, name): {_part(file, ref) for ref in _refs(part)}
        for file, data in files.items()
        for name, part in mapping(mapping(data).get("$defs")).items()
    }
    return frozenset(_without_ends(_turned(_without_ends(edges))))


def _turned(edges: Mapping[Part, set[Part]]) -> dict[Part, set[Part]]:
    """Every edge the other way round, between parts that exist."""
    found: dict[Part, set[Part]] = {part: set() for part in edges}
    for part, targets in edges.items():
        for target in targets & edges.keys():
            found[target].add(part)
    return found


def _without_ends(edges: Mapping[Part, set[Part]]) -> dict[Part, set[Part]]:
    """What is left when parts that lead nowhere are taken away, until none is left."""
    back = _turned(edges)
    open_ = {part: len(targets & edges.keys()) for part, targets in edges.items()}
    ends = [part for part, count in open_.items() if count == 0]
    while ends:
        end = ends.pop()
        del open_[end]
        for part in back[end]:
            open_[part] -= 1
            if open_[part] == 0:
                ends.append(part)
    return {part: edges[part] & open_.keys() for part in open_}


def _refs(part: Any) -> Iterator[str]:
    for _, value in walk(part):
        ref = mapping(value).get("$ref")
        if isinstance(ref, str):
            yield ref


def _part(file: str, ref: str) -> Part:
    home, _, pointer = ref.partition("#")
    return (f"forms/{home}.yaml" if home else file), pointer.removeprefix("/$defs/")


def _leads(file: str, ref: str, path: Path, files: Mapping[str, Any], looping: Collection[Part]) -> Iterator[Finding]:
    """Of a circle only the reference that leads back is told."""
    home, name = _part(file, ref)
    parts = mapping(mapping(files.get(home)).get("$defs"))
    if home in files and name not in parts:
        yield Finding("C221", path, False, {"name": name, "file": home} | meant(name, parts))
    elif path[0] == "$defs" and (home, name) in looping and (home, name) <= (file, str(path[1])):
        yield Finding("C222", path, False, {"name": name})


def _fields(file: str, node: dict[str, Any], path: Path, files: Mapping[str, Any]) -> Iterator[Finding]:
    """`required` and `unique_by` name fields of their own group."""
    for key, group in (("required", node), ("unique_by", mapping(node.get("items")))):
        names = listing(node.get(key))
        known = _known_fields(file, group, files) if names else None
        for number, name in enumerate(names):
            if known is not None and isinstance(name, str) and name not in known:
                yield Finding("C224", (*path, key, number), False, {"name": name, "key": key} | meant(name, known))


def _known_fields(file: str, group: Any, files: Mapping[str, Any]) -> set[str] | None:
    """The fields of a group with those of its `$ref`; None where it leads nowhere or round, which is told there."""
    found = set(mapping(group.get("properties")))
    for _ in range(_MOST_HOPS):
        if not isinstance(group.get("$ref"), str):
            return found
        file, name = _part(file, group["$ref"])
        group = mapping(mapping(files.get(file)).get("$defs")).get(name)
        if not isinstance(group, dict):
            return None
        found |= set(mapping(group.get("properties")))
    return None
