"""Workflow files to the `Workflow` noun: with the arguments that the procedure gives, and each step's own form."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.catalogue.binding.fields import Sketch, bind_form, sketch
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.shop import Shop
from motcua.domain.rows import Rows
from motcua.domain.text import Text
from motcua.domain.workflow import Action, Interrupt, Step, Workflow

#: What an action is called where the catalog gives no name.
_NAMES = {
    "accept": Text("Tiếp nhận", "Accept"),
    "ask_supplement": Text("Yêu cầu bổ sung", "Ask for a supplement"),
    "refuse": Text("Từ chối", "Refuse"),
    "give_back": Text("Trả lại", "Give back"),
    "sign": Text("Ký", "Sign"),
    "extend": Text("Gia hạn", "Extend"),
    "suspend": Text("Tạm dừng", "Suspend"),
    None: Text("Hoàn thành", "Complete"),
}


def workflow_node(procedure: Node, shop: Shop) -> Node | None:
    """The workflow that a procedure uses, its `$x` standing for what `with` gives."""
    uses = procedure.get("workflow")
    name = uses.value("use") if uses else None
    found = shop.file(f"workflows/{name}.yaml") if uses and isinstance(name, str) else None
    if found is None or uses is None:
        return None
    given = dict(uses.at("with").items()) if "with" in uses else {}
    declared = found.value("parameters") or {}
    for key, node in given.items():
        if key not in declared:
            node.error("C207", name=key, **shop.meant(key, declared))
    for key in declared:
        if key not in given:
            uses.error("C208", name=key, workflow=str(name))
    return Node(found.data, found.file, found.path, found.reports, found.over, given)


def step_forms(workflow: Node, shop: Shop) -> dict[str, tuple[Sketch, ...]]:
    """What officers establish at each step, before conditions are read."""
    found = {}
    for name, step in workflow.at("steps").items():
        form = shop.file(f"forms/{step.value('form')}.yaml") if "form" in step else None
        if form is not None:
            found[name] = sketch(form, shop)
    return found


def bind_workflow(node: Node, shop: Shop, forms: Mapping[str, tuple[Sketch, ...]], results: frozenset[str]) -> Workflow:
    steps = dict(node.at("steps").items())
    bound = {name: _step(name, step, shop, steps, forms, results) for name, step in steps.items()}
    start = node.value("start")
    if start not in steps:
        node.at("start").error("C202", name=start, **shop.meant(str(start), steps))
    interrupts = tuple(_interrupt(item, shop, steps) for item in node.each("interrupts"))
    return Workflow(str(node.value("id")), str(start), bound, interrupts)


def _step(
    name: str,
    node: Node,
    shop: Shop,
    steps: Mapping[str, Node],
    forms: Mapping[str, tuple[Sketch, ...]],
    results: frozenset[str],
) -> Step:
    form_id = node.value("form")
    form_node = shop.file(f"forms/{form_id}.yaml") if name in forms else None
    who = node.get("who")
    actions = node.get("actions")
    runs_out = node.value("runs_out")
    if runs_out not in (None, "never"):
        _known_step(node.at("runs_out"), steps, shop)
    return Step(
        id=name,
        name=Text.of(node.value("name"), name.replace("_", " ").capitalize()),
        role=shop.words(node.get("role"), shop.roles),
        waits_for=node.value("waits_for"),
        ends=node.value("ends"),
        at=shop.words(node.get("at"), shop.positions),
        when=shop.condition(node.get("when"), None),
        within=shop.amounts(node.get("within")),
        not_by=tuple(_listed(who.value("not"))) if who else (),
        same_as=who.value("same_as") if who else None,
        form=bind_form(form_node, str(form_id), forms[name], shop) if form_node is not None else None,
        actions=tuple(_action(key, item, shop, steps, results) for key, item in actions.items()) if actions else (),
        to=_to(node.get("to"), steps, shop),
        clock=node.value("clock", "runs"),
        runs_out=runs_out,
        silent=bool(node.value("silent", False)),
    )


def _listed(value: str | list[str] | None) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _known_step(node: Node, steps: Mapping[str, Node], shop: Shop) -> None:
    if node.data not in steps:
        node.error("C202", name=node.data, **shop.meant(str(node.data), steps))


def _to(node: Node | None, steps: Mapping[str, Node], shop: Shop) -> Rows[str] | None:
    return shop.words(node, steps, code="C202")


def _action(name: str, node: Node, shop: Shop, steps: Mapping[str, Node], results: frozenset[str]) -> Action:
    does = node.value("does")
    for result in node.each("publishes"):
        if result.data not in results:
            result.error("C206", name=result.data, **shop.meant(str(result.data), results))
    return Action(
        id=name,
        name=Text.of(node.value("name")) if "name" in node else _NAMES[does],
        to=_to(node.get("to"), steps, shop) or Rows.one(""),
        does=does,
        when=shop.condition(node.get("when"), None),
        at_most=node.value("at_most"),
        asks_reason=bool(node.value("asks_reason", False)),
        slip=shop.words(node.get("slip"), None),
        publishes=tuple(node.value("publishes") or ()),
        by=shop.amounts(node.get("by")),
    )


def _interrupt(node: Node, shop: Shop, steps: Mapping[str, Node]) -> Interrupt:
    for key in ("to", "before"):
        if key in node:
            _known_step(node.at(key), steps, shop)
    return Interrupt(
        id=str(node.value("id")),
        name=Text.of(node.value("name"), str(node.value("id"))),
        by=str(node.value("by")),
        to=node.value("to"),
        does=node.value("does"),
        before=node.value("before"),
        slip=node.value("slip"),
    )


