"""Filing: what a citizen is about to send, judged; and the case that it becomes. Pure; called by casework/submit, the
draft's pages and `try`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.domain import answers as typed
from motcua.domain import asking, case_facts, fee, paper, positions
from motcua.domain.acts import moving
from motcua.domain.case import Case
from motcua.domain.deadline import received
from motcua.domain.expression import Uncomputed
from motcua.domain.judged import Judged
from motcua.domain.numbering import Take, number
from motcua.domain.problems import Problem
from motcua.domain.procedure import Procedure, Province
from motcua.domain.refusals import Incorrect
from motcua.domain.text import Text

#: Every paper is there: how an example says "all that is asked".
ALL = "all"


@dataclass(frozen=True)
class Filing:
    """What is sent, and how. `papers` holds what was attached, by the paper's key (`{"files": [...], "issued_on":
    ...}`); `picked` the agencies that the applicant chose.
    """

    answers: Mapping[str, Any]
    channel: str
    papers: Mapping[str, Any] | str = ALL
    picked: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
    by_agent: bool = False


def judge(procedure: Procedure, province: Province, filing: Filing, at: datetime) -> Judged:
    """All problems at once: unreadable answers, missing ones, broken rules, papers, agencies, channel."""
    on = at.date()
    read, problems = typed.read(procedure.form, filing.answers)
    facts = case_facts.of_filing(
        procedure,
        province,
        answers=read,
        channel=filing.channel,
        filed_on=on,
        known=filing.known,
        by_agent=filing.by_agent,
    )
    given = filing.papers if isinstance(filing.papers, Mapping) else {}
    facts = facts.with_root("paper", paper.issue_days(given))
    settled = asking.settle(procedure.form, read, facts)
    problems = asking.problems(procedure.form, settled, procedure.checks, unread=problems)
    strict = not any(problem.stops for problem in problems)
    if strict:
        settled = asking.settle(procedure.form, read, facts, strict=True)
        asking.prove(procedure.form, settled, procedure.checks)
    found, missing = _positions(procedure, province, settled, filing, at, told=not strict)
    settled_facts = case_facts.with_agencies(settled.facts, province, found)
    settled = asking.Settled(settled.answers, settled.shown, settled_facts)
    needed = paper.asked(procedure.papers, settled_facts, on, strict=strict, given=given)
    lines = [line for item in procedure.fees if (line := fee.estimate(item, settled_facts, on))]
    problems += missing
    if filing.papers != ALL:
        problems += paper.problems(needed, given, settled_facts, on)
    if filing.channel not in procedure.channels:
        problems.append(Problem("channel", "channel"))
    if not procedure.effective(on):
        problems.append(Problem("", "not_effective"))
    return Judged(settled, needed, lines, found, problems)


def _positions(
    procedure: Procedure, province: Province, settled: asking.Settled, filing: Filing, at: datetime, told: bool
) -> tuple[dict[str, str], list[Problem]]:
    """The agencies that can be told from the answers. Where the applicant need not pick, the deciding one receives.

    `told`: an answer that is missing was told already; what hangs on it is not told too.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    rules, on, unknown = procedure.positions, at.date(), set[str]()
    for name in sorted(rules, key=lambda name: name == "receives"):
        try:
            agency = positions.resolve(rules, name, settled.facts, province.agencies, on, filing.picked)
            among = positions.offered(rules, name, settled.facts, province.agencies, on)
        except Uncomputed:
            unknown.add(name)
            continue  # a finding decides it later, or a missing answer is a problem of its own
        if agency is None and name == "receives" and found.get("decides") in among:
            agency = found["decides"]
        if agency is not None and (name not in filing.picked or agency in among):
            found[name] = agency
        elif name in filing.picked or not ((told and unknown) or _told_already(name, procedure, problems)):
            problems.append(_no_agency(name))
    return found, problems


#: What the two positions that every procedure has do; another one is called by its name.
_DOES = {
    "receives": Text("cơ quan tiếp nhận", "receives"),
    "decides": Text("cơ quan giải quyết", "decides"),
}


def _no_agency(position: str) -> Problem:
    return Problem(
        f"agency.{position}", "no_agency", {"title": _DOES.get(position, Text(f"“{position}” của", position))}
    )


def _told_already(position: str, procedure: Procedure, problems: list[Problem]) -> bool:
    """The same agency is missing twice: where nobody was picked, the deciding one would have received."""
    if position != "receives" or not any(p.field == "agency.decides" for p in problems):
        return False
    receives, decides = procedure.positions["receives"], procedure.positions["decides"]
    return receives.rows == decides.rows or any(rule.picked_by for rule in receives.values)


def file(
    procedure: Procedure,
    province: Province,
    filing: Filing,
    *,
    ref: str,
    by: str,
    at: datetime,
    take: Take,
    judged: Judged | None = None,
) -> Case:
    """A case, filed; raises Incorrect with every problem. The number is by the receiving agency and the local day.

    `judged` is what judging this filing at this moment has come to, where the caller knows it already.
    """
    judged = judged or judge(procedure, province, filing, at)
    if not judged.ready:
        raise Incorrect(judged.problems)
    receives = judged.positions.get("receives")
    if receives is None:
        raise Incorrect([_no_agency("receives")])
    agency = province.agencies[receives]
    clocks_start = received(at, province.calendars.of(receives), None)
    given = (
        filing.papers
        if isinstance(filing.papers, Mapping)
        else {p.key: {"files": [ALL]} for p in judged.papers if p.to_attach}
    )
    data: dict[str, Any] = {
        "answers": typed.plain(judged.settled.answers),
        "papers": {p.key: given[p.key] for p in judged.papers if p.key in given},
        "known": typed.plain(filing.known),
        "channel": filing.channel,
        "filed_on": at.date().isoformat(),
        "filed_by_agent": filing.by_agent,
        "positions": dict(judged.positions),
        "moments": {"received": clocks_start.isoformat()},
    }
    blank = Case(
        ref, number(province.agencies.number_template(receives), agency, at.date(), take), procedure, province, ()
    )
    return moving.happen(blank, "filed", by, at, ["received"], data, procedure.workflow.start)
