"""The messages that CEL and protobuf exchange: our own value messages, the checked syntax tree, and record types as
descriptors.

CEL's own messages (cel/expr/checked.proto) are declared as far as they are read here; what is not declared passes
through untouched.
"""

from __future__ import annotations

import hashlib
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, timestamp_pb2

from motcua.domain.expression.types import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    MOMENT,
    MONEY,
    NOTHING,
    RATE,
    TEXT,
    Choice,
    ListOf,
    Record,
    Type,
)

_Field = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "bool": _Field.TYPE_BOOL,
    "int32": _Field.TYPE_INT32,
    "int64": _Field.TYPE_INT64,
    "uint64": _Field.TYPE_UINT64,
    "double": _Field.TYPE_DOUBLE,
    "string": _Field.TYPE_STRING,
    "bytes": _Field.TYPE_BYTES,
}
_OURS = {"Decimal": "text=1 string", "Rate": "text=1 string"}
_CEL = {
    "Expr": "id=2 int64, const_expr=3 Constant, ident_expr=4 Ident, select_expr=5 Select, call_expr=6 Call, "
    "list_expr=7 List, struct_expr=8 Struct, comprehension_expr=9 Comprehension",
    "Constant": "null_value=1 int32, bool_value=2 bool, int64_value=3 int64, uint64_value=4 uint64, "
    "double_value=5 double, string_value=6 string, bytes_value=7 bytes",
    "Ident": "name=1 string",
    "Select": "operand=1 Expr, field=2 string, test_only=3 bool",
    "Call": "target=1 Expr, function=2 string, args=3 *Expr",
    "List": "elements=1 *Expr",
    "Struct": "message_name=1 string",
    "Comprehension": "iter_var=1 string, iter_range=2 Expr, accu_var=3 string, accu_init=4 Expr, "
    "loop_condition=5 Expr, loop_step=6 Expr, result=7 Expr",
    "Position": "key=1 int64, value=2 int32",
    "SourceInfo": "positions=4 *Position",
    "ListType": "elem_type=1 Type",
    "Type": "primitive=3 int32, well_known=5 int32, list_type=6 ListType, message_type=9 string",
    "TypeEntry": "key=1 int64, value=2 Type",
    "ParsedExpr": "expr=2 Expr, source_info=3 SourceInfo",
    "CheckedExpr": "type_map=3 *TypeEntry, expr=4 Expr, source_info=5 SourceInfo",
    "Any": "type_url=1 string, value=2 bytes",
}


def _file(package: str, messages: dict[str, str]) -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name=f"{package}.proto", package=package, syntax="proto2")
    for name, fields in messages.items():
        message = file.message_type.add(name=name)
        for line in fields.split(", "):
            head, of = line.split(" ")
            key, number = head.split("=")
            label = _Field.LABEL_REPEATED if of.startswith("*") else _Field.LABEL_OPTIONAL
            field = message.field.add(name=key, number=int(number), label=label)
            _give_type(field, of.lstrip("*"), package)
    return file


def _give_type(field: Any, of: str, package: str) -> None:
    if of in _SCALARS:
        field.type = _SCALARS[of]
    else:
        field.type = _Field.TYPE_MESSAGE
        field.type_name = f".{package}.{of}"


def new_pool() -> Any:
    """A pool that knows timestamps and our value messages."""
    pool = descriptor_pool.DescriptorPool()
    stamp = descriptor_pb2.FileDescriptorProto()
    timestamp_pb2.DESCRIPTOR.CopyToProto(stamp)
    pool.Add(stamp)
    pool.Add(_file("motcua", _OURS))
    return pool


BASE = new_pool()
_TREE = descriptor_pool.DescriptorPool()
_TREE.Add(_file("tree", _CEL))


def _message(pool: Any, name: str) -> Any:
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


DecimalMessage = _message(BASE, "motcua.Decimal")
RateMessage = _message(BASE, "motcua.Rate")
Any_, Parsed, Checked = (_message(_TREE, f"tree.{name}") for name in ("Any", "ParsedExpr", "CheckedExpr"))

_STAMP = "google.protobuf.Timestamp"
MESSAGES: dict[Type, str] = {DATE: _STAMP, MOMENT: _STAMP, DECIMAL: "motcua.Decimal", RATE: "motcua.Rate"}
_PLAIN: dict[Type, str] = {BOOL: "bool", INT: "int64", MONEY: "int64", TEXT: "string"}
_KINDS = ("primitive", "well_known", "list_type", "message_type")
_PRIMITIVES: dict[int, Type] = {1: BOOL, 2: INT, 5: TEXT}  # cel.expr.Type.PrimitiveType


class Shapes:
    """Record types as protobuf messages, each once, named by its content so that a stored tree names it the same
    tomorrow."""

    def __init__(self) -> None:
        self.pool = new_pool()
        self._names: dict[Record, str] = {}
        self._records: dict[str, Record] = {}

    def message(self, record: Record) -> str:
        if record not in self._names:
            name = f"R{hashlib.sha256(str(record).encode()).hexdigest()[:16]}"
            self._add(name, record)
            self._names[record] = f"motcua.{name}"
            self._records[f"motcua.{name}"] = record
        return self._names[record]

    def _add(self, name: str, record: Record) -> None:
        file = descriptor_pb2.FileDescriptorProto(name=name, package="motcua", syntax="proto2")
        message = file.message_type.add(name=name)
        needed = {"motcua.proto", "google/protobuf/timestamp.proto"}
        for number, (key, of) in enumerate(sorted(record.fields.items()), start=1):
            field = message.field.add(name=key, number=number, label=_Field.LABEL_OPTIONAL)
            if isinstance(of, ListOf):
                field.label, of = _Field.LABEL_REPEATED, of.item
            if isinstance(of, ListOf):
                raise TypeError(f"{key}: a list of lists has no name of its own")
            if isinstance(of, Record):
                inner = self.message(of)
                field.type, field.type_name = _Field.TYPE_MESSAGE, f".{inner}"
                needed.add(inner.removeprefix("motcua."))
            elif of in MESSAGES:
                field.type, field.type_name = _Field.TYPE_MESSAGE, f".{MESSAGES[of]}"
            else:
                field.type = _SCALARS["string" if isinstance(of, Choice) else _PLAIN[of]]
        file.dependency.extend(sorted(needed))
        self.pool.Add(file)

    def describe(self, of: Type) -> None:
        """Make every record within a type known."""
        if isinstance(of, ListOf):
            self.describe(of.item)
        elif isinstance(of, Record):
            self.message(of)

    def named(self, message: str) -> Record | None:
        """The record that a message stands for."""
        return self._records.get(message)

    def read(self, message: Any) -> Type | None:
        """A type of a checked tree in our words; None for one that is not ours. A timestamp reads as a date."""
        kind = next((name for name in _KINDS if message.HasField(name)), None)
        if kind == "primitive":
            return _PRIMITIVES.get(message.primitive)
        if kind == "well_known":
            return DATE if message.well_known == 2 else None  # cel.expr.Type.TIMESTAMP
        if kind == "list_type":
            item = self.read(message.list_type.elem_type)
            return ListOf(item if item is not None else NOTHING)
        if kind == "message_type":
            name = message.message_type
            ours: dict[str, Type] = {"motcua.Decimal": DECIMAL, "motcua.Rate": RATE, _STAMP: DATE}
            return ours.get(name) or self._records.get(name)
        return None
