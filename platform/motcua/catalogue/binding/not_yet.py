"""What the language has and this version does not obey yet: refused (C510), never read without a word. A procedure that
says it would do otherwise than its editor believes.
"""

from __future__ import annotations

from collections.abc import Iterable

from motcua.catalogue.binding.node import Node
from motcua.domain.workflow import WAITS

#: Where a key stands -> keys that nothing obeys. A key leaves this list in the commit that makes it work.
PROCEDURE = ("parts", "post_dated_by", "overdue")
IN_PROCEDURE: dict[str, tuple[str, ...]] = {
    "results": ("dated_by",),
    "papers": ("with", "if_foreign", "public_version", "secret"),
    "looks_up": ("in_force",),
    "time_limits": ("covers",),
    "tables": ("in_force", "dated_by"),
}
STEP = ("runs", "starts", "objection", "in_force", "dated_by")
ACTION = ("in_force", "dated_by")
CHECKLIST = ("in_force",)
ASKS = ("each", "kind", "in_force")
INTERRUPT = ("at_most", "in_force")


def refuse_in_procedure(procedure: Node) -> None:
    _refuse(procedure, PROCEDURE)
    for place, keys in IN_PROCEDURE.items():
        for item in _items(procedure.get(place)):
            _refuse(item, keys)
    open_cases = procedure.get("open_cases")
    if open_cases is not None and open_cases.data != "keep":
        open_cases.error("C510", what=f"open_cases: {open_cases.data}")


def refuse_in_workflow(workflow: Node) -> None:
    for step in _items(workflow.at("steps")):
        _refuse(step, STEP)
        waits = step.get("waits_for")
        if waits is not None and waits.data not in WAITS:
            waits.error("C510", what=f"waits_for: {waits.data}")
        for place, keys in (("actions", ACTION), ("checklist", CHECKLIST), ("asks", ASKS)):
            for item in _items(step.get(place)):
                _refuse(item, keys)
    for item in workflow.each("interrupts"):
        _refuse(item, INTERRUPT)


def _items(node: Node | None) -> Iterable[Node]:
    """The items of a list, or the values of a mapping."""
    if node is None:
        return ()
    return node.elements() if isinstance(node.data, list) else [item for _, item in node.items()]


def _refuse(node: Node, keys: Iterable[str]) -> None:
    for key in keys:
        if key in node:
            node.at(key).error("C510", what=key)
