"""A citizen sends what a supplement asked for, or the papers that the workflow waits for: only the named parts, once.
Called by web/citizen.
"""

from __future__ import annotations

from motcua.casework.entered import Entered
from motcua.casework.issuing import opened
from motcua.casework.saving import save
from motcua.casework.submit import UNDECLARED
from motcua.domain.acts import sending
from motcua.domain.case import Case
from motcua.domain.problems import Problem
from motcua.domain.refusals import Closed, Incorrect, NotThere
from motcua.office import Office
from motcua.store.accounts import Account


def answer_supplement(office: Office, draft: str, account: Account, *, declared: bool) -> Case:
    """At every later press: the case as it is. Raises Incorrect with every problem, Closed when the window has run out,
    Stale when the case moved meanwhile.
    """
    now = office.now()
    with office.store.transaction() as books:
        kept = books.drafts.get(draft, account.id)
        if kept.supplements is None:
            raise NotThere()
        record = books.cases.get(kept.supplements)
        if kept.case is not None:
            return office.case(record)
        case = opened(office, books, record)
        if sending.asked_of(case) is None:
            raise Closed()
        if not declared:
            raise Incorrect([Problem("declaration", "check", text=UNDECLARED)])
        by = f"citizen:{account.id}"
        if case.state.asked is not None:
            case = case.supply(Entered.of(kept).pages, kept.papers, by=by, at=now)
        else:
            case = case.send(kept.papers, by=by, at=now)
        sent = {file for given in case.state.papers.values() for file in given["files"]}
        uploads = [u.id for u in books.uploads.of_draft(kept.id) if u.id in sent]
        save(office, books, record, case)
        books.uploads.hand_over(kept.id, record.ref, uploads)
        books.drafts.submitted(kept, record.ref, now)
    return case
