"""A citizen takes a file out of a draft again, or throws the whole draft away. Called by web/citizen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motcua.domain.refusals import Closed, NotThere
from motcua.office import Office


def detach(office: Office, draft: str, account: int, paper: str, upload: str) -> None:
    """The row goes first, the bytes after it. What is gone already is no mistake. Raises NotThere, Closed."""
    with office.store.transaction() as books:
        kept = books.drafts.get(draft, account)
        gone = books.uploads.drop(upload, draft)
        if gone:
            books.drafts.save(replace(kept, papers=without_file(kept.papers, paper, upload)), office.now())
    if gone:
        office.files.drop(upload)


def drop_draft(office: Office, draft: str, account: int) -> None:
    """Everything that was entered and attached, for ever. Raises Closed when it was sent; what is gone is gone."""
    try:
        with office.store.transaction() as books:
            if books.drafts.get(draft, account).case is not None:
                raise Closed()
            uploads = [u.id for u in books.uploads.of_draft(draft) if books.uploads.drop(u.id, draft)]
            books.drafts.drop(draft, account)
    except NotThere:
        return
    for upload in uploads:
        office.files.drop(upload)


def without_file(papers: Mapping[str, Any], paper: str, upload: str) -> dict[str, Any]:
    given = papers.get(paper, {})
    return {**papers, paper: {**given, "files": [file for file in given.get("files", ()) if file != upload]}}
