"""The clocks of a case: from which moment, how they stand, and what happens when nobody acts.

October 2026 begins on a Thursday; Monday is the 5th. The office is open 07:30-11:30 and 13:00-17:00, Monday to Friday.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import Town, moment, pages, town

from motcua.domain.case import Case

FIVE_DAYS = "time_limits: [{id: chinh, within: 5 ngày làm việc}]\n"


def limits(root: Path, *lines: str, **more: str) -> Town:
    return town(root, procedure="time_limits:\n" + "".join(f"  - {line}\n" for line in lines), **more)


def due(case: Case, limit: str = "chinh", at: str = "31/12/2026 08:00") -> str | None:
    """When a limit is due, as slips print it; None while its clock stands or has not begun."""
    state = next((s for s in case.limits(moment(at)) if s.limit.id == limit), None)
    return state.due.strftime("%d/%m/%Y %H:%M") if state and state.due else None


def accepted(catalog: Town, filed: str = "05/10/2026 08:00", at: str | None = None) -> Case:
    return catalog.act(catalog.file(at=filed), "tiep_nhan.nhan", at or filed)


# ---- from when ----


def test_days_count_from_acceptance_whose_day_is_day_0(tmp_path: Path) -> None:
    """Accepted Monday 05/10: Tuesday 1 ... Friday 4, Monday 12/10 5."""
    assert due(accepted(town(tmp_path, procedure=FIVE_DAYS))) == "12/10/2026 17:00"


def test_a_limit_does_not_run_before_its_beginning(tmp_path: Path) -> None:
    assert due(town(tmp_path, procedure=FIVE_DAYS).file()) is None


def test_a_limit_on_the_desk_runs_from_receipt_and_is_met_by_acceptance(tmp_path: Path) -> None:
    """Received Monday 16:00: one hour that day, seven on Tuesday: 07:30-11:30 four, 13:00-16:00 three."""
    catalog = limits(tmp_path, "{id: chinh, from: received, until: accepted, within: 8 giờ làm việc}")
    case = catalog.file(at="05/10/2026 16:00")
    assert due(case) == "06/10/2026 16:00"
    (state,) = catalog.act(case, "tiep_nhan.nhan", "06/10/2026 09:00").limits(moment("07/10/2026 09:00"))
    assert state.met == moment("06/10/2026 09:00")
    assert not state.late(moment("01/12/2026 08:00"))


def test_a_limit_that_does_not_hold_for_this_case_is_not_there(tmp_path: Path) -> None:
    """A condition of one's own, or days of one's own; both are judged for the filing day, Monday 05/10."""
    catalog = limits(
        tmp_path,
        '{id: mang, when: case.channel == "online", within: 1 ngày làm việc}',
        '{id: quay, when: case.channel == "counter", within: 1 ngày làm việc}',
        "{id: cu, in_force: {to: 04/10/2026}, within: 1 ngày làm việc}",
        "{id: moi, in_force: {from: 05/10/2026}, within: 1 ngày làm việc}",
    )
    assert {s.limit.id for s in accepted(catalog).limits(moment("05/10/2026 09:00"))} == {"mang", "moi"}


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("05/10/2026 14:59", "05/10/2026 17:00"),
        ("05/10/2026 15:00", "06/10/2026 17:00"),
        ("05/10/2026 16:20", "06/10/2026 17:00"),
        ("09/10/2026 15:30", "12/10/2026 17:00"),
        ("05/10/2026 18:00", "06/10/2026 17:00"),
        ("10/10/2026 16:00", "12/10/2026 17:00"),
    ],
)
def test_from_the_cut_off_on_it_counts_from_the_next_working_day(tmp_path: Path, sent: str, day: str) -> None:
    catalog = limits(tmp_path, '{id: chinh, cut_off: "15:00", within: trong ngày}')
    assert due(accepted(catalog, sent)) == day


def test_the_cut_off_is_for_the_hour_at_which_it_was_sent_not_that_of_the_next_opening(tmp_path: Path) -> None:
    """Sent at 11:45, in the lunch break: the clocks start at 13:00, but it came before noon."""
    catalog = limits(tmp_path, '{id: chinh, cut_off: "12:00", within: trong ngày}')
    assert due(accepted(catalog, "05/10/2026 11:45")) == "05/10/2026 17:00"
    assert due(accepted(catalog, "05/10/2026 12:00")) == "06/10/2026 17:00"


def test_what_an_officer_does_after_the_cut_off_counts_on_its_own_day(tmp_path: Path) -> None:
    catalog = limits(tmp_path, '{id: chinh, cut_off: "15:00", within: trong ngày}')
    assert due(accepted(catalog, "05/10/2026 14:00", "05/10/2026 16:00")) == "05/10/2026 17:00"


def test_a_limit_from_several_events_begins_with_the_last(tmp_path: Path) -> None:
    catalog = limits(
        tmp_path,
        "{id: chinh, from: [accepted, slip.giay_tiep_nhan, step.ky.started], within: 1 ngày làm việc}",
        workflow="""
        steps:
          tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem, slip: giay_tiep_nhan}}}
          xem: {role: specialist, at: decides, actions: {xong: {to: ky}}}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
          xong: {ends: granted}
        interrupts: []
        """,
    )
    case = accepted(catalog)
    assert due(case) is None
    assert due(catalog.act(case, "xem.xong", "07/10/2026 09:00")) == "08/10/2026 17:00"


# ---- until when ----


def test_a_limit_without_until_runs_until_every_result_is_issued(tmp_path: Path) -> None:
    catalog = town(tmp_path, procedure=FIVE_DAYS)
    (state,) = catalog.act(accepted(catalog), "ky.ky", "06/10/2026 09:00").limits(moment("07/10/2026 09:00"))
    assert state.met == moment("06/10/2026 09:00")


def test_handing_over_is_nobodys_delay(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        procedure=FIVE_DAYS,
        workflow="""
        steps:
          tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: ky}}}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: tra}}}
          tra: {role: one_stop, at: receives, actions: {tra: {to: xong}}}
          xong: {ends: granted}
        interrupts: []
        """,
    )
    signed = catalog.act(accepted(catalog), "ky.ky", "12/10/2026 16:59")
    assert signed.advance(moment("01/12/2026 08:00")) is signed


def test_a_result_that_was_signed_on_a_saturday_keeps_a_limit_that_begins_on_monday(tmp_path: Path) -> None:
    """Sent on Saturday and, by an officer at work, accepted and signed that day: the clock would start on Monday."""
    catalog = town(tmp_path, procedure=FIVE_DAYS)
    signed = catalog.act(accepted(catalog, "10/10/2026 09:00", "10/10/2026 09:10"), "ky.ky", "10/10/2026 10:00")
    (state,) = signed.limits(moment("31/12/2026 08:00"))
    assert (state.met, state.late(moment("31/12/2026 08:00"))) == (moment("10/10/2026 10:00"), False)


# ---- which end ----

ANSWERED = pages(
    "don: {type: object, properties: {gap: {type: boolean, title: Gấp, default: false}, hen: {type: string, format: date, title: Hẹn}}}"
)


def test_rows_choose_the_end(tmp_path: Path) -> None:
    catalog = limits(
        tmp_path, "{id: chinh, within: [{when: don.gap, is: 1 ngày làm việc}, {else: 3 ngày làm việc}]}", form=ANSWERED
    )
    quick, slow = (
        catalog.act(catalog.file({"don": {"gap": gap}}), "tiep_nhan.nhan", "05/10/2026 09:00")
        for gap in ("có", "không")
    )
    assert (due(quick), due(slow)) == ("06/10/2026 17:00", "08/10/2026 17:00")


def test_an_agreed_day_is_an_end_that_closes_with_the_office(tmp_path: Path) -> None:
    catalog = limits(tmp_path, "{id: chinh, within: {at: don.hen}}", form=ANSWERED)
    case = catalog.act(catalog.file({"don": {"hen": "10/10/2026"}}), "tiep_nhan.nhan", "05/10/2026 09:00")
    assert due(case) == "12/10/2026 17:00"  # the 10th is a Saturday


def test_the_earliest_of_several_ends_holds(tmp_path: Path) -> None:
    """Accepted Monday 12/10, received Monday 05/10: five working days end on 19/10, ten days from receipt on 15/10."""
    catalog = limits(tmp_path, "{id: chinh, within: {earliest: [5 ngày làm việc, {of: 10 ngày, from: received}]}}")
    assert due(accepted(catalog, "05/10/2026 08:00", "12/10/2026 08:00")) == "15/10/2026 17:00"


def test_the_main_limit_is_the_first_without_until_or_the_one_that_says_so(tmp_path: Path) -> None:
    first = "{id: nhan, from: received, until: accepted, within: 1 ngày}"
    rest = ("{id: hai, within: 2 ngày}", "{id: ba, within: 3 ngày}")
    for number, (lines, main) in enumerate(
        [((first, *rest), "hai"), ((first, rest[0], "{id: ba, within: 3 ngày, main: true}"), "ba")]
    ):
        limit = limits(tmp_path / str(number), *lines).procedure.main_limit
        assert limit is not None
        assert limit.id == main


# ---- standing ----

WAITING = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}, bo_sung: {does: ask_supplement, to: cho_dau}}}
  cho_dau: {waits_for: supplement, within: 10 ngày làm việc, clock: restart, to: tiep_nhan, runs_out: het_han}
  xem:
    role: specialist
    at: decides
    actions: {xong: {to: ky}, bo_sung: {does: ask_supplement, to: cho}, gia_han: {does: extend, by: 3 ngày làm việc, at_most: 1, to: xem}}
  cho: {waits_for: supplement, within: 10 ngày làm việc, clock: %s, to: xem, runs_out: het_han}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  het_han: {ends: lapsed}
interrupts: []
"""


