"""A procedure and all it is made of, bound: names first, then everything that reads them. Called by `check` and
`editions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from motcua.catalogue.binding import names as naming
from motcua.catalogue.binding import sums
from motcua.catalogue.binding.dates import read_window
from motcua.catalogue.binding.fees import bind_fees
from motcua.catalogue.binding.fields import Sketch, bind_checks, bind_form, sketch
from motcua.catalogue.binding.flow import bind_workflow, step_forms, workflow_node
from motcua.catalogue.binding.limits import bind_limits, names
from motcua.catalogue.binding.node import Node, Reports
from motcua.catalogue.binding.not_yet import refuse_in_procedure, refuse_in_workflow
from motcua.catalogue.binding.own_names import Own
from motcua.catalogue.binding.papers import bind_papers, paper_ids
from motcua.catalogue.binding.shop import Files, Shop
from motcua.domain.agency import Position
from motcua.domain.expression import TEXT, CompiledCache, Record
from motcua.domain.procedure import LegalBasis, LookUp, Notice, Procedure, Result
from motcua.domain.rows import Rows
from motcua.domain.text import Text
from motcua.domain.workflow import Workflow


def bind_procedure(
    file: str, files: Mapping[str, Any], reports: Reports, compiled: CompiledCache | None = None
) -> Procedure | None:
    """The procedure in a file, or None where something that it cannot be without is missing (the reader has told)."""
    shop = Shop(Files(files, reports))
    node = shop.file(file)
    form = shop.file(f"forms/{node.value('form')}.yaml") if node is not None else None
    flow = workflow_node(node, shop) if node is not None else None
    if node is None or form is None or flow is None:
        return None
    refuse_in_procedure(node)
    refuse_in_workflow(flow)
    sketches, steps = sketch(form, shop), step_forms(flow, shop)
    shop = _named(node, flow, sketches, {name: form.sketches for name, form in steps.items()}, shop, compiled)
    shop, values = sums.bind_values(node, shop)
    results = _results(node, shop)
    workflow = bind_workflow(flow, shop, steps)
    events = frozenset(_vocabulary(node, workflow, results))
    for step in dict(flow.at("steps").items()).values():
        names(step.get("event"), events, shop)
    Own(node, flow, sketches, shop).check()
    effective = read_window(node.get("effective"))
    return Procedure(
        id=PurePosixPath(file).stem,
        code=str(node.value("code")),
        name=Text.of(node.value("name")),
        also_called=tuple(Text.of(name) for name in node.value("also_called", [])),
        sector=str(node.value("sector")),
        levels=_listed(node.value("level")),
        service=str(node.value("service", "full")),
        channels=_listed(node.value("channels")),
        audience=_listed(node.value("audience")),
        positions=_positions(node, shop),
        form=bind_form(form, str(node.value("form")), sketches, shop),
        workflow=workflow,
        values=values,
        papers=bind_papers(node.each("papers"), shop),
        fees=bind_fees(node.each("fees"), shop, events),
        time_limits=bind_limits(node.each("time_limits"), shop, events),
        results=results,
        legal_bases=tuple(_legal_bases(node)),
        looks_up=tuple(_look_ups(node, shop)),
        checks=tuple(bind_checks(node.each("checks"), shop, sketches)),
        notices=tuple(_notices(node, shop, events)),
        effective_from=effective[0],
        effective_to=effective[1],
        then=node.value("then"),
        sets=int(node.value("sets", 1)),
        description=Text.of(node.value("description")) if "description" in node else None,
        requirements=Text.of(node.value("requirements")) if "requirements" in node else None,
        decision=node.value("decision", {}),
    )


def _listed(value: Any) -> tuple[str, ...]:
    return () if value is None else tuple(value) if isinstance(value, list) else (str(value),)


def _named(
    node: Node,
    flow: Node,
    sketches: tuple[Sketch, ...],
    steps: Mapping[str, tuple[Sketch, ...]],
    shop: Shop,
    compiled: CompiledCache | None,
) -> Shop:
    """The shop with every name but the values."""
    registers = naming.register_answers(shop.file("procedures/registers.yaml"))
    look_ups = node.get("looks_up")
    known = {
        name: registers.get(str(item.value("register")), Record({}))
        for name, item in (look_ups.items() if look_ups else ())
    }
    around = naming.around(
        steps,
        [name for name, _ in flow.at("steps").items()],
        known,
        paper_ids(node.each("papers"), shop),
        [str(fee.value("id")) for fee in node.each("fees")],
        [name for name, _ in node.at("agencies").items()] if "agencies" in node else [],
        *(
            [name for name, step in flow.at("steps").items() if step.value("waits_for") == wait]
            for wait in ("agencies", "appointment")
        ),
    )
    return replace(shop, language=sums.language({**naming.pages(sketches), **around}, shop.files, compiled))


def _positions(node: Node, shop: Shop) -> dict[str, Rows[Position]]:
    found = {}
    for name, item in node.at("agencies").items() if "agencies" in node else ():
        rows = shop.rows(item, _position)
        if rows is not None:
            found[name] = rows
    return found


def _position(node: Node, shop: Shop) -> Position:
    return Position(
        kinds=_listed(node.value("kind")),
        picked_by=node.value("picked_by"),
        area=shop.expression(node.get("for"), TEXT),
        agency=node.value("agency"),
        above=node.value("above"),
        position=node.value("position"),
    )


def _results(node: Node, shop: Shop) -> tuple[Result, ...]:
    return tuple(
        Result(
            id=str(item.value("id")),
            name=Text.of(item.value("name"), str(item.value("id"))),
            original=sums.bind_number(item.get("original"), shop, item),
            copies=sums.bind_number(item.get("copies"), shop, item),
            number=item.value("number"),
            when=shop.condition(item.get("when"), None),
            in_force=shop.windows(item.get("in_force")),
        )
        for item in node.each("results")
    )


def _legal_bases(node: Node) -> Iterator[LegalBasis]:
    for item in node.each("legal_bases"):
        since, until = read_window(item.get("in_force"))
        yield LegalBasis(str(item.value("id")), Text.of(item.value("cite")), since, until)


def _look_ups(node: Node, shop: Shop) -> Iterator[LookUp]:
    registers = naming.register_answers(shop.file("procedures/registers.yaml"))
    look_ups = node.get("looks_up")
    for name, item in look_ups.items() if look_ups else ():
        of = shop.expression(item.get("of"), None)
        if of is not None:
            answers = registers.get(str(item.value("register")), Record({}))
            yield LookUp(name, str(item.value("register")), of, answers, shop.condition(item.get("when")))


def _notices(node: Node, shop: Shop, events: frozenset[str]) -> Iterator[Notice]:
    for item in node.each("notices"):
        yield Notice(
            upon=names(item.get("upon"), events, shop),
            to=_listed(item.value("to")),
            by=_listed(item.value("by")) or ("portal",),
            message=Text.of(item.value("message")),
            when=shop.condition(item.get("when")),
            in_force=shop.windows(item.get("in_force")),
        )


def _vocabulary(node: Node, workflow: Workflow, results: tuple[Result, ...]) -> Iterator[str]:
    """The events of this procedure: what `from`, `until`, `due` and `upon` may name."""
    yield from ("received", "accepted", "supplement_asked", "supplement_came", "paid", "ended")
    yield from (f"fee.{fee.value('id')}.paid" for fee in node.each("fees"))
    yield from (f"result.{result.id}" for result in results)
    yield from (f"limit.{limit.value('id')}.late" for limit in node.each("time_limits"))
    yield from (f"part.{part.value('id')}" for part in node.each("parts"))
    for step in workflow.steps.values():
        yield from (f"step.{step.id}", f"step.{step.id}.started", f"step.{step.id}.objection")
        for slip in (step.slip, *(action.slip for action in step.actions)):
            yield from (f"slip.{row.is_}" for row in (slip.rows if slip else ()))
        if step.waits_for == "appointment":
            yield f"step.{step.id}.offered"
        if step.hands_over:
            yield from (f"step.{taker.id}.taken" for taker in workflow.steps.values() if taker.role)
    yield from (f"slip.{i.slip}" for i in workflow.interrupts if i.slip)
