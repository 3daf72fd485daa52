"""Examples beside a procedure: played by the check, each unmet expectation told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import EXAMPLES, mistakes, pages, told

from motcua.catalogue.check import check
from motcua.settings import HOME

FORM = pages(
    "don: {type: object, required: [ten], properties: {ten: {type: string, title: Tên}, so: {type: integer, title: Số, default: 1}}}"
)
PROCEDURE = """
papers: [{id: bang, name: Bằng, original: 1}]
fees: [{id: phi, kind: phi, amount: {of: 8.000, times: don.so}}]
time_limits: [{id: chinh, within: 5 ngày làm việc}]
"""
ONE = """\
- id: mot
  at: 05/10/2026 08:00
  channel: online
  answers: {don: {ten: An, so: 2}}
"""


def checked(root: Path, expect: str, more: str = "") -> list[tuple[str, str]]:
    """Place (without the file) and code of every mistake in the examples."""
    text = f"{ONE}{more}  expect: {expect}\n"
    found = mistakes(root, form=FORM, procedure=PROCEDURE, examples=text)
    assert all(place.startswith(EXAMPLES) for place, _ in found), found
    return [(place.removeprefix(f"{EXAMPLES}:"), code) for place, code in found]


def test_an_example_that_comes_out_as_expected_says_nothing(tmp_path: Path) -> None:
    expect = "{papers: [bang], fees: {phi: 16.000}, fee_total: 16.000, due: 12/10/2026 17:00, route: [tiep_nhan, ky], outcome: granted}"
    assert checked(tmp_path, expect) == []


@pytest.mark.parametrize(
    ("expect", "column"),
    [
        ("{papers: [bang, la]}", 20),
        ("{fee_total: 8.000}", 23),
        ("{due: 13/10/2026 17:00}", 17),
        ("{due: null}", 17),
        ("{limits: {chinh: 13/10/2026 17:00}}", 20),
        ("{route: [tiep_nhan]}", 19),
        ("{outcome: refused}", 21),
        ("{problems: [don.ten]}", 22),
        ("{agencies: {decides: xa_binh}}", 22),
        ("{papers: [{id: bang, originals: 2}]}", 20),
    ],
)
def test_an_expectation_that_is_not_met_is_told_at_its_place(tmp_path: Path, expect: str, column: int) -> None:
    assert checked(tmp_path, expect) == [(f"5:{column}", "C520")]


def test_a_paper_may_be_expected_with_its_pieces_and_an_agency_by_its_position(tmp_path: Path) -> None:
    expect = "{papers: [{id: bang, originals: 1, copies: 0}], agencies: {decides: xa_an}, fees: {la: null}}"
    assert checked(tmp_path, expect) == []


def test_what_came_out_is_said_beside_what_was_expected(tmp_path: Path) -> None:
    checked(tmp_path, "{outcome: refused}")
    (line,) = told(tmp_path)
    assert line.endswith("mot: mong đợi outcome là refused, nhưng ra granted")


def test_problems_that_nobody_expected_are_told_as_what_they_are(tmp_path: Path) -> None:
    text = ONE.replace("{ten: An, so: 2}", "{so: 2}") + "  expect: {fee_total: 0}\n"
    assert [code for _, code in mistakes(tmp_path, form=FORM, procedure=PROCEDURE, examples=text)] == ["C524"]


def test_expected_problems_are_named_by_their_fields(tmp_path: Path) -> None:
    text = ONE.replace("{ten: An, so: 2}", "{so: hai}") + "  expect: {problems: [don.ten, don.so], outcome: null}\n"
    assert mistakes(tmp_path, form=FORM, procedure=PROCEDURE, examples=text) == []


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("{at: 05/10/2026 09:00, step: la, action: nhan}", "C521"),
        ("{at: 05/10/2026 09:00, step: tiep_nhan, action: la}", "C521"),
        ("{at: 05/10/2026 09:00, upon: supplement_came}", "C521"),
        ("{at: 05/10/2026 09:00, interrupt: la}", "C521"),
        ("{at: 04/10/2026 09:00, step: tiep_nhan, action: nhan}", "C521"),
        ("{at: 31/09/2026 09:00}", "C521"),
    ],
)
def test_an_event_that_cannot_be_played_is_told(tmp_path: Path, event: str, code: str) -> None:
    assert [found for _, found in checked(tmp_path, "{outcome: granted}", f"  events: [{event}]\n")] == [code]


@pytest.mark.parametrize(
    "expect", ["{due: 31/09/2026 17:00}", "{limits: {chinh: hôm nay}}", "{fee_total: nhiều}", "{fees: {phi: nhiều}}"]
)
def test_an_expectation_that_cannot_be_read_is_told_and_never_raised(tmp_path: Path, expect: str) -> None:
    assert [code for _, code in checked(tmp_path, expect)] == ["C525"]


def test_a_filing_that_cannot_be_computed_is_told(tmp_path: Path) -> None:
    text = "fees: [{id: phi, kind: phi, amount: [{when: don.so == 1, is: 1.000}, {when: don.so == 3, is: 2.000}]}]\n"
    found = mistakes(tmp_path, form=FORM, procedure=text, examples=ONE + "  expect: {outcome: granted}\n")
    assert [code for _, code in found] == ["C522"]


def test_examples_of_a_procedure_that_is_wrong_itself_are_not_played(tmp_path: Path) -> None:
    text = PROCEDURE.replace("don.so", "don.sos")
    found = mistakes(tmp_path, form=FORM, procedure=text, examples=ONE + "  expect: {outcome: refused}\n")
    assert [place.partition(":")[0] for place, _ in found] == ["procedures/ho_tich/cap_giay.yaml"]


# ---- how an applicant is played ----


def played(root: Path, expect: str, events: str = "", channel: str = "online", workflow: str = "") -> list[str]:
    text = ONE.replace("online", channel) + (f"  events:\n{events}" if events else "") + f"  expect: {expect}\n"
    more = {"workflow": workflow} if workflow else {}
    mistakes(root, form=FORM, procedure=PROCEDURE, examples=text, **more)
    return told(root)


def test_without_events_officers_take_the_shortest_way_to_the_result(tmp_path: Path) -> None:
    assert played(tmp_path, "{route: [tiep_nhan, ky], outcome: granted}") == []


def test_after_an_event_the_rest_goes_on_by_the_shortest_way(tmp_path: Path) -> None:
    events = """\
    - {at: 05/10/2026 09:00, step: tiep_nhan, action: bo_sung, asks: [paper.bang, don.ten]}
    - {at: 07/10/2026 09:00, upon: supplement_came, papers: [bang], answers: {don: {ten: Bình}}}
