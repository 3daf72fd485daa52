"""Why this date: the rule and the law, what began the count, each stop and what let it go on, extensions, the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import Town, moment, officer, town

from motcua.domain.case import Case
from motcua.domain.course.why import Line, Why, why
from motcua.domain.ledger import What

PROCEDURE = """
legal_bases: [{id: luat, cite: Luật số 1/2020}, {id: nghi_dinh, cite: Nghị định số 2/2021}]
time_limits:
  - {id: chinh, main: true, basis: luat, cut_off: "15:00", within: [{when: "has(step.xem.kho) && step.xem.kho", is: 10 ngày làm việc, why: Hồ sơ khó, basis: nghi_dinh}, {else: 5 ngày làm việc}]}
  - {id: tra_loi, from: supplement_came, until: step.ky, within: {of: 2 ngày làm việc, from: step.xem}}
"""
WORKFLOW = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: xem}}}
  xem:
    role: specialist
    at: decides
    checklist: [{id: kho, name: Khó}]
    actions: {xong: {to: ky}, bo_sung: {does: ask_supplement, to: cho}, gia_han: {does: extend, by: 3 ngày làm việc, at_most: 1, to: xem}}
  cho: {name: Chờ bổ sung, waits_for: supplement, within: 30 ngày, clock: %s, to: xem, runs_out: het_han}
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
  het_han: {ends: lapsed}
interrupts:
  - {id: ke_bien, name: Văn bản kê biên, by: specialist, before: xong, does: suspend, clock: resume}
"""


def place(root: Path, clock: str = "resume") -> Town:
    return town(root, procedure=PROCEDURE, workflow=WORKFLOW % clock)


def accepted(here: Town, filed: str = "05/10/2026 08:00", at: str = "05/10/2026 09:00") -> Case:
    return here.act(here.file(at=filed), "tiep_nhan.nhan", at)


def asked(here: Town, case: Case, at: str) -> Case:
    return here.act(case, "xem.bo_sung", at, reason="Thiếu", asks=["don"])


def reasons(case: Case, at: str, limit: str = "chinh") -> Why:
    return why(case, next(state for state in case.limits(moment(at)) if state.limit.id == limit))


def told(line: Line) -> tuple[str, str, str, str]:
    """What, since when, how much, and the cause."""
    entry, cause = line.entry, line.cause
    since = f"{entry.since:%d/%m %H:%M}" if hasattr(entry.since, "hour") else f"{entry.since:%d/%m}"
    said = f"{cause.kind} {cause.title or cause.reason}".strip() if cause else ""
    return entry.what.value, since, str(entry.amount or ""), said


def test_the_first_row_that_holds_gives_the_reason_and_its_own_law(tmp_path: Path) -> None:
    here = place(tmp_path)
    found = reasons(accepted(here), "05/10/2026 10:00")
    assert (str(found.end), found.reason, str(found.basis)) == ("5 ngày làm việc", None, "Luật số 1/2020")
    case = here.act(accepted(here), "xem.xong", "06/10/2026 09:00", facts={"kho": "có"})
    found = reasons(case, "06/10/2026 10:00")
    assert (str(found.end), str(found.reason), str(found.basis)) == (
        "10 ngày làm việc",
        "Hồ sơ khó",
        "Nghị định số 2/2021",
    )


def test_every_day_is_accounted_for_from_the_event_to_the_end(tmp_path: Path) -> None:
    """Accepted Monday 05/10: 06 to 09 are days 1 to 4, Monday 12 is day 5."""
    assert [told(line) for line in reasons(accepted(place(tmp_path)), "05/10/2026 10:00").lines] == [
        ("started", "05/10 09:00", "5 ngày làm việc", "accepted"),
        ("counted", "06/10", "4 ngày làm việc", ""),
        ("day_off", "10/10", "", ""),
        ("counted", "12/10", "1 ngày làm việc", ""),
        ("due", "12/10 17:00", "", ""),
    ]


@pytest.mark.parametrize(
    ("filed", "at", "reason"),
    [
        ("03/10/2026 09:00", "03/10/2026 09:30", "ngoài giờ làm việc"),  # a Saturday: Monday's opening
        ("02/10/2026 15:20", "02/10/2026 15:40", "sau giờ nhận trong ngày"),  # a Friday after 15:00: the same Monday
    ],
)
def test_what_the_law_moves_to_an_opening_is_said_first(tmp_path: Path, filed: str, at: str, reason: str) -> None:
    first, second, *_ = reasons(accepted(place(tmp_path), filed, at), "05/10/2026 10:00").lines
    assert (first.entry.what, first.entry.since, str(first.entry.why)) == (What.MOVED, moment(at), reason)
    assert first.entry.until == second.entry.since == moment("05/10/2026 07:30")
    assert second.entry.what is What.STARTED


