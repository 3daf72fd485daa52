"""A citizen attaches a file to a draft, for one of the papers that are asked. Called by web/citizen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motcua.casework.judged_draft import judge_draft
from motcua.domain.paper import PaperAsked
from motcua.domain.problems import Problem
from motcua.domain.refusals import Incorrect, NotThere
from motcua.domain.text import Text
from motcua.gateways.upload.check import KINDS, check_upload
from motcua.office import Office
from motcua.store.drafts import Draft
from motcua.store.uploads import Upload

#: files of one draft
MOST_FILES = 60
FULL = Text(
    "Hồ sơ này đã đủ {files} tệp hoặc {mb} MB. Hãy xoá bớt tệp không cần rồi gửi lại.",
    "This case holds {files} files or {mb} MB already. Remove what is not needed and send the file again.",
)


def attach(office: Office, draft: str, account: int, paper: str, name: str, data: bytes) -> Draft:
    """Keep one file: its bytes first, so that a row never names a file that is not there.

    Raises Incorrect with what is wrong with the file, NotThere for a paper that is not asked, Closed, Busy.
    """
    with office.store.reading() as books:
        judged = judge_draft(office, books.drafts.get(draft, account))
    asked = next((p for p in judged.papers if p.key == paper), None)
    if asked is None:
        raise NotThere()
    clean, kind = _checked(office, asked, name, data)
    stored = office.files.put(data)
    try:
        with office.store.transaction() as books:
            kept = books.drafts.get(draft, account)
            before = books.uploads.of_draft(draft)
            full = sum(u.size for u in before) + stored.size > office.settings.draft_bytes
            if full or len(before) >= MOST_FILES:
                raise _wrong(asked, _full(office))
            saved = books.drafts.save(replace(kept, papers=with_file(kept.papers, paper, stored.id)), office.now())
            books.uploads.add(
                Upload(stored.id, account, paper, clean, kind, stored.size, stored.sha256, office.now(), draft)
            )
    except BaseException:
        office.files.drop(stored.id)
        raise
    return saved


def _checked(office: Office, asked: PaperAsked, name: str, data: bytes) -> tuple[str, str]:
    accepts = asked.paper.files or tuple(KINDS)
    verdict = check_upload(name, data, accepts=accepts, most_bytes=office.settings.upload_bytes)
    if verdict.type is None:
        raise _wrong(asked, Text(verdict.message("vi"), verdict.message("en")))
    return verdict.name, verdict.type


def _wrong(asked: PaperAsked, text: Text) -> Incorrect:
    return Incorrect([Problem(f"paper.{asked.key}", "check", text=text)])


def _full(office: Office) -> Text:
    most = {"files": MOST_FILES, "mb": office.settings.draft_bytes // 1024 // 1024}
    return Text(FULL.vi.format_map(most), (FULL.en or "").format_map(most))


def with_file(papers: Mapping[str, Any], paper: str, upload: str) -> dict[str, Any]:
    given = papers.get(paper, {})
    return {**papers, paper: {**given, "files": [*given.get("files", ()), upload]}}
