"""Sums, choices and named values of a procedure: the door to `rows`, `formulas`, `tables`, `named_values`. Used by all
of `binding`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from motcua.catalogue.binding.formulas import bind_formula
from motcua.catalogue.binding.named_values import bind_named
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.rows import bind_rows, dated_by
from motcua.catalogue.binding.tables import bind_table, bind_tables, functions
from motcua.domain.code_list import CodeList
from motcua.domain.expression import (
    BOOL,
    INT,
    TEXT,
    AbsentRead,
    CompiledCache,
    Function,
    Language,
    Record,
    Source,
    Type,
)
from motcua.domain.formula import Formula
from motcua.domain.values import Values

if TYPE_CHECKING:
    from motcua.catalogue.binding.shop import Files, Shop

_ATTRIBUTES: Mapping[str, Type] = {"text": TEXT, "yes_no": BOOL, "number": INT}
_LISTS = "forms/lists/"


def language(names: Mapping[str, Type], files: Files, compiled: CompiledCache | None = None) -> Language:
    """The language of a procedure before its values: its names, and the code lists at hand."""
    found = []
    for file in files.data:
        if file.startswith(_LISTS):
            name = file.removeprefix("forms/").removesuffix(".yaml")
            code_list = files.code_list(name)
            if code_list is not None and code_list.id.isidentifier():
                found.append(_asked(code_list))
    return Language(names, found, cache=compiled)


def _asked(codes: CodeList) -> Function:
    """A code list as a function of a code: its attributes on the filing day."""

    def call(facts: Source, code: str) -> dict[str, object]:
        entry = codes.get(code, facts.on)
        if entry is None:
            raise AbsentRead(f"{codes.id}({code})")  # no such code on that day: an answer that is no choice
        return {**entry.attributes, "name": str(entry.name)}

    fields = {key: _ATTRIBUTES.get(kind, TEXT) for key, kind in codes.attribute_types.items()}
    return Function(codes.id, (TEXT,), Record({**fields, "name": TEXT}), call)


def bind_values(procedure: Node, shop: Shop) -> tuple[Shop, Values]:
    """The shop whose language knows `tables` and `values` of a procedure, and the values."""
    written = procedure.get("tables")
    tables = bind_tables(written, shop)
    broken = {name for name, _ in written.items()} - tables.keys() if written is not None else set()
    return bind_named(procedure.get("values"), shop, [f for table in tables.values() for f in functions(table)], broken)


def bind_money(node: Node | None, shop: Shop, beside: Node | None = None) -> Formula | None:
    """An amount of đồng. `beside` is the node in which it stands, for its `dated_by`."""
    return bind_formula(node, shop, "money", dated_by(beside, shop))


def bind_number(node: Node | None, shop: Shop, beside: Node | None = None) -> Formula | None:
    """A whole number: copies, originals."""
    return bind_formula(node, shop, "number", dated_by(beside, shop))


__all__ = ["bind_money", "bind_number", "bind_rows", "bind_table", "bind_tables", "bind_values", "dated_by", "language"]