def test_a_stop_says_what_is_waited_for_and_what_let_the_clock_go_on(tmp_path: Path) -> None:
    """Stopped Thursday 08/10 (day 3), answered Tuesday 13/10 (day 0 of the rest): 14 and 15."""
    here = place(tmp_path)
    case = asked(here, accepted(here), "08/10/2026 10:00")
    standing = reasons(case, "09/10/2026 08:00").lines[-1]
    assert told(standing) == ("stopped", "08/10 10:00", "2 ngày làm việc", "waits Chờ bổ sung")
    case = here.supply(case, "13/10/2026 09:00", {"don": {"ten": "An"}})
    assert [told(line) for line in reasons(case, "13/10/2026 10:00").lines[2:]] == [
        ("stopped", "08/10 10:00", "2 ngày làm việc", "waits Chờ bổ sung"),
        ("started", "13/10 09:00", "2 ngày làm việc", "supplied"),
        ("counted", "14/10", "2 ngày làm việc", ""),
        ("due", "15/10 17:00", "", ""),
    ]


def test_a_clock_that_begins_anew_says_so(tmp_path: Path) -> None:
    here = place(tmp_path, "restart")
    case = here.supply(asked(here, accepted(here), "08/10/2026 10:00"), "13/10/2026 09:00", {"don": {"ten": "An"}})
    lines = reasons(case, "13/10/2026 10:00").lines
    assert [line.restarts for line in lines if line.entry.what is What.STOPPED] == [True]
    assert told(lines[3]) == ("started", "13/10 09:00", "5 ngày làm việc", "supplied")


def test_a_suspension_says_its_name_and_its_reason(tmp_path: Path) -> None:
    by = f"officer:{officer('specialist').login}"
    case = accepted(place(tmp_path))
    case = case.interrupt("ke_bien", who="specialist", by=by, at=moment("07/10/2026 09:00"), reason="Số 7/KB")
    stopped = reasons(case, "08/10/2026 08:00").lines[-1]
    assert told(stopped) == ("stopped", "07/10 09:00", "3 ngày làm việc", "held Văn bản kê biên")
    assert stopped.cause
    assert stopped.cause.reason == "Số 7/KB"
    case = case.lift("ke_bien", who="specialist", by=by, at=moment("08/10/2026 09:00"))
    assert told(reasons(case, "08/10/2026 10:00").lines[3])[3] == "lifted"


def test_an_extension_keeps_what_was_counted_before_it(tmp_path: Path) -> None:
    """Five days to Monday 12/10, then three more: 13, 14, 15."""
    here = place(tmp_path)
    case = here.act(accepted(here), "xem.gia_han", "07/10/2026 09:00", reason="Chờ kết quả đo đạc")
    assert [told(line) for line in reasons(case, "07/10/2026 10:00").lines] == [
        ("started", "05/10 09:00", "5 ngày làm việc", "accepted"),
        ("counted", "06/10", "4 ngày làm việc", ""),
        ("day_off", "10/10", "", ""),
        ("counted", "12/10", "1 ngày làm việc", ""),
        ("extended", "12/10 17:00", "3 ngày làm việc", "extended Chờ kết quả đo đạc"),
        ("counted", "13/10", "3 ngày làm việc", ""),
        ("due", "15/10 17:00", "", ""),
    ]


def test_a_stop_after_the_old_end_stops_what_the_extension_added(tmp_path: Path) -> None:
    """Two of the three days are left on Tuesday 13/10; answered on Monday 19/10: 20 and 21."""
    here = place(tmp_path)
    case = here.act(accepted(here), "xem.gia_han", "07/10/2026 09:00", reason="Đo đạc")
    case = asked(here, case, "13/10/2026 10:00")
    found = case.main_limit(moment("14/10/2026 08:00"))
    assert found
    assert (found.due, str(found.deadline.left)) == (None, "2 ngày làm việc")
    assert told(reasons(case, "14/10/2026 08:00").lines[-1])[3] == "waits Chờ bổ sung"
    case = here.supply(case, "19/10/2026 09:00", {"don": {"ten": "An"}})
    assert case.main_limit(moment("19/10/2026 10:00")).due == moment("21/10/2026 17:00")  # type: ignore[union-attr] # it has begun


def test_while_the_clock_stands_an_extension_is_part_of_what_is_left(tmp_path: Path) -> None:
    """Two of five days are left on Thursday 08/10, and three were added."""
    here = place(tmp_path)
    case = here.act(accepted(here), "xem.gia_han", "07/10/2026 09:00", reason="Đo đạc")
    found = asked(here, case, "08/10/2026 10:00").main_limit(moment("09/10/2026 08:00"))
    assert found
    assert (found.due, str(found.deadline.left)) == (None, "5 ngày làm việc")


def test_a_limit_counted_from_another_event_says_which(tmp_path: Path) -> None:
    here = place(tmp_path)
    case = here.supply(asked(here, accepted(here), "08/10/2026 10:00"), "13/10/2026 09:00", {"don": {"ten": "An"}})
    case = here.act(case, "xem.xong", "14/10/2026 09:00", facts={"kho": "không"})
    first = reasons(case, "14/10/2026 10:00", "tra_loi").lines[0]
    assert told(first)[:2] == ("started", "14/10 09:00")
    assert first.cause
    assert first.cause.kind == "step"
