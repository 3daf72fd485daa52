"""Which names an expression of a procedure may read, and of which type: pages, findings, registers' answers, fees,
agencies. Used by `procedure`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from motcua.catalogue.binding.fields import Sketch
from motcua.catalogue.binding.node import Node
from motcua.domain.expression import BOOL, DATE, DECIMAL, INT, MOMENT, TEXT, Choice, ListOf, Record, Type

CHANNELS = ("online", "counter", "post")
_REGISTER_TYPES = {
    "text": TEXT,
    "string": TEXT,
    "number": INT,
    "integer": INT,
    "money": INT,
    "decimal": DECIMAL,
    "date": DATE,
    "moment": MOMENT,
    "condition": BOOL,
    "boolean": BOOL,
    "yes_no": BOOL,
}
#: What an agency that was asked answered; one that kept silent is `silent`, or what the step's `silence` makes of it.
_OPINION = Record({"agency": TEXT, "opinion": Choice(frozenset(("agree", "object", "late"))), "text": TEXT})
_AGENCY = Record(dict.fromkeys(("id", "code", "name", "kind", "level"), TEXT))


def pages(sketches: Iterable[Sketch]) -> dict[str, Type]:
    return {sketch.name: sketch.type for sketch in sketches}


def around(
    steps: Mapping[str, Iterable[Sketch]],
    all_steps: Iterable[str],
    look_ups: Mapping[str, Record],
    papers: Iterable[str],
    fees: Iterable[str],
    positions: Iterable[str],
    consulted: Collection[str] = (),
    appointed: Collection[str] = (),
) -> dict[str, Type]:
    """The names beside the form's own pages. Every part of a record may be absent; only `case` is always there."""
    return {
        "case": Record({"channel": Choice(frozenset(CHANNELS)), "filed_on": DATE, "filed_by_agent": BOOL}),
        "step": Record({name: _step(steps.get(name, ()), name in consulted, name in appointed) for name in all_steps}),
        "known": Record(look_ups),
        "paper": Record({name: Record({"issued_on": DATE}) for name in papers}),
        "fee": Record({name: Record({"amount": INT, "paid": BOOL}) for name in fees}),
        "agency": Record(dict.fromkeys(positions, _AGENCY)),
    }


def _step(sketches: Iterable[Sketch], consults: bool, appoints: bool) -> Record:
    own: dict[str, Type] = {"answers": ListOf(_OPINION)} if consults else {"slot": MOMENT} if appoints else {}
    return Record({**pages(sketches), **own, "started_on": DATE, "done_on": DATE})


def register_answers(registers: Node | None) -> dict[str, Record]:
    """What each register answers, by its id (`procedures/registers.yaml`)."""
    found: dict[str, Record] = {}
    for item in registers.each("registers") if registers else []:
        answers = item.get("answers") or item.get("answer")
        fields = {key: _answer(child) for key, child in answers.items()} if answers else {}
        found[str(item.value("id"))] = Record(fields)
    return found


def _answer(node: Node) -> Type:
    kind = node.value("type") if isinstance(node.data, Mapping) else node.data
    if kind == "list":
        return ListOf(TEXT)
    if isinstance(node.data, Mapping) and node.value("format") == "date":
        return DATE
    return _REGISTER_TYPES.get(str(kind), TEXT)
