"""A form file with every `$ref` resolved: as nodes for binding, and as plain JSON Schema for the validator."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from motcua.catalogue.binding.node import Node

#: What of our files is JSON Schema's own: the rest is vocabulary that a validator would ignore and ours need not see.
_STANDARD = (
    "type", "format", "enum", "const", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "minItems", "maxItems", "uniqueItems", "required", "examples",
)  # fmt: skip
_JSON_FORMATS = ("date", "email")

File = Callable[[str], Node | None]


def resolved(node: Node, files: File, trail: tuple[str, ...] = ()) -> Node:
    """A schema node with its own `$ref` followed; a reference that leads nowhere or round was told by the reader, and
    is dropped.
    """
    ref = node.value("$ref")
    if not isinstance(ref, str):
        return node
    target = _target(node, ref, files)
    if target is None or ref in trail:
        return Node({k: v for k, v in node.data.items() if k != "$ref"}, node.file, node.path, node.reports, node.over)
    return node.beside(resolved(target, files, (*trail, ref)), "$ref")


def _target(node: Node, ref: str, files: File) -> Node | None:
    """`common#/$defs/person` is in forms/common.yaml, `#/$defs/x` in the same file."""
    name, _, pointer = ref.partition("#")
    found = files(f"forms/{name}.yaml") if name else files(node.file)
    for part in pointer.strip("/").split("/") if pointer.strip("/") else []:
        found = found.get(part) if found is not None else None
    return found


def json_schema(node: Node, files: File) -> dict[str, Any]:
    """The plain JSON Schema below a node, for jsonschema: no reference, no vocabulary of ours."""
    node = resolved(node, files)
    plain = {key: child.plain() for key, child in node.items() if key in _STANDARD}
    if plain.get("format") not in _JSON_FORMATS:
        plain.pop("format", None)
    for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if isinstance(plain.get(key), str):
            plain[key] = Decimal(plain[key])  # exact, as answers are: 0.1 is not under a minimum of 0.1
    properties = node.get("properties")
    if properties is not None:
        plain["properties"] = {name: json_schema(child, files) for name, child in properties.items()}
    items = node.get("items")
    if items is not None:
        plain["items"] = json_schema(items, files)
    return plain
