"""`has(a.b.c)` asks whether all of `a.b.c` is there: it is written out as `has(a.b) && has(a.b.c)`, since on plain
dicts the missing `a.b` alone would be an error. Called by the compiler, on the checked tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from motcua.domain.expression.wire import Any_, Checked


def written_out(serialised: bytes) -> bytes:
    outer = Any_.FromString(serialised)
    tree = Checked.FromString(outer.value)
    ids = iter(range(1_000_000, 2_000_000))  # far beyond the ids that the parser gives
    changed = _rewrite(tree.expr, ids)
    if not changed:
        return serialised
    outer.value = tree.SerializeToString()
    return bytes(outer.SerializeToString())


def _rewrite(expr: Any, ids: Iterator[int]) -> bool:
    if expr.HasField("select_expr") and expr.select_expr.test_only and expr.select_expr.operand.HasField("select_expr"):
        _guard(expr, ids)
        return True
    changed = False
    for child in _children(expr):
        changed = _rewrite(child, ids) or changed
    return changed


def _guard(expr: Any, ids: Iterator[int]) -> None:
    """Make `has(x.y)` the call `has(x) && has(x.y)`, and `has(x)` in turn."""
    asked = type(expr)()
    asked.CopyFrom(expr)
    asked.id = next(ids)  # the whole keeps its id: the type is told by it
    before = type(expr)()
    before.CopyFrom(expr.select_expr.operand)
    before.select_expr.test_only = True
    before.id = next(ids)
    if before.select_expr.operand.HasField("select_expr"):
        _guard(before, ids)
    whole = expr.id
    expr.Clear()
    expr.id = whole
    expr.call_expr.function = "_&&_"
    expr.call_expr.args.add().CopyFrom(before)
    expr.call_expr.args.add().CopyFrom(asked)


def _children(expr: Any) -> Iterator[Any]:
    if expr.HasField("select_expr"):
        yield expr.select_expr.operand
    elif expr.HasField("call_expr"):
        if expr.call_expr.HasField("target"):
            yield expr.call_expr.target
        yield from expr.call_expr.args
    elif expr.HasField("list_expr"):
        yield from expr.list_expr.elements
    elif expr.HasField("comprehension_expr"):
        loop = expr.comprehension_expr
        yield from (loop.iter_range, loop.accu_init, loop.loop_condition, loop.loop_step, loop.result)
