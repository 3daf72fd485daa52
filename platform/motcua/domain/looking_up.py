"""What a filing asks of the registers, as its answers stand. Pure; the asking itself is casework's. Called by
casework/judged_draft.
"""

from __future__ import annotations

from datetime import date

from motcua.domain import answers as typed
from motcua.domain import asking, case_facts
from motcua.domain.expression import Uncomputed
from motcua.domain.filing import Filing
from motcua.domain.procedure import LookUp, Procedure, Province
from motcua.domain.values import Facts


def questions(procedure: Procedure, province: Province, filing: Filing, on: date) -> list[tuple[LookUp, str]]:
    """Each look-up that these answers ask, with its key. What is hidden, or not answered yet, asks nothing: look-ups
    come after the answers and before everything else (semantics 1).
    """
    if not procedure.looks_up:
        return []
    read, _ = typed.read(procedure.form, filing.answers)
    facts = case_facts.of_filing(
        procedure, province, answers=read, channel=filing.channel, filed_on=on, known={}, by_agent=filing.by_agent
    )
    facts = asking.settle(procedure.form, read, facts).facts
    held = [look_up for look_up in procedure.looks_up if asking.judge(look_up.when, facts)]
    return [(look_up, key) for look_up in held if (key := _key(look_up, facts)) is not None]


def _key(look_up: LookUp, facts: Facts) -> str | None:
    try:
        return str(facts.evaluate(look_up.of)) or None
    except Uncomputed:
        return None