def stopped(root: Path, clock: str) -> tuple[Town, Case]:
    """Accepted Monday 05/10, asked Thursday 08/10: three days used."""
    catalog = town(root, procedure=FIVE_DAYS, workflow=WAITING % clock)
    return catalog, catalog.act(accepted(catalog), "xem.bo_sung", "08/10/2026 10:00", reason="thiếu", asks=["don.ten"])


def test_a_clock_that_stands_has_no_due_date_and_says_how_much_is_left(tmp_path: Path) -> None:
    _, case = stopped(tmp_path, "resume")
    (state,) = case.limits(moment("09/10/2026 08:00"))
    assert (state.due, str(state.deadline.used), str(state.deadline.left)) == (
        None,
        "3 ngày làm việc",
        "2 ngày làm việc",
    )


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        ("resume", "15/10/2026 17:00"),  # answered Tuesday 13/10 (day 0): Wednesday 1, Thursday 2
        ("restart", "20/10/2026 17:00"),  # the whole five: 14, 15, 16, 19, 20
        ("runs", "12/10/2026 17:00"),  # it never stood
    ],
)
def test_after_the_answer_a_clock_goes_on_as_its_wait_says(tmp_path: Path, clock: str, day: str) -> None:
    catalog, case = stopped(tmp_path, clock)
    assert due(catalog.supply(case, "13/10/2026 09:00", {"don": {"ten": "An"}})) == day


