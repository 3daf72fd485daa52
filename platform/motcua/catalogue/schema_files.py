"""The published JSON Schemas of the kinds of catalog file, and the same with every `$ref` put in. Used by `shape`."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

Schema = dict[str, Any]


@cache
def schema(name: str) -> Schema:
    """As it is published: `procedure`, `form` ..., or what they share, `common`."""
    found: Schema = json.loads((resources.files("motcua.catalogue") / "schemas" / f"{name}.json").read_text("utf-8"))
    return found


def inlined(name: str) -> Schema:
    """The schema of a kind where each `$ref` is the very schema that it means: following references again for every
    value of a file took half of the time. What leads round leads round here too.
    """
    found: Schema = _inlined(schema(name), name, {})
    return found


def _inlined(node: Any, home: str, done: dict[tuple[str, str], Schema]) -> Any:
    if isinstance(node, list):
        return [_inlined(item, home, done) for item in node]
    if not isinstance(node, dict):
        return node
    refers = isinstance(node.get("$ref"), str)  # else `$ref` is the name of a property
    own = {key: _inlined(value, home, done) for key, value in node.items() if key != "$ref" or not refers}
    if not refers:
        return own
    shared = _target(node["$ref"], home, done)
    return _beside(shared, own) if own else shared


def _target(ref: str, home: str, done: dict[tuple[str, str], Schema]) -> Schema:
    """`common.json#/$defs/text`, or `#/$defs/step` of the same file."""
    file, _, pointer = ref.partition("#/$defs/")
    key = (file.removesuffix(".json") or home, pointer)
    if key not in done:
        done[key] = {}  # known before it is filled, for what leads round
        done[key].update(_inlined(schema(key[0])["$defs"][pointer], key[0], done))
    return done[key]


def _beside(shared: Schema, own: Schema) -> Schema:
    """What stands beside a `$ref` goes before the shared; of `properties` both stand."""
    if not shared:
        raise ValueError("keys beside a $ref that leads round cannot be put in")
    both = {**shared, **own}
    if "properties" in own:
        both["properties"] = {**shared.get("properties", {}), **own["properties"]}
    return both
