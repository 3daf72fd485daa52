"""Whom a head can pick, and who was picked where the case stands. Called by desk_case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from motcua.casework.pick_officer import as_officer
from motcua.domain.acts import assigning
from motcua.domain.acts.entering import agency_at
from motcua.domain.case import Case
from motcua.domain.expression import Uncomputed
from motcua.domain.people import Officer, name_order
from motcua.domain.problems import Problem
from motcua.domain.workflow import Step
from motcua.store.books import Books
from motcua.web.controls import Wrong


@dataclass
class Picked:
    """A step at which the case stands, given to an officer; `among` are the others, where whoever looks may pick anew.
    `away`: he cannot do it any more.
    """

    step: Step
    login: str
    name: str
    away: bool
    among: tuple[Officer, ...] = ()
    wrongs: list[Wrong] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def show(self, problems: Iterable[Problem], lang: str) -> None:
        """What was wrong beside the choice, and at the top of the page in the same words."""
        for problem in problems:
            self.errors["picks"] = problem.message(lang)
            self.wrongs.append(Wrong(f"picks-{self.step.id}", problem.message(lang)))


def candidates(books: Books, case: Case, steps: tuple[str, ...]) -> tuple[Officer, ...]:
    """Who could do all of these steps, in the order of names."""
    wanted = [case.step(step) for step in steps]
    try:
        agencies = {agency_at(case, step) for step in wanted}
        accounts = [
            a for agency in agencies if agency for a in books.accounts.officers(agency) if a.disabled_at is None
        ]
        officers = [who for who in map(as_officer, accounts) if all(assigning.candidate(case, s, who) for s in wanted)]
    except Uncomputed:
        return ()
    return tuple(sorted(officers, key=lambda who: name_order(who.name)))


def picked(books: Books, case: Case, by: Officer, now: datetime) -> list[Picked]:
    """Every step at which the case stands and that was given to somebody."""
    found = []
    for here in case.state.active:
        login = case.state.picked.get(here.step)
        if login is None or case.step(here.step).role is None:
            continue
        able = candidates(books, case, (here.step,))
        account = books.accounts.officer(login)
        among = tuple(who for who in able if who.login != login) if assigning.heads(case, by, here.step) else ()
        away = login not in {who.login for who in able}
        found.append(Picked(case.step(here.step), login, account.name if account else login, away, among))
    return found
