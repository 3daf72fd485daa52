"""A citizen files: once, however often the button is pressed. Called by web/citizen."""

from __future__ import annotations

from motcua.casework.judged_draft import JudgedDraft, judge_draft
from motcua.casework.saving import standing
from motcua.casework.telling import messages
from motcua.domain.case import Case
from motcua.domain.filing import file
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotThere
from motcua.domain.text import Text
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.books import Books
from motcua.store.cases import CaseRecord, new_ref
from motcua.store.drafts import Draft

UNDECLARED = Text(
    "Hãy đọc và đánh dấu vào ô cam đoan.",
    "Read the declaration and tick its box.",
)
LAW_CHANGED = Text(
    "Quy định của thủ tục vừa thay đổi. Hãy xem lại những gì khác đi dưới đây rồi nộp.",
    "The rules of this procedure have just changed. See what is different below, then submit.",
)
DRAFT_CHANGED = Text(
    "Hồ sơ vừa được sửa ở một cửa sổ khác. Hãy xem lại nội dung dưới đây rồi nộp.",
    "The case was changed in another window. Check it again below, then submit.",
)


def submit(
    office: Office, draft: str, account: Account, *, declared: bool, edition: str | None = None, seen: int | None = None
) -> CaseRecord:
    """File a draft; answers with the case that it became, at the first press and at every later one.

    `edition` and `seen` are the law and the draft's version that were shown: only what was shown is filed. Raises
    Incorrect with every problem; without the declaration of truth (article 22.1 of the regulation) nothing is sent.
    """
    judged = _judged_before(office, draft, account)
    with office.store.transaction() as books:
        kept = books.drafts.get(draft, account.id)
        if kept.case is not None:
            return books.cases.get(kept.case)
        if kept.supplements is not None:
            raise NotThere()
        if judged is None or judged.draft.version != kept.version:  # it was saved meanwhile
            judged = judge_draft(office, kept)
        problems = [*_not_as_shown(judged, edition, seen, declared), *judged.judged.problems]
        if any(problem.stops for problem in problems):
            raise Incorrect(problems)
        return _file(office, books, judged, account)


def _judged_before(office: Office, draft: str, account: Account) -> JudgedDraft | None:
    """The rules take longer than the writing: they are asked before everybody else has to wait for this filing."""
    with office.store.reading() as books:
        kept = books.drafts.get(draft, account.id)
    return judge_draft(office, kept) if kept.case is None and kept.supplements is None else None


def _not_as_shown(judged: JudgedDraft, edition: str | None, seen: int | None, declared: bool) -> list[Problem]:
    found = []
    if edition is not None and edition != judged.edition:
        found.append(Problem("", "check", text=LAW_CHANGED))
    elif seen is not None and seen != judged.draft.version:
        found.append(Problem("", "check", text=DRAFT_CHANGED))
    if not declared:
        found.append(Problem("declaration", "check", text=UNDECLARED))
    return found


def _file(office: Office, books: Books, judged: JudgedDraft, account: Account) -> CaseRecord:
    draft, ref = judged.draft, new_ref()
    case = file(
        judged.procedure,
        office.catalog.province,
        judged.filing,
        ref=ref,
        by=f"citizen:{account.id}",
        at=judged.at,
        take=books.counters.take,
        judged=judged.judged,
    )
    record = _record(case, draft, judged.edition, account)
    record = books.cases.add(record, standing(case), messages(office, books, case, account))
    uploads = [upload for given in case.state.papers.values() for upload in given["files"]]
    books.uploads.hand_over(draft.id, ref, uploads)
    books.drafts.submitted(draft, ref, judged.at)
    return record


def _record(case: Case, draft: Draft, edition: str, account: Account) -> CaseRecord:
    return CaseRecord(
        ref=case.ref,
        number=case.number,
        procedure=draft.procedure,
        edition=edition,
        receives=case.state.positions["receives"],
        applicant=account.id,
        applicant_name=account.name,
        channel=case.state.channel,
        filed_on=case.state.filed_on,
        events=case.events,
        draft=draft.id,
    )
