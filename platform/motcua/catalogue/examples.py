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
from motcua.domain.answers import read_date, read_moment
from motcua.domain.expression import Uncomputed
from motcua.domain.filing import ALL
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
            papers=_attached(node.value("papers")),
            by_agent=bool(node.value("by_agent", False)),
        )
        yield Example(str(node.value("id")), applicant, node.get("expect"), node)


def _attached(papers: Any) -> Any:
    """What the applicant attaches, each perhaps with its day of issue; all that is asked where nothing is said."""
    if papers is None:
        return ALL
    return {key: {"files": [ALL], **_issued(paper)} for key, paper in papers.items()}


def _issued(paper: Any) -> dict[str, str]:
    day = paper.get("issued_on") if isinstance(paper, dict) else None
    return {"issued_on": str(day)} if day else {}


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
        try:
            got, wanted = _pair(key, node.data, said)
        except ValueError:
            node.error("C525", example=example.id, key=key, value=_shown(node.data))
            continue
        if got != wanted:
            node.error("C520", example=example.id, key=key, expected=_shown(wanted), got=_shown(got))


def _pair(key: str, wanted: Any, said: dict[str, Any]) -> tuple[Any, Any]:
    """What came out and what was expected, comparable. Raises ValueError where an expectation cannot be read."""
    got = said.get(key)
    if key == "papers":
        return _papers(got or [], wanted or [])
    if key == "fee_total":
        return got, _money(wanted)
    if key == "due":
        return got, _moment(wanted)
    if key == "limits":
        ends = {limit["id"]: limit["due"] for limit in got or ()}
        return {name: ends.get(name) for name in wanted}, {name: _moment(end) for name, end in wanted.items()}
    if key == "fees":
        amounts = {fee["id"]: fee["amount"] for fee in got or ()}
        return {name: amounts.get(name) for name in wanted}, {name: _money(sum_) for name, sum_ in wanted.items()}
    if key == "values":
        return {name: _plain((got or {}).get(name), want) for name, want in wanted.items()}, wanted
    if key == "problems":
        return sorted({p["field"] for p in got or () if p["level"] == "error"}), sorted(wanted or ())
    if key == "agencies":
        return {name: (got or {}).get(name) for name in wanted}, wanted
    return got, wanted


def _plain(value: Any, wanted: Any) -> Any:
    """A value as an editor writes it: a day as dd/mm/yyyy, money and numbers with dots or without."""
    try:
        if isinstance(value, int) and isinstance(wanted, str):
            return wanted if value == money_of(wanted) else value
        return wanted if value == read_date(str(wanted)).isoformat() else value
    except ValueError:
        return value


def _money(written: Any) -> int | None:
    return None if written is None else written if isinstance(written, int) else money_of(str(written))


def _moment(written: Any) -> str | None:
    return None if written is None else read_moment(str(written)).isoformat()


def _papers(got: list[dict[str, Any]], wanted: list[Any]) -> tuple[list[str], list[str]]:
    """A paper is expected by its id, or as `{id, originals, copies}` with the keys that are to be compared."""
    keys = {str(w.get("id")): [k for k in w if k != "id"] for w in wanted if isinstance(w, dict)}
    said = [_paper(p, keys.get(p["id"], [])) for p in got]
    return sorted(said), sorted(_paper(w, keys[str(w.get("id"))]) if isinstance(w, dict) else str(w) for w in wanted)


def _paper(paper: dict[str, Any], keys: list[str]) -> str:
    return " ".join([str(paper.get("id")), *(f"{key}={paper.get(key)}" for key in sorted(keys))])


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    return "không có" if value is None else str(value)
