"""A case opened to act on it: as it stands now, with what is at hand to issue slips, the theme's forms and the
applicant as he is known now. Used by the verbs.
"""

from __future__ import annotations

from dataclasses import replace

from motcua.domain.case import Case
from motcua.domain.people import Officer
from motcua.domain.slip import Applicant, Stationery
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.cases import CaseRecord


def opened(office: Office, books: Books, record: CaseRecord, by: Officer | None = None) -> Case:
    """What ran out until now has had its effect, and its slips their numbers: whoever opens it saves it."""
    case = replace(office.case(record), stationery=stationery(office, books, record, by))
    return case.advance(office.now())


def stationery(office: Office, books: Books, record: CaseRecord, by: Officer | None = None) -> Stationery:
    """Without an officer it is the clock, or the applicant, that makes a slip necessary."""
    who = books.accounts.get(record.applicant)
    applicant = Applicant(record.applicant_name, phone=who.phone or "", email=who.email or "")
    officer = by.name if by else ""
    return replace(office.stationery, applicant=applicant, officer=officer, take=books.counters.take)
