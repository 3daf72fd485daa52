"""A filing: everything that is wrong with it at once, or a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.small_catalog import moment, pages, problems_of, town

from motcua.domain.refusals import Incorrect

FORM = pages(
    """
    don:
      type: object
      required: [ten]
      properties:
        ten: {type: string, title: Tên}
        so: {type: integer, title: Số}
        bi_mat: {type: string, title: Ẩn, when: has(don.so)}
    """
)
PICKED = "agencies: {receives: {kind: ubnd_xa, picked_by: applicant}, decides: {agency: xa_an}}\n"


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        form=FORM,
        procedure="channels: [online]\npapers: [{id: bang, name: Bằng, original: 1}]\neffective: {from: 01/01/2026}\n",
    )
    wrong = catalog.wrong({"don": {"so": "x"}, "la": {}}, channel="post", papers={}, at="31/12/2025 08:00")
    assert wrong == {
        "don.ten": "required",
        "don.so": "not_number",
        "la": "unknown",
        "paper.bang": "paper_missing",
        "channel": "channel",
        "": "not_effective",
    }


def test_a_wrong_filing_makes_no_case_and_takes_no_number(tmp_path: Path) -> None:
    catalog = town(tmp_path, form=FORM)
    with pytest.raises(Incorrect) as no:
        catalog.file({})
    assert problems_of(no.value) == {"don.ten": "required"}
    assert catalog.serials == {}


def test_what_is_filed_is_what_is_asked_and_as_it_was_typed(tmp_path: Path) -> None:
    case = town(tmp_path, form=FORM).file({"don": {"ten": " Đỗ  An ", "bi_mat": "x"}})
    assert case.state.answers == {"don": {"ten": "Đỗ  An"}}


def test_a_case_begins_at_the_first_step_of_its_workflow_in_the_receiving_agency(tmp_path: Path) -> None:
    case = town(tmp_path, procedure=PICKED).file(picked={"receives": "xa_binh"})
    assert [(a.step, a.agency) for a in case.state.active] == [("tiep_nhan", "xa_binh")]


def test_the_filing_day_is_the_local_day_even_a_rest_day(tmp_path: Path) -> None:
    case = town(tmp_path).file(at="11/10/2026 23:59")
    assert case.state.filed_on == date(2026, 10, 11)


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        ("05/10/2026 08:00", "05/10/2026 08:00"),
        ("05/10/2026 06:00", "05/10/2026 07:30"),
        ("05/10/2026 12:00", "05/10/2026 13:00"),
        ("05/10/2026 17:00", "05/10/2026 17:00"),
        ("05/10/2026 17:01", "06/10/2026 07:30"),
        ("10/10/2026 09:00", "12/10/2026 07:30"),
    ],
)
def test_it_is_received_at_once_or_at_the_next_opening(tmp_path: Path, sent: str, received: str) -> None:
    assert town(tmp_path).file(at=sent).state.happened["received"] == (moment(received),)


def test_a_procedure_may_be_filed_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    catalog = town(tmp_path, procedure="effective: {from: 01/10/2026, to: 05/10/2026}\n")
    days = ("30/09/2026", "01/10/2026", "05/10/2026", "06/10/2026")
    assert [catalog.wrong(at=f"{day} 08:00") == {} for day in days] == [False, True, True, False]


def test_a_rule_knows_the_channel_and_whether_an_agent_files(tmp_path: Path) -> None:
    checks = "checks: [{rule: \"case.channel != 'post'\", message: Không gửi bưu điện.}]\n"
    catalog = town(tmp_path, procedure=checks)
    assert [p.message() for p in catalog.judge(channel="post").problems] == ["Không gửi bưu điện."]
    assert catalog.judge(channel="online").ready


# ---- agencies ----

AREA = pages("don: {type: object, properties: {xa: {type: string, title: Xã}}}")
FOR = "agencies: {receives: {kind: ubnd_xa, picked_by: applicant}, decides: {kind: ubnd_xa, for: don.xa}}\n"


def test_where_the_applicant_picks_nobody_the_deciding_agency_receives(tmp_path: Path) -> None:
    case = town(tmp_path, form=AREA, procedure=FOR).file({"don": {"xa": "02"}})
    assert case.state.positions == {"receives": "xa_binh", "decides": "xa_binh"}


def test_one_missing_agency_is_told_once_and_by_what_it_does(tmp_path: Path) -> None:
    (problem,) = town(tmp_path, form=AREA, procedure=FOR).judge({"don": {"xa": "99"}}).problems
    assert (problem.field, problem.code) == ("agency.decides", "no_agency")
    assert problem.message() == "Chưa xác định được cơ quan giải quyết hồ sơ này."


def test_two_positions_with_one_rule_are_told_once(tmp_path: Path) -> None:
    same = "agencies: {receives: {kind: ubnd_xa, for: don.xa}, decides: {kind: ubnd_xa, for: don.xa}}\n"
    assert town(tmp_path, form=AREA, procedure=same).wrong({"don": {"xa": "99"}}) == {"agency.decides": "no_agency"}


def test_an_agency_that_may_not_be_picked_is_told(tmp_path: Path) -> None:
    (problem,) = town(tmp_path, procedure=PICKED).judge(picked={"receives": "xa_la"}).problems
    assert (problem.field, problem.message()) == ("agency.receives", "Chưa xác định được cơ quan tiếp nhận hồ sơ này.")


def test_an_agency_that_a_missing_answer_would_tell_is_not_told_too(tmp_path: Path) -> None:
    form = pages("don: {type: object, required: [xa], properties: {xa: {type: string, title: Xã}}}")
    assert town(tmp_path, form=form, procedure=FOR).wrong({}) == {"don.xa": "required"}