"""
    expect = "{route: [tiep_nhan, cho_bo_sung, tiep_nhan, ky], due: 14/10/2026 17:00, outcome: granted}"
    assert played(tmp_path, expect, events) == []


def test_a_bare_moment_lets_time_pass_and_nobody_acts(tmp_path: Path) -> None:
    """Accepted at once, on Monday 05/10; the leader does not sign: the fifth working day is Monday 12/10."""
    expect = "{route: [tiep_nhan, ky], due: 12/10/2026 17:00, outcome: null}"
    assert played(tmp_path, expect, "    - {at: 20/10/2026 08:00}\n") == []


def test_while_the_clock_stands_there_is_no_due_date(tmp_path: Path) -> None:
    events = """\
    - {at: 05/10/2026 09:00, step: tiep_nhan, action: nhan}
    - {at: 06/10/2026 09:00, step: xem, action: bo_sung, asks: [don.ten]}
    - {at: 07/10/2026 09:00}
"""
    workflow = """
    steps:
      tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}}}
      xem: {role: specialist, at: decides, actions: {xong: {to: xong, does: sign}, bo_sung: {does: ask_supplement, to: cho}}}
      cho: {waits_for: supplement, within: 7 ngày làm việc, clock: resume, to: xem, runs_out: het_han}
      xong: {ends: granted}
      het_han: {ends: lapsed}
    interrupts: []
    """
    assert played(tmp_path, "{route: [tiep_nhan, xem, cho], due: null, outcome: null}", events, workflow=workflow) == []


def test_what_nobody_answers_lapses(tmp_path: Path) -> None:
    """Asked Monday 05/10, seven working days: Wednesday 14/10, 17:00; looked at on the 15th."""
    events = """\
    - {at: 05/10/2026 09:00, step: tiep_nhan, action: bo_sung, asks: [paper.bang]}
    - {at: 15/10/2026 08:00}
