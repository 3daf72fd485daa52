"""Workflow files to the `Workflow` noun: with the arguments that the procedure gives, and each step's own form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.binding.fields import Sketch, bind_form, sketch
from motcua.catalogue.binding.limits import read_end
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.shop import Shop
from motcua.domain.form import Form
from motcua.domain.rows import Rows
from motcua.domain.text import Text
from motcua.domain.workflow import Action, Ask, HandedOver, Interrupt, Step, Workflow

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
    return Node(found.data, found.file, found.path, found.reports, found.over, given)


@dataclass(frozen=True)
class StepForm:
    """What officers establish at a step: a form file, or the short kind, a `checklist` of boxes to tick."""

    id: str
    node: Node
    sketches: tuple[Sketch, ...]

    def bind(self, shop: Shop) -> Form:
        """Its own fields are read by their bare names, the citizen's pages beside them."""
        own = {sketch.name: sketch.type for sketch in self.sketches}
        return bind_form(self.node, self.id, self.sketches, shop.with_(**own))


def step_forms(workflow: Node, shop: Shop) -> dict[str, StepForm]:
    """The forms of all steps, before their conditions are read."""
    found = {}
    for name, step in workflow.at("steps").items():
        node = shop.file(f"forms/{step.value('form')}.yaml") if "form" in step else None
        if node is None and "checklist" in step:
            node = _checklist(step.at("checklist"))
        if node is not None:
            found[name] = StepForm(str(step.value("form", name)), node, sketch(node, shop))
    return found


def _checklist(items: Node) -> Node:
    """A checklist is a form of boxes, each unticked until it is ticked."""
    boxes = {
        str(item.value("id")): {"type": "boolean", "title": item.value("name"), "default": False, **_when(item)}
        for item in items.elements()
    }
    return Node({"type": "object", "properties": boxes}, items.file, items.path, items.reports)


def _when(item: Node) -> dict[str, Any]:
    return {"when": item.value("when")} if "when" in item else {}


def bind_workflow(node: Node, shop: Shop, forms: Mapping[str, StepForm]) -> Workflow:
    bound = {name: _step(name, step, shop, forms.get(name)) for name, step in node.at("steps").items()}
    interrupts = tuple(_interrupt(item, shop) for item in node.each("interrupts"))
    return Workflow(str(node.value("id")), str(node.value("start")), bound, interrupts)


def _step(name: str, node: Node, shop: Shop, form: StepForm | None) -> Step:
    who, asks, actions = node.get("who"), node.get("asks"), node.get("actions")
    return Step(
        id=name,
        name=Text.of(node.value("name"), name.replace("_", " ").capitalize()),
        role=shop.words(node.get("role")),
        waits_for=node.value("waits_for"),
        ends=node.value("ends"),
        at=shop.words(node.get("at")),
        by=shop.words(node.get("by")),
        when=shop.condition(node.get("when"), None),
        within=shop.rows(node.get("within"), lambda item, here: read_end(item, here, None)),
        fork=tuple(node.value("fork") or ()),
        join=node.value("join"),
        asks=tuple(_ask(item, shop) for item in asks.elements()) if asks else (),
        silence=node.value("silence", "late"),
        fees=tuple(node.value("fees") or ()),
        sends=tuple(node.value("sends") or ()),
        not_by=tuple(_listed(who.value("not"))) if who else (),
        same_as=who.value("same_as") if who else None,
        event=tuple(_listed(node.value("event"))),
        picks=tuple(_listed(node.value("picks"))),
        hands_over=tuple(_handed_over(item, shop) for item in node.each("hands_over")),
        place=node.value("place", ""),
        offers=int(node.value("offers", 1)),
        confirm=shop.amounts(node.get("confirm")),
        form=form.bind(shop) if form is not None else None,
        actions=tuple(_action(key, item, shop) for key, item in actions.items()) if actions else (),
        to=shop.words(node.get("to")),
        clock=node.value("clock", "runs"),
        runs_out=node.value("runs_out"),
        silent=bool(node.value("silent", False)),
        slip=shop.words(node.get("slip")),
    )


def _handed_over(node: Node, shop: Shop) -> HandedOver:
    if isinstance(node.data, str):
        return HandedOver(node.data)
    return HandedOver(str(node.value("paper")), shop.condition(node.get("when"), None))


def _ask(node: Node, shop: Shop) -> Ask:
    return Ask(node.value("agency"), node.value("position"), shop.condition(node.get("when")))


def _listed(value: str | list[str] | None) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _action(name: str, node: Node, shop: Shop) -> Action:
    does = node.value("does")
    return Action(
        id=name,
        name=Text.of(node.value("name")) if "name" in node else _NAMES[does],
        to=shop.words(node.get("to")) or Rows.one(""),
        does=does,
        when=shop.condition(node.get("when"), None),
        at_most=node.value("at_most"),
        asks_reason=bool(node.value("asks_reason", False)),
        slip=shop.words(node.get("slip")),
        publishes=tuple(node.value("publishes") or ()),
        by=shop.amounts(node.get("by")),
    )


def _interrupt(node: Node, shop: Shop) -> Interrupt:
    return Interrupt(
        id=str(node.value("id")),
        name=Text.of(node.value("name"), str(node.value("id"))),
        by=str(node.value("by")),
        at=node.value("at"),
        to=node.value("to"),
        does=node.value("does"),
        before=node.value("before"),
        slip=node.value("slip"),
        clock=node.value("clock", "resume"),
        when=shop.condition(node.get("when")),
        asks_reason=bool(node.value("asks_reason", False)),
    )
