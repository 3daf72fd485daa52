"""Rules of shape for workflows: a step is one of five kinds, and each kind has its own keys. Used by `shape`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.finding import Finding, mapping
from motcua.catalogue.place import Path

_ANY = frozenset({"name", "when", "in_force", "why", "basis", "dated_by"})
_WAIT = frozenset({"within", "clock", "to", "runs_out", "slip", "at"})

#: A literal registry: the key that makes the kind of step -> the keys it may have, and those it must have.
KINDS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "role": (
        frozenset({"at", "within", "who", "picks", "form", "checklist", "hands_over", "actions"}),
        ("at", "actions"),
    ),
    "waits_for": (_WAIT, ("clock",)),
    "fork": (frozenset({"join"}), ("join",)),
    "runs": (frozenset({"with", "to"}), ("to",)),
    "ends": (frozenset({"starts", "silent", "slip"}), ()),
}

#: A literal registry: what is waited for -> the keys that only this wait has, and those it must have.
WAITS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "supplement": (frozenset(), ()),
    "applicant": (frozenset({"sends", "actions"}), ()),
    "payment": (frozenset({"fees"}), ()),
    "agencies": (frozenset({"asks", "silence", "by"}), ("asks",)),
    "posting": (frozenset({"shows", "objection"}), ("at",)),
    "council": (frozenset({"council"}), ("council",)),
    "appointment": (frozenset({"place", "offers", "confirm", "by"}), ("place",)),
    "part": (frozenset({"part"}), ("part",)),
    "event": (frozenset({"event", "by"}), ()),
}


def workflow(data: Any) -> Iterator[Finding]:
    for name, step in mapping(mapping(data).get("steps")).items():
        yield from _step(mapping(step), ("steps", name))


def _step(step: dict[str, Any], path: Path) -> Iterator[Finding]:
    kinds = [kind for kind in KINDS if kind in step]
    if len(kinds) != 1:
        yield Finding("C115", (*path, kinds[1]) if kinds else path, True, {"of": tuple(KINDS)})
        return
    kind = kinds[0]
    allowed, needed = KINDS[kind]
    if kind == "waits_for":
        own, more = WAITS.get(str(step[kind]), (frozenset(key for keys, _ in WAITS.values() for key in keys), ()))
        allowed, needed = allowed | own, (*needed, *more)
    yield from (
        Finding("C116", (*path, key), True, {"key": key, "kind": _said(kind, step)})
        for key in step
        if key not in allowed | _ANY and key != kind and key in _ALL
    )
    yield from (Finding("C101", path, True, {"key": key}) for key in needed if key not in step)
    if kind == "waits_for" and "to" not in step and ("actions" not in step or "sends" in step):
        yield Finding("C101", path, True, {"key": "to"})


def _said(kind: str, step: dict[str, Any]) -> str:
    return f"waits_for: {step[kind]}" if kind == "waits_for" else kind


_ALL = _ANY | {key for keys, _ in (*KINDS.values(), *WAITS.values()) for key in keys} | set(KINDS)
