"""What an officer has at hand to issue slips: the theme's forms, and the applicant as he is known now. Used by the
verbs.
"""

from __future__ import annotations

from dataclasses import replace

from motcua.domain.people import Officer
from motcua.domain.slip import Applicant, Stationery
from motcua.office import Office
from motcua.store.books import Books
from motcua.store.cases import CaseRecord


def stationery(office: Office, books: Books, record: CaseRecord, by: Officer) -> Stationery:
    who = books.accounts.get(record.applicant)
    applicant = Applicant(record.applicant_name, phone=who.phone or "", email=who.email or "")
    return replace(office.stationery, applicant=applicant, officer=by.name)