def test_an_answer_out_of_hours_counts_at_the_next_opening(tmp_path: Path) -> None:
    """Answered on Saturday 10/10: Monday 12 is day 0; Tuesday 1, Wednesday 2."""
    catalog, case = stopped(tmp_path, "resume")
    assert due(catalog.supply(case, "10/10/2026 09:00", {"don": {"ten": "An"}})) == "14/10/2026 17:00"


def test_a_wait_before_the_clock_began_stops_it_all_the_same_when_it_goes_on_after(tmp_path: Path) -> None:
    """Sent and accepted on Saturday 10/10 and asked the same day: the clock, from Monday on, stands until Wednesday."""
    catalog = town(tmp_path, procedure=FIVE_DAYS, workflow=WAITING % "resume")
    case = accepted(catalog, "10/10/2026 09:00", "10/10/2026 09:10")
    case = catalog.act(case, "xem.bo_sung", "10/10/2026 10:00", reason="x", asks=["don.ten"])
    assert due(case) is None
    assert due(catalog.supply(case, "14/10/2026 09:00", {"don": {"ten": "An"}})) == "21/10/2026 17:00"


def test_a_desk_that_asks_before_acceptance_begins_anew_with_the_answer(tmp_path: Path) -> None:
    catalog = limits(
        tmp_path, "{id: chinh, from: received, until: accepted, within: 8 giờ làm việc}", workflow=WAITING % "resume"
    )
    case = catalog.act(
        catalog.file(at="05/10/2026 08:00"), "tiep_nhan.bo_sung", "05/10/2026 14:00", reason="x", asks=["don"]
    )
    assert due(catalog.supply(case, "07/10/2026 09:00", {"don": {"ten": "An"}})) == "08/10/2026 09:00"


