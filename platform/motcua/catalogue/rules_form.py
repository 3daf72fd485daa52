"""Rules of shape for forms: which key goes with which type, and what a validator ignores in silence. For `shape`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from motcua.catalogue.finding import Finding, listing, mapping, meant
from motcua.catalogue.patterns import fault
from motcua.catalogue.place import Path

_ANY = frozenset(
    {
        "type",
        "title",
        "description",
        "when",
        "required_when",
        "computed",
        "prefill",
        "secret",
        "examples",
        "why",
        "basis",
    }
)
_CHOICE = frozenset({"enum", "labels", "default"})
_NUMBER = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "unit", "default"})

#: A literal registry: type -> the keys that mean something there.
KEYS: dict[str, frozenset[str]] = {
    "string": _CHOICE
    | {"format", "pattern", "minLength", "maxLength", "choices", "filter", "widget", "unit", "not_after", "not_before"},
    "integer": _NUMBER | _CHOICE | {"format"},
    "number": _NUMBER | {"decimals"},
    "boolean": frozenset({"default"}),
    "object": frozenset({"properties", "required"}),
    "array": frozenset({"items", "minItems", "maxItems", "uniqueItems", "unique_by", "labels", "filter", "default"}),
}
_TYPED = frozenset(key for keys in KEYS.values() for key in keys)
_NEEDED = {"object": "properties", "array": "items"}
_DATES = ("date", "date-time")


def form(data: Any) -> Iterator[Finding]:
    """A whole form, or a file of shared parts."""
    whole = mapping(data)
    yield from _group(whole, ())
    for name, part in mapping(whole.get("$defs")).items():
        yield from _field(mapping(part), ("$defs", name))


def _group(group: dict[str, Any], path: Path) -> Iterator[Finding]:
    fields = mapping(group.get("properties"))
    for number, name in enumerate(listing(group.get("required"))):
        if isinstance(name, str) and "when" in mapping(fields.get(name)):
            yield Finding("C117", (*path, "required", number), False, {"key": name})
    for name, one in fields.items():
        yield from _field(mapping(one), (*path, "properties", name))


def _field(field: dict[str, Any], path: Path) -> Iterator[Finding]:
    if field:
        yield from _typed(field, path)
        yield from _words(field, path)
    yield from _group(field, path)
    if isinstance(field.get("items"), dict):
        yield from _field(field["items"], (*path, "items"))


def _typed(field: dict[str, Any], path: Path) -> Iterator[Finding]:
    kind = field.get("type")
    if not isinstance(kind, str) or kind not in KEYS:
        if "type" not in field and "$ref" not in field:
            yield Finding("C101", path, True, {"key": "type"})
        return
    allowed = KEYS[kind] | _ANY
    yield from (
        Finding("C116", (*path, key), True, {"key": key, "kind": f"type: {kind}"})
        for key in field
        if key in _TYPED and key not in allowed
    )
    if "$ref" not in field and kind in _NEEDED and _NEEDED[kind] not in field:
        yield Finding("C101", path, True, {"key": _NEEDED[kind]})
    if kind == "string" and field.get("format") not in _DATES:
        said = "type: string, format: date"
        yield from (
            Finding("C121", (*path, key), True, {"key": key, "kind": said})
            for key in ("not_after", "not_before")
            if key in field
        )


def _words(field: dict[str, Any], path: Path) -> Iterator[Finding]:
    """Labels and the default are words of the enum; a pattern can be judged quickly."""
    source = field if "enum" in field else mapping(field.get("items"))
    words = {str(word) for word in listing(source.get("enum"))}
    for word in mapping(field.get("labels")) if words else ():
        if word not in words:
            yield Finding(
                "C104", (*path, "labels", word), True, {"got": word, "allowed": sorted(words)} | meant(word, words)
            )
    default = field.get("default")
    if words and isinstance(default, str) and default not in words:
        yield Finding(
            "C104", (*path, "default"), False, {"got": default, "allowed": sorted(words)} | meant(default, words)
        )
    pattern = field.get("pattern")
    wrong = fault(pattern) if isinstance(pattern, str) else None
    if wrong is not None:
        yield Finding("C118" if wrong == "unsafe" else "C119", (*path, "pattern"), False, {"got": pattern})
