"""Which agency fills a position of a procedure for these answers (`agencies:`). Called at filing and when a step is
entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from motcua.domain.agency import Agencies, Agency, Position
from motcua.domain.rows import Rows
from motcua.domain.values import Facts


def resolve(
    positions: Mapping[str, Rows[Position]],
    name: str,
    facts: Facts,
    agencies: Agencies,
    on: date,
    picked: Mapping[str, str],
) -> str | None:
    """The agency's id, or None where none is competent or the applicant has not picked one. May read answers
    (AbsentRead).
    """
    rule = positions[name].choose(facts, on).value
    if rule.picked_by is not None:
        return picked.get(name)
    if rule.position is not None:
        return resolve(positions, rule.position, facts, agencies, on, picked)
    if rule.agency is not None:
        found = agencies.by_id.get(rule.agency)
    elif rule.above is not None:
        below = resolve(positions, rule.above, facts, agencies, on, picked)
        found = _first(agencies.above(below, kind, on) for kind in rule.kinds) if below else None
    elif rule.area is not None:
        area = str(facts.evaluate(rule.area))
        found = _first(agencies.competent(kind, area, on) for kind in rule.kinds)
    else:
        only = _of_kinds(rule, agencies, on)
        found = only[0] if len(only) == 1 else None
    return found.id if found and found.in_force(on) else None


def offered(
    positions: Mapping[str, Rows[Position]], name: str, facts: Facts, agencies: Agencies, on: date
) -> list[str]:
    """Among which agencies the applicant may pick; empty where there is nothing to pick."""
    rule = positions[name].choose(facts, on).value
    return [agency.id for agency in _of_kinds(rule, agencies, on)] if rule.picked_by else []


def _of_kinds(rule: Position, agencies: Agencies, on: date) -> list[Agency]:
    return [agency for kind in rule.kinds for agency in agencies.of_kind(kind, on)]


def _first(found: Iterable[Agency | None]) -> Agency | None:
    return next((agency for agency in found if agency is not None), None)
