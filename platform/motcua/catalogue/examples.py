"""The examples beside a procedure: read, played and compared. Called by `proving`, and by cli.py for `try --example`.

An example's expectations are counted by hand; the check says which of them the catalog does not meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.binding.node import Node, Reports
from motcua.catalogue.playing import Applicant, BadEvent, Played, play
from motcua.catalogue.tried import report
from motcua.domain.answers import read_moment
from motcua.domain.expression import Uncomputed
from motcua.domain.money import money_of
from motcua.domain.procedure import Procedure, Province
from motcua.domain.refusals import Refused


@dataclass(frozen=True)
class Example:
    id: str
    applicant: Applicant
    expect: Node | None
    node: Node


def examples_file(procedure_file: str) -> str:
    return procedure_file.removesuffix(".yaml") + ".examples.yaml"


def read_examples(data: Any, file: str, reports: Reports) -> Iterator[Example]:
    """Every example of a file whose moment can be read; what cannot is told."""
    for node in Node(data, file, (), reports).elements():
        try:
            at = read_moment(str(node.value("at")))
        except ValueError:
            (node.get("at") or node).error("C523", value=str(node.value("at")))
            continue
        applicant = Applicant(
            at=at,
            channel=str(node.value("channel", "online")),
            answers=node.value("answers", {}),
            known=node.value("known", {}),
            picked=node.value("agencies", {}),
            events=node.value("events", []),
        )
        yield Example(str(node.value("id")), applicant, node.get("expect"), node)


def prove(example: Example, procedure: Procedure, province: Province) -> None:
    """Play an example and tell every expectation that is not met, at its place."""
    try:
        played = play(procedure, province, example.applicant)
    except BadEvent as bad:
        (example.node.get("events") or example.node).error("C521", example=example.id, event=str(bad))
    except (Uncomputed, Refused) as no:
        example.node.error("C522", example=example.id, reason=str(no))
    else:
        _compare(example, played)


def _compare(example: Example, played: Played) -> None:
    said = report(played)
    expect = example.expect
    if expect is None:
        return
    if "problems" not in expect:
        wrong = [p for p in said["problems"] if p["level"] == "error"]
        if wrong:
            found = "; ".join(f"{p['field']}: {p['message']}" for p in wrong)
            expect.error("C524", example=example.id, problems=found)
            return
    for key, node in expect.items():
        got, wanted = _pair(key, node, said)
        if got != wanted:
            node.error("C520", example=example.id, key=key, expected=_shown(wanted), got=_shown(got))


def _pair(key: str, node: Node, said: dict[str, Any]) -> tuple[Any, Any]:
    """What came out and what was expected, comparable."""
    got, wanted = said.get(key), node.data
    if key == "papers":
        return sorted(p["id"] for p in got or ()), sorted(wanted or ())
    if key == "fee_total":
        return got, wanted if isinstance(wanted, int) else money_of(str(wanted))
    if key == "due":
        return got, read_moment(str(wanted)).isoformat() if wanted is not None else None
    if key == "limits":
        ends = {limit["id"]: limit["due"] for limit in got or ()}
        return ({k: ends.get(k) for k in wanted}, {k: v and read_moment(str(v)).isoformat() for k, v in wanted.items()})
    if key == "fees":
        amounts = {fee["id"]: fee["amount"] for fee in got or ()}
        return (
            {k: amounts.get(k) for k in wanted},
            {k: v if isinstance(v, int) else money_of(str(v)) for k, v in wanted.items()},
        )
    if key == "problems":
        return sorted({p["field"] for p in got or () if p["level"] == "error"}), sorted(wanted or ())
    return got, wanted


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    return "không có" if value is None else str(value)
