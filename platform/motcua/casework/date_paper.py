"""A citizen says on which day a paper was issued, for papers that must not be too old. Called by web/citizen."""

from __future__ import annotations

from dataclasses import replace

from motcua.casework.judged_draft import judge_draft
from motcua.domain.refusals import NotThere
from motcua.office import Office
from motcua.store.drafts import Draft


def date_paper(office: Office, draft: str, account: int, paper: str, said: str) -> Draft:
    """Kept as typed, right or wrong: nothing entered is lost. Raises NotThere for a paper whose day is not asked."""
    with office.store.reading() as books:
        judged = judge_draft(office, books.drafts.get(draft, account))
    if not any(asked.key == paper and asked.paper.issued_within for asked in judged.papers):
        raise NotThere()
    with office.store.transaction() as books:
        kept = books.drafts.get(draft, account)
        papers = {**kept.papers, paper: {**kept.papers.get(paper, {}), "issued_on": said.strip()}}
        return books.drafts.save(replace(kept, papers=papers), office.now())