def test_an_extension_makes_the_limits_that_run_longer(tmp_path: Path) -> None:
    catalog = town(tmp_path, procedure=FIVE_DAYS, workflow=WAITING % "resume")
    case = catalog.act(accepted(catalog), "xem.gia_han", "07/10/2026 09:00")
    assert due(case) == "15/10/2026 17:00"  # Monday 12/10 and three working days


def test_a_finding_that_changes_the_row_gives_the_new_length_minus_the_days_used(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        procedure="""
        time_limits: [{id: chinh, within: [{when: "has(step.xem.kho) && step.xem.kho", is: 10 ngày làm việc}, {else: 5 ngày làm việc}]}]
        """,
        workflow="""
        steps:
          tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}}}
          xem: {role: specialist, at: decides, checklist: [{id: kho, name: Khó}], actions: {xong: {to: ky}}}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
          xong: {ends: granted}
        interrupts: []
        """,
    )
    case = catalog.act(accepted(catalog), "xem.xong", "08/10/2026 09:00", facts={"kho": "có"})
    assert due(case) == "19/10/2026 17:00"  # ten working days from Monday 05/10


# ---- what runs out ----


def test_a_limit_that_nobody_keeps_becomes_late_once_dated_by_its_end(tmp_path: Path) -> None:
    catalog = town(tmp_path, procedure=FIVE_DAYS)
    case = accepted(catalog)
    assert case.advance(moment("12/10/2026 17:00")) is case
    late = case.advance(moment("20/10/2026 08:00"))
    assert late.state.happened["limit.chinh.late"] == (moment("12/10/2026 17:00"),)
    assert late.state.route == case.state.route
    assert late.advance(moment("30/10/2026 08:00")) is late


def test_silence_is_consent_where_a_limit_says_so(tmp_path: Path) -> None:
    catalog = limits(
        tmp_path,
        "{id: chinh, within: 5 ngày làm việc, runs_out: dong_y}",
        workflow="""
        steps:
          tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: ky}}}
          ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
          xong: {ends: granted}
          dong_y: {ends: granted, silent: true}
        interrupts: []
        """,
    )
    tacit = accepted(catalog).advance(moment("01/12/2026 08:00"))
    assert (tacit.state.outcome, tacit.state.ended_at) == ("granted", moment("12/10/2026 17:00"))


def test_several_things_that_ran_out_happen_in_their_order(tmp_path: Path) -> None:
    """Late on 12/10; the citizen's ten working days, asked on 05/10, end on 19/10."""
    catalog = town(
        tmp_path,
        procedure="time_limits: [{id: chinh, from: received, until: accepted, within: 5 ngày làm việc}]\n",
        workflow=(WAITING % "resume").replace("clock: restart", "clock: runs"),
    )
    case = catalog.act(catalog.file(), "tiep_nhan.bo_sung", "05/10/2026 09:00", reason="x", asks=["don.ten"])
    after = case.advance(moment("01/12/2026 08:00"))
    assert [(e.kind, e.at) for e in after.events[2:]] == [
        ("late", moment("12/10/2026 17:00")),
        ("ran_out", moment("19/10/2026 17:00")),
    ]


def test_an_agency_with_hours_of_its_own_counts_by_them(tmp_path: Path) -> None:
    catalog = town(
        tmp_path,
        procedure="time_limits: [{id: chinh, within: trong ngày}]\n",
        **{
            "workflows/calendar.yaml": """
            hours:
              hanh_chinh:
                - week: [{days: [mon, tue, wed, thu, fri], open: ["07:30-11:30", "13:00-17:00"]}]
              som:
                - week: [{days: [mon, tue, wed, thu, fri], open: ["06:00-11:00"]}]
            agencies: {xa_an: {hours: som}}
            """
        },
    )
    assert due(accepted(catalog)) == "05/10/2026 11:00"
