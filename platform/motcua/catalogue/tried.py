"""What `try` prints: an applicant's outcome as plain data. Called by cli.py and by the examples' check."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from motcua.catalogue.playing import Played
from motcua.domain import answers as typed
from motcua.domain.case_clock import LimitState
from motcua.domain.expression import Uncomputed


def report(played: Played, lang: str = "vi") -> dict[str, Any]:
    """`due` is ISO 8601 with offset, null while the clock stands or has not begun; money is whole đồng."""
    case = played.case
    papers = case.papers if case else played.judged.papers
    fees = case.fees if case else played.judged.fees
    limits = case.limits(played.at) if case else []
    main = case.procedure.main_limit if case else None
    due = next((state.due for state in limits if main and state.limit.id == main.id), None)
    return {
        "problems": [
            {"field": p.field, "code": p.code, "level": p.level, "message": p.message(lang)} for p in played.problems
        ],
        "papers": [
            {"id": p.key, "name": p.name.in_(lang), "originals": p.original, "copies": p.copies} for p in papers
        ],
        "fees": [
            {
                "id": line.fee.id,
                "name": line.fee.name.in_(lang),
                "kind": line.fee.kind,
                "amount": line.amount,
                "fallen_due": line.due,
                "refunded": line.refunded,
                "why": line.why.in_(lang) if line.why else None,
            }
            for line in fees
        ],
        "fee_total": case.fee_total if case else 0,
        "due": due.isoformat() if due else None,
        "limits": [_limit(state, played, lang) for state in limits],
        "number": case.number if case else None,
        "agencies": dict(case.state.positions) if case else dict(played.judged.positions),
        "route": list(case.state.route) if case else [],
        "values": _values(played),
        "slips": [n.removeprefix("slip.") for e in case.events for n in e.names if n.startswith("slip.")]
        if case
        else [],
        "outcome": case.state.outcome if case else None,
    }


def _values(played: Played) -> dict[str, Any]:
    """Every named value that can be computed by now."""
    found: dict[str, Any] = {}
    facts = played.case.facts if played.case else played.judged.settled.facts
    for value in facts.values:
        try:
            said = facts.value(value.id)
            found[value.id] = str(said) if isinstance(said, Fraction) else typed.plain(said)
        except Uncomputed:
            found[value.id] = None
    return found


def _limit(state: LimitState, played: Played, lang: str) -> dict[str, Any]:
    return {
        "id": state.limit.id,
        "start": state.start.isoformat(),
        "due": state.due.isoformat() if state.due else None,
        "met": state.met.isoformat() if state.met else None,
        "late": state.late(played.at),
        "why": [line.text(lang) for line in state.deadline.ledger],
    }
