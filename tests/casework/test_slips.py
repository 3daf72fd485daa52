"""Slips of the shipped catalog: issued with the act, numbered by agency, form and year, and printed as they were
issued.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.casework.commune import ELSEWHERE, Commune

from motcua.casework.issuing import stationery
from motcua.domain.refusals import Closed


def printed(commune: Commune, ref: str) -> str:
    """What a person reads on the newest slip of a case, on one line."""
    slip = commune.seen(ref).slips[-1]
    pages = PdfReader(BytesIO(commune.office.printer.pdf(slip))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def number(commune: Commune, ref: str) -> str:
    return commune.seen(ref).slips[-1].number


def asked(commune: Commune) -> str:
    ref = commune.filed_at_once()
    commune.act(commune.desk, ref, "tiep_nhan", "bo_sung", reason="Giấy chứng sinh mờ.", asks=["paper.giay_chung_sinh"])
    return ref


def accepted_and_rolled_back(commune: Commune) -> None:
    """Everything of an acceptance, its number too, and then it fails."""
    ref = commune.filed_at_once()
    with commune.office.store.transaction() as books:
        record = books.cases.get(ref)
        case = replace(commune.office.case(record), stationery=stationery(commune.office, books, record, commune.desk))
        case.complete("tiep_nhan", "tiep_nhan", by=commune.desk, at=commune.office.now(), take=books.counters.take)
        raise Closed()


def accepted(commune: Commune) -> str:
    ref = commune.filed_at_once()
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    return ref


def test_each_form_counts_from_one_and_an_act_that_is_rolled_back_leaves_no_gap(commune: Commune) -> None:
    assert [number(commune, accepted(commune)), number(commune, asked(commune))] == ["1/BPTNTKQ", "1/HDHS"]
    with pytest.raises(Closed):
        accepted_and_rolled_back(commune)
    assert number(commune, accepted(commune)) == "2/BPTNTKQ"


def test_another_agency_and_another_year_count_from_one(commune: Commune) -> None:
    assert number(commune, accepted(commune)) == "1/BPTNTKQ"
    elsewhere = commune.submit(commune.draft_at_once(picks=ELSEWHERE)).ref
    commune.act(commune.elsewhere, elsewhere, "tiep_nhan", "tiep_nhan")
    assert number(commune, elsewhere) == "1/BPTNTKQ"
    commune.at(datetime(2027, 1, 4, 8, 0))
    assert number(commune, accepted(commune)) == "1/BPTNTKQ"


def test_the_receipt_says_what_came_and_when_the_result_is_due(commune: Commune) -> None:
    text = printed(commune, accepted(commune))
    for line in (
        "Số: 1/BPTNTKQ",
        "Mã hồ sơ: H56.102-261005-0001",
        "Tiếp nhận hồ sơ của ông/bà, tổ chức: Đỗ Thị Hạnh",
        "Số điện thoại: 0912 000 101",
        "Giấy chứng sinh",
        "Thời gian nhận hồ sơ: 08 giờ 00 phút, ngày 05/10/2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 05/10/2026",
        "Nguyễn Thị Lan",
    ):
        assert line in text, line


def test_a_slip_prints_the_same_after_the_applicant_has_moved_and_the_case_has_ended(commune: Commune) -> None:
    ref = accepted(commune)
    slip = commune.seen(ref).slips[0]
    first = commune.office.printer.pdf(slip)
    with commune.office.store.transaction() as books:
        books.accounts.change(commune.citizen.id, phone="+84912000999", profile={"noi_cu_tru": "Nơi khác"})
    commune.act(commune.examiner, ref, "tham_tra", "khong_dat", reason="Đã đăng ký ở nơi khác.")
    again = commune.seen(ref).slips
    assert [one.form for one in again] == ["01", "03"]
    assert (again[0], commune.office.printer.pdf(again[0])) == (slip, first)