"""
    assert played(tmp_path, "{route: [tiep_nhan, cho_bo_sung], outcome: lapsed, fee_total: 16.000}", events) == []


def test_the_applicant_may_withdraw_in_an_example(tmp_path: Path) -> None:
    events = "    - {at: 05/10/2026 08:30, interrupt: rut}\n"
    assert played(tmp_path, "{outcome: withdrawn, route: [tiep_nhan]}", events) == []


def test_the_shipped_examples_come_out_as_they_were_counted_by_hand() -> None:
    assert [d for d in check(HOME).diagnostics if d.place.file.endswith(".examples.yaml")] == []


# ---- what stands beside the answers: papers, who files, values, slips, appointments ----

BESIDE = """
papers:
  - {id: bang, name: Bằng, original: 1, issued_within: 30 ngày}
  - {id: uy_quyen, name: Giấy ủy quyền, original: 1, when: case.filed_by_agent}
values:
  tong: {is: don.so * 2}
  han: {is: "plus(case.filed_on, '10 ngày')"}
"""
ARRANGED = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: hen, slip: giay_tiep_nhan}}}
  hen: {waits_for: appointment, place: desk, by: one_stop, confirm: 1 ngày làm việc, clock: runs, to: xong}
  xong: {ends: granted, slip: giay_tra}
interrupts: []
"""


@pytest.mark.parametrize(
    ("said", "expect"),
    [
        ("by_agent: true", "{papers: [bang, uy_quyen]}"),
        ("by_agent: false", "{papers: [bang]}"),
        ("papers: {bang: {issued_on: 01/10/2026}}", "{problems: [], outcome: granted}"),
        ("papers: {bang: {issued_on: 01/08/2026}}", "{problems: [paper.bang]}"),
        ("papers: {}", "{problems: [paper.bang]}"),
        ("channel: counter", "{values: {tong: 4, han: 15/10/2026}}"),
        ("channel: counter", "{slips: [giay_tiep_nhan, giay_tra]}"),
        ("events: [{at: 06/10/2026 09:00, step: hen, slot: 07/10/2026 08:00}]", "{outcome: granted}"),
    ],
)
def test_an_applicant_says_what_stands_beside_the_answers(tmp_path: Path, said: str, expect: str) -> None:
    one = "\n".join(line for line in ONE.splitlines() if not line.strip().startswith(said.partition(":")[0]))
    text = f"{one}\n  {said}\n  expect: {expect}\n"
    assert mistakes(tmp_path, form=FORM, procedure=BESIDE, workflow=ARRANGED, examples=text) == [], told(tmp_path)


@pytest.mark.parametrize(
    "expect", ["{values: {tong: 5}}", "{values: {han: 16/10/2026}}", "{slips: [giay_tra]}", "{papers: [uy_quyen]}"]
)
def test_none_of_that_is_taken_on_trust(tmp_path: Path, expect: str) -> None:
    text = f"{ONE}  expect: {expect}\n"
    assert [c for _, c in mistakes(tmp_path, form=FORM, procedure=BESIDE, workflow=ARRANGED, examples=text)] == ["C520"]


def test_an_appointment_out_of_office_hours_is_told_as_what_it_is(tmp_path: Path) -> None:
    text = ONE + "  events: [{at: 06/10/2026 09:00, step: hen, slot: 10/10/2026 08:00}]\n  expect: {outcome: granted}\n"
    found = mistakes(tmp_path, form=FORM, procedure=BESIDE, workflow=ARRANGED, examples=text)
    assert [code for _, code in found] == ["C524"]
