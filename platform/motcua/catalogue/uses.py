"""Which other files a catalog file is made of: the edges along which an edition's closure is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.finding import listing, mapping, walk
from motcua.catalogue.place import Path

_CALL = re.compile(r"\b([a-z][a-z0-9_]*)\(")
#: Keys whose texts are for people: a call in them calls nothing.
_WORDS = frozenset({"name", "also_called", "title", "description", "requirements", "message", "note", "why", "cite"})


@dataclass(frozen=True)
class Use:
    """At `path` a file names another, `target`, as `name`."""

    path: Path
    target: str
    name: str


def uses(kind: str, data: Any, files: Mapping[str, Any]) -> list[Use]:
    """Every file that this one names, whether it is there or not; `files` says which lists expressions may call."""
    more = _given(data, files) if kind == "procedure" else ()
    return [*_NAMED.get(kind, _nothing)(data), *more, *_calls(data, files)]


def _procedure(data: Any) -> Iterator[Use]:
    whole = mapping(data)
    yield from _one(whole, ("form",), "forms/")
    yield from _one(whole, ("workflow", "use"), "workflows/")
    for number, _ in enumerate(listing(whole.get("parts"))):
        yield from _one(whole, ("parts", number, "workflow", "use"), "workflows/")
    if whole.get("looks_up"):
        yield Use(("looks_up",), "procedures/registers.yaml", "registers")
    yield from _shared(data)


def _given(data: Any, files: Mapping[str, Any]) -> Iterator[Use]:
    """Forms that a procedure gives to its workflow as arguments."""
    whole = mapping(data)
    homes: list[tuple[Path, Any]] = [((), whole)]
    homes += [(("parts", number), part) for number, part in enumerate(listing(whole.get("parts")))]
    for path, home in homes:
        called = mapping(mapping(home).get("workflow"))
        declared = mapping(mapping(files.get(f"workflows/{called.get('use')}.yaml")).get("parameters"))
        for name, value in mapping(called.get("with")).items():
            if declared.get(name) == "form" and isinstance(value, str):
                yield Use((*path, "workflow", "with", name), f"forms/{value}.yaml", value)


def _shared(data: Any) -> Iterator[Use]:
    """`use: papers/x`, `checks/x`, `values/x`, `tables/x` wherever it stands."""
    for path, value in walk(data):
        if (
            path
            and path[-1] == "use"
            and isinstance(value, str)
            and path[:-1] != ("workflow",)
            and path[:1] != ("parts",)
        ):
            yield Use(path, f"procedures/{value}.yaml", value)


def _form(data: Any) -> Iterator[Use]:
    for path, value in walk(data):
        if not path or not isinstance(value, str):
            continue
        if path[-1] == "$ref" and "#" in value and not value.startswith("#"):
            name = value.partition("#")[0]
            yield Use(path, f"forms/{name}.yaml", name)
        elif path[-1] == "choices":
            yield Use(path, f"forms/{value}.yaml", value)
    yield from _shared(mapping(data).get("checks"))


def _workflow(data: Any) -> Iterator[Use]:
    for name, step in mapping(mapping(data).get("steps")).items():
        for key, folder in (("form", "forms/"), ("runs", "workflows/")):
            yield from (Use(("steps", name, *u.path), u.target, u.name) for u in _one(mapping(step), (key,), folder))


def _examples(_: Any) -> Iterator[Use]:
    return iter(())


_nothing = _examples

#: A literal registry: kind of file -> what it names.
_NAMED: dict[str, Callable[[Any], Iterator[Use]]] = {
    "procedure": _procedure,
    "form": _form,
    "parts": _form,
    "workflow": _workflow,
    "paper": _shared,
    "check": _shared,
    "value": _shared,
    "table": _shared,
}


def _one(data: Any, path: Path, folder: str) -> Iterator[Use]:
    value = data
    for step in path:
        value = mapping(value).get(str(step)) if isinstance(step, str) else listing(value)[step]
    if isinstance(value, str) and not value.startswith("$"):
        yield Use(path, f"{folder}{value}.yaml", value)


def _calls(data: Any, files: Mapping[str, Any]) -> Iterator[Use]:
    """Code lists that expressions call by their name: `xa(thua_dat.xa).la_phuong`."""
    for path, value in walk(data):
        if isinstance(value, str) and "(" in value and not _WORDS & {*path}:
            for name in _CALL.findall(value):
                if f"forms/lists/{name}.yaml" in files:
                    yield Use(path, f"forms/lists/{name}.yaml", name)
