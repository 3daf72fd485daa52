"""Files belong to a draft and then to its case; notices are put once and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from tests.store.racers import EDITION, MONDAY, at_step, filed, people_and_rules

from motcua.domain.refusals import NotThere
from motcua.store import Store
from motcua.store.uploads import Upload


def uploaded(store: Store) -> Upload:
    hue = people_and_rules(store)
    with store.transaction() as books:
        draft = books.drafts.start(hue, "khai_sinh", EDITION, channel="online", now=MONDAY)
        name = "Đơn xin xác nhận của bà Đặng.pdf"
        upload = Upload("u1", hue, "giay_chung_sinh", name, "application/pdf", 5, "0" * 64, MONDAY, draft=draft.id)
        books.uploads.add(upload)
    return upload


def test_a_file_of_a_draft_is_handed_over_to_its_case(store: Store) -> None:
    upload = uploaded(store)
    draft = upload.draft or ""
    with store.transaction() as books:
        assert books.uploads.of_draft(draft) == (upload,)
        assert books.uploads.size_of_draft(draft) == 5
        case = books.cases.add(filed(upload.account, "1"), at_step())
        books.uploads.hand_over(draft, case.ref, ["u1"])
    with store.reading() as books:
        assert books.uploads.of_case(case.ref) == (replace(upload, case=case.ref),)
        assert books.uploads.get("u1").name == "Đơn xin xác nhận của bà Đặng.pdf"
        assert books.uploads.ids() == {"u1"}


def test_a_file_that_is_not_the_drafts_cannot_be_handed_over(store: Store) -> None:
    upload = uploaded(store)
    case = filed(upload.account, "1")
    with store.transaction() as books:
        books.cases.add(case, at_step())
    with pytest.raises(NotThere), store.transaction() as books:
        books.uploads.hand_over(upload.draft or "", case.ref, ["u1", "somebody elses"])
    with store.reading() as books:
        assert books.uploads.get("u1").case is None


def test_a_file_can_be_taken_out_of_a_draft_but_not_out_of_a_case(store: Store) -> None:
    upload = uploaded(store)
    draft = upload.draft or ""
    with store.transaction() as books:
        assert not books.uploads.drop("u1", "another draft")
        case = books.cases.add(filed(upload.account, "1"), at_step())
        books.uploads.add(replace(upload, id="u2"))
        books.uploads.hand_over(draft, case.ref, ["u1"])
        assert not books.uploads.drop("u1", draft)
        assert books.uploads.drop("u2", draft)
        assert books.uploads.ids() == {"u1"}


def test_a_file_belongs_to_something(store: Store) -> None:
    upload = uploaded(store)
    with pytest.raises(IntegrityError), store.transaction() as books:
        books.uploads.add(replace(upload, id="u3", draft=None))


def test_a_notice_is_put_once_and_stays_new_until_it_is_read(store: Store) -> None:
    hue = people_and_rules(store)
    with store.transaction() as books:
        for _ in range(2):
            books.notices.put("k1", hue, subject="Đã tiếp nhận", text="Hồ sơ số 1", at=MONDAY)
        books.notices.put("k2", hue, subject="Có kết quả", text="Hồ sơ số 1", at=MONDAY + timedelta(days=1))
    with store.transaction() as books:
        assert [n.subject for n in books.notices.of(hue)] == ["Có kết quả", "Đã tiếp nhận"]
        assert books.notices.unread(hue) == 2
        books.notices.read(hue + 1, MONDAY)
        assert books.notices.unread(hue) == 2
        books.notices.read(hue, MONDAY)
        assert books.notices.unread(hue) == 0
        assert books.notices.of(hue + 1) == ()
