"""A procedure (thủ tục hành chính) and the law behind it, bound from one edition of the catalog. Everything here is
immutable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.domain.agency import Agencies, Position
from motcua.domain.expression import Expression, Record
from motcua.domain.fee import Fee
from motcua.domain.form import Check, Form
from motcua.domain.formula import Formula
from motcua.domain.paper import Paper
from motcua.domain.rows import Rows
from motcua.domain.text import Text
from motcua.domain.time_limit import TimeLimit
from motcua.domain.values import Values
from motcua.domain.window import Window
from motcua.domain.workflow import Workflow
from motcua.domain.working_calendar import Calendars


@dataclass(frozen=True)
class Result:
    """What the citizen gets (article 11.1.d: attached and numbered)."""

    id: str
    name: Text
    original: Formula | None = None
    copies: Formula | None = None
    number: str | None = None
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()


@dataclass(frozen=True)
class LookUp:
    """A question to a register; every answer may be absent."""

    id: str
    register: str
    of: Expression
    answers: Record
    when: Expression | None = None


@dataclass(frozen=True)
class LegalBasis:
    id: str
    cite: Text
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Notice:
    """A message beside the ones that the regulation asks for (`notices:`)."""

    upon: tuple[str, ...]
    to: tuple[str, ...]
    by: tuple[str, ...]
    message: Text
    when: Expression | None = None
    in_force: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Procedure:
    id: str
    code: str
    name: Text
    sector: str
    levels: tuple[str, ...]
    service: str
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    positions: Mapping[str, Rows[Position]]
    form: Form
    workflow: Workflow
    values: Values
    papers: tuple[Paper, ...] = ()
    fees: tuple[Fee, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    results: tuple[Result, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    looks_up: tuple[LookUp, ...] = ()
    checks: tuple[Check, ...] = ()
    notices: tuple[Notice, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    then: str | None = None
    sets: int = 1
    description: Text | None = None
    requirements: Text | None = None
    decision: Mapping[str, Any] = field(default_factory=dict)
    also_called: tuple[Text, ...] = ()  # in everyday words

    def effective(self, on: date) -> bool:
        """Whether one may file it on a day."""
        after = self.effective_from is None or self.effective_from <= on
        return after and (self.effective_to is None or on <= self.effective_to)

    @property
    def main_limit(self) -> TimeLimit | None:
        """The limit whose end the citizen is told: the one that says so, else the first without `until`."""
        said = next((limit for limit in self.time_limits if limit.main), None)
        return said or next((limit for limit in self.time_limits if not limit.until), None)


@dataclass(frozen=True)
class Province:
    """What stands outside editions, dated: agencies, working calendars, roles, sectors, registers. `answers` is the
    role that speaks for its agency where a workflow names none, `cashier` the one that takes money at the receiving
    agency and gives it back.
    """

    agencies: Agencies
    calendars: Calendars
    roles: Mapping[str, Text]
    sectors: Mapping[str, Text]
    levels: Mapping[str, Text]
    answers: str | None = None
    cashier: str | None = None
