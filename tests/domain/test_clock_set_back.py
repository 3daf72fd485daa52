"""A clock that was put right goes back: what happens to a case never goes back with it."""

from __future__ import annotations

from pathlib import Path

from tests.small_catalog import moment, town

FIVE_DAYS = "time_limits: [{id: chinh, within: 5 ngày làm việc}]\n"


def test_what_is_done_after_the_clock_was_set_back_is_dated_by_what_was_done_before(tmp_path: Path) -> None:
    """R8: no duration of a case is negative, and its events stand in the order of their numbers."""
    here = town(tmp_path, procedure=FIVE_DAYS)
    case = here.file(at="05/10/2026 10:00")
    case = here.act(case, "tiep_nhan.bo_sung", "05/10/2026 11:00", reason="Thiếu", asks=["don.ten"])
    case = here.supply(case, "05/10/2026 10:05", {"don": {"ten": "An"}})
    case = here.act(case, "tiep_nhan.nhan", "05/10/2026 10:10")
    at = [event.at for event in case.events]
    assert at == [moment("05/10/2026 10:00"), *[moment("05/10/2026 11:00")] * 3]
    (state,) = case.limits(moment("05/10/2026 11:00"))
    assert state.due == moment("12/10/2026 17:00")


def test_the_number_of_a_result_goes_by_the_same_moment_as_its_event(tmp_path: Path) -> None:
    """Accepted while the clock said 01/01/2027, signed after it was set back to the old year."""
    here = town(tmp_path, procedure='results: [{id: giay, name: Giấy, number: "{year}-{serial:3}"}]\n')
    case = here.act(here.file(at="01/01/2027 08:00"), "tiep_nhan.nhan", "01/01/2027 08:10")
    case = here.act(case, "ky.ky", "31/12/2026 16:00")
    assert (case.state.numbers["result.giay"], case.events[-1].at) == ("2027-001", moment("01/01/2027 08:10"))
