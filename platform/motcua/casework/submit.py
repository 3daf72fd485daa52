"""A citizen files: once, however often the button is pressed. Called by web/citizen."""

from __future__ import annotations

from motcua.casework.entered import Entered
from motcua.casework.saving import messages, standing
from motcua.domain.case import Case
from motcua.domain.filing import Filing, Judged, file, judge
from motcua.domain.refusals import Incorrect
from motcua.domain.problems import Problem
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.cases import CaseRecord, new_ref
from motcua.store.drafts import Draft


def filing_of(office: Office, draft: Draft) -> Filing:
    """What this draft would send, with what the registers answer."""
    entered = Entered.of(draft)
    return Filing(entered.pages, draft.channel, draft.papers, entered.picked, known={})


def judge_draft(office: Office, draft: Draft) -> Judged:
    """The draft as its answers stand today: what is asked, needed, owed and wrong. A draft is judged under the live edition."""
    procedure = office.catalog.edition(draft.edition)
    return judge(procedure, office.catalog.province, filing_of(office, draft), office.now())


def submit(office: Office, draft: str, account: Account, *, declared: bool) -> CaseRecord:
    """File a draft; answers with the case that it became, at the first press and at every later one.

    Raises Incorrect with every problem; without the declaration of truth (article 22.1 of the regulation) nothing is sent.
    """
    now = office.now()
    with office.store.transaction() as books:
        kept = books.drafts.get(draft, account.id)
        if kept.case is not None:
            return books.cases.get(kept.case)
        if not declared:
            raise Incorrect([Problem("declaration", "declaration")])
        procedure, filing = office.catalog.edition(kept.edition), filing_of(office, kept)
        ref = new_ref()
        case = file(
            procedure, office.catalog.province, filing, ref=ref, by=f"citizen:{account.id}", at=now, take=books.counters.take
        )
        record = books.cases.add(_record(case, kept, account), standing(case), messages(office, case, account))
        uploads = [upload for given in case.state.papers.values() for upload in given["files"]]
        books.uploads.hand_over(kept.id, ref, uploads)
        books.drafts.submitted(kept, ref, now)
    return record


def _record(case: Case, draft: Draft, account: Account) -> CaseRecord:
    return CaseRecord(
        ref=case.ref,
        number=case.number,
        procedure=draft.procedure,
        edition=draft.edition,
        receives=case.state.positions["receives"],
        applicant=account.id,
        applicant_name=account.name,
        channel=case.state.channel,
        filed_on=case.state.filed_on,
        events=case.events,
        draft=draft.id,
    )
