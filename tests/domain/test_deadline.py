"""How a deadline is counted: starts, ends, stops, and the ledger that says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from motcua.domain.deadline import Deadline, Stop, earliest, received
from motcua.domain.deadline_report import deadline_report
from motcua.domain.moments import read_moment as at
from motcua.domain.time_limit import Amount
from motcua.domain.working_calendar import Calendars, WorkingCalendar


def count(office: WorkingCalendar, start: str, amount: str, **how: Any) -> Deadline:
    return Deadline.count(at(start), Amount.parse(amount), office, **how)


def due(office: WorkingCalendar, start: str, amount: str, **how: Any) -> str:
    found = count(office, start, amount, **how).due
    assert found is not None
    return f"{found:%a %d/%m %H:%M}"


def stop(since: str, until: str | None, mode: str = "resume", *, outside: bool = True) -> Stop:
    return Stop(at(since), at(until) if until else None, mode, outside)


# ---- starts ----


@pytest.mark.parametrize(
    ("sent", "counts_from"),
    [
        ("05/10/2026 09:30", "05/10/2026 09:30"),
        ("05/10/2026 12:10", "05/10/2026 13:00"),
        ("05/10/2026 17:00", "05/10/2026 17:00"),
        ("05/10/2026 20:00", "06/10/2026 07:30"),
        ("10/10/2026 09:00", "12/10/2026 07:30"),
    ],
)
def test_what_comes_from_outside_counts_at_once_in_office_hours_else_at_the_next_opening(
    office: WorkingCalendar, sent: str, counts_from: str
) -> None:
    assert received(at(sent), office) == at(counts_from)


@pytest.mark.parametrize(
    ("sent", "counts_from"),
    [
        ("05/10/2026 14:59", "05/10/2026 14:59"),
        ("05/10/2026 15:00", "06/10/2026 07:30"),
        ("09/10/2026 16:00", "12/10/2026 07:30"),
        ("09/10/2026 20:00", "12/10/2026 07:30"),
        ("10/10/2026 16:00", "12/10/2026 07:30"),  # Saturday: not Tuesday
        ("05/10/2026 05:00", "05/10/2026 07:30"),
    ],
)
def test_from_the_cut_off_on_it_counts_from_the_next_working_day(
    office: WorkingCalendar, sent: str, counts_from: str
) -> None:
    assert received(at(sent), office, time(15)) == at(counts_from)


def test_what_an_officer_does_on_a_saturday_counts_on_that_saturday(office: WorkingCalendar) -> None:
    """Day 0 is Saturday 10/10/2026: Monday is 1. Had it come from outside, Monday were day 0."""
    assert due(office, "10/10/2026 09:00", "1 ngày làm việc") == "Mon 12/10 17:00"
    assert due(office, "10/10/2026 09:00", "1 ngày làm việc", outside=True) == "Tue 13/10 17:00"


def test_a_moment_of_another_zone_is_the_same_moment(office: WorkingCalendar) -> None:
    """02:00 in Greenwich is 09:00 here; 23:00 on Sunday there is Monday 06:00 here."""
    monday = Amount.parse("1 ngày làm việc")
    morning = Deadline.count(datetime(2026, 10, 5, 2, 0, tzinfo=UTC), monday, office)
    night = Deadline.count(datetime(2026, 10, 4, 23, 0, tzinfo=UTC), monday, office, outside=True)
    assert morning.due == night.due == at("06/10/2026 17:00")


def test_a_moment_without_a_zone_is_refused(office: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="no zone"):
        Deadline.count(datetime(2026, 10, 5, 9, 0), Amount.parse("1 ngày"), office)


# ---- ends ----


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("05/10/2026 09:00", "3 ngày", "Thu 08/10 17:00"),
        ("05/10/2026 09:00", "5 ngày", "Mon 12/10 17:00"),  # Saturday 10/10 moves
        ("24/08/2026 09:00", "7 ngày", "Thu 03/09 17:00"),  # Monday 31/08 to 02/09 are off
        ("31/01/2026 09:00", "1 tháng", "Mon 02/03 17:00"),  # 28/02 is a Saturday
        ("31/08/2026 09:00", "1 tháng", "Wed 30/09 17:00"),
        ("29/02/2024 09:00", "1 năm", "Fri 28/02 17:00"),
        ("05/10/2026 09:00", "24 giờ", "Tue 06/10 09:00"),
        ("05/10/2026 09:00", "3 giờ", "Mon 05/10 13:00"),  # 12:00 is out of hours
        ("09/10/2026 16:00", "24 giờ", "Mon 12/10 07:30"),
        ("05/10/2026 09:00", "30 phút", "Mon 05/10 09:30"),
        ("05/10/2026 11:15", "30 phút làm việc", "Mon 05/10 13:15"),
        ("05/10/2026 14:00", "0,5 ngày làm việc", "Tue 06/10 08:30"),
        ("05/10/2026 09:00", "trong ngày", "Mon 05/10 17:00"),
    ],
)
def test_each_unit_ends_in_its_own_way(office: WorkingCalendar, start: str, amount: str, expected: str) -> None:
    assert due(office, start, amount) == expected


def test_a_posting_ends_on_its_day_be_it_a_sunday(office: WorkingCalendar) -> None:
    assert due(office, "01/10/2026 09:00", "10 ngày", posting=True) == "Sun 11/10 17:00"
    assert due(office, "01/10/2026 09:00", "10 ngày") == "Mon 12/10 17:00"


def test_the_same_day_of_an_officer_s_saturday_or_evening_ends_next_working_day(office: WorkingCalendar) -> None:
    assert due(office, "10/10/2026 09:00", "trong ngày") == "Mon 12/10 17:00"
    assert due(office, "05/10/2026 18:00", "trong ngày") == "Tue 06/10 17:00"


def test_seconds_do_not_count(office: WorkingCalendar) -> None:
    assert due(office, "05/10/2026 09:00:59", "1 giờ làm việc") == "Mon 05/10 10:00"


def test_a_date_in_a_year_without_a_notice_is_only_expected(office: WorkingCalendar) -> None:
    assert count(office, "05/10/2026 09:00", "1 tháng").confirmed
    assert not count(office, "05/10/2026 09:00", "3 tháng").confirmed


# ---- stops ----


def test_used_is_the_number_that_the_stop_s_day_bears(office: WorkingCalendar) -> None:
    """Monday is day 0, Thursday bears 3; of 7, 4 are left, counted from Wednesday 14/10 (day 0): Tuesday 20/10."""
    found = count(office, "05/10/2026 09:00", "7 ngày làm việc", stops=[stop("08/10/2026 10:00", "14/10/2026 09:00")])
    assert (str(found.used), str(found.left)) == ("3 ngày làm việc", "4 ngày làm việc")
    assert found.due == at("20/10/2026 17:00")


def test_a_saturday_bears_friday_s_number(office: WorkingCalendar) -> None:
    found = count(office, "05/10/2026 09:00", "7 ngày làm việc", stops=[stop("10/10/2026 10:00", None)])
    assert str(found.used) == "4 ngày làm việc"


def test_while_the_clock_stands_there_is_no_due_date_but_a_rest(office: WorkingCalendar) -> None:
    found = count(office, "05/10/2026 09:00", "8 giờ làm việc", stops=[stop("05/10/2026 14:30", None)])
    assert (found.due, str(found.used), str(found.left)) == (None, "4 giờ làm việc", "4 giờ làm việc")


def test_restart_counts_the_whole_again(office: WorkingCalendar) -> None:
    held = stop("08/10/2026 10:00", "14/10/2026 09:00", "restart")
    assert due(office, "05/10/2026 09:00", "7 ngày làm việc", stops=[held]) == "Fri 23/10 17:00"


def test_an_answer_on_saturday_counts_from_monday_a_clock_s_end_on_that_saturday(office: WorkingCalendar) -> None:
    """Two of five days used; three are left: from Monday as day 0, or from Saturday with Monday as day 1."""
    answer = stop("07/10/2026 10:00", "10/10/2026 10:00")
    posting = stop("07/10/2026 10:00", "10/10/2026 17:00", outside=False)
    assert due(office, "05/10/2026 09:00", "5 ngày làm việc", stops=[answer]) == "Thu 15/10 17:00"
    assert due(office, "05/10/2026 09:00", "5 ngày làm việc", stops=[posting]) == "Wed 14/10 17:00"


def test_working_hours_stop_to_the_minute(office: WorkingCalendar) -> None:
    """From 09:00; at 10:37, 97 minutes are used and 143 of 240 left; from 15:00: 120 to 17:00, then 23."""
    held = stop("05/10/2026 10:37", "05/10/2026 15:00")
    assert due(office, "05/10/2026 09:00", "4 giờ làm việc", stops=[held]) == "Tue 06/10 07:53"


def test_months_stop_as_the_days_left_to_their_old_end(office: WorkingCalendar) -> None:
    """Two months from 05/08 end on 05/10; on 25/09 ten days are left, from 12/10 to 22/10."""
    found = count(office, "05/08/2026 09:00", "2 tháng", stops=[stop("25/09/2026 09:00", "12/10/2026 09:00")])
    assert str(found.left) == "10 ngày"
    assert found.due == at("22/10/2026 17:00")


def test_several_stops_one_after_another(office: WorkingCalendar) -> None:
    """Of ten: two used by Wednesday 07/10; from Monday 12/10 one more by Tuesday; seven left from Thursday 15/10."""
    stops = [stop("13/10/2026 09:00", "15/10/2026 09:00"), stop("07/10/2026 09:00", "12/10/2026 09:00")]
    found = count(office, "05/10/2026 09:00", "10 ngày làm việc", stops=stops)
    assert str(found.left) == "7 ngày làm việc"
    assert found.due == at("26/10/2026 17:00")


def test_stops_that_overlap_are_one(office: WorkingCalendar) -> None:
    stops = [stop("07/10/2026 09:00", "12/10/2026 09:00"), stop("08/10/2026 09:00", "14/10/2026 09:00")]
    one = stop("07/10/2026 09:00", "14/10/2026 09:00")
    whole = count(office, "05/10/2026 09:00", "10 ngày làm việc", stops=[one])
    assert count(office, "05/10/2026 09:00", "10 ngày làm việc", stops=stops) == whole


def test_a_stop_that_was_over_before_the_start_or_came_after_the_end_changes_nothing(office: WorkingCalendar) -> None:
    before, after = stop("01/10/2026 09:00", "02/10/2026 09:00"), stop("13/10/2026 09:00", "20/10/2026 09:00")
    assert due(office, "05/10/2026 09:00", "5 ngày làm việc", stops=[before, after]) == "Mon 12/10 17:00"


def test_a_clock_that_starts_while_it_is_held_starts_when_it_is_let_go(office: WorkingCalendar) -> None:
    held = stop("01/10/2026 09:00", "07/10/2026 09:00")
    assert due(office, "05/10/2026 09:00", "5 ngày làm việc", stops=[held]) == "Wed 14/10 17:00"


def test_a_restart_that_was_over_before_the_office_opened_again_still_restarts(office: WorkingCalendar) -> None:
    """Two of five days used; answered on Saturday, asked again and answered on Sunday: the whole from Monday 12/10."""
    first = stop("07/10/2026 09:00", "10/10/2026 09:00")
    second = stop("10/10/2026 10:00", "11/10/2026 09:00", "restart")
    assert due(office, "05/10/2026 09:00", "5 ngày làm việc", stops=[first, second]) == "Mon 19/10 17:00"


def test_a_stop_that_ends_as_the_clock_starts_leaves_the_months_whole(office: WorkingCalendar) -> None:
    held = stop("01/10/2026 09:00", "05/10/2026 09:00")
    assert str(count(office, "05/10/2026 09:00", "2 tháng", stops=[held]).left) == "2 tháng"


def test_a_stop_on_the_last_day_leaves_the_day_of_the_answer(office: WorkingCalendar) -> None:
    held = stop("12/10/2026 09:00", "20/10/2026 09:00")
    assert due(office, "05/10/2026 09:00", "5 ngày làm việc", stops=[held]) == "Tue 20/10 17:00"


def test_a_length_that_changes_on_the_way_is_the_new_length_less_the_days_used(office: WorkingCalendar) -> None:
    """Three days used by Thursday, answered on Monday 12/10: of 5, two are left; of 10, seven."""
    held = stop("08/10/2026 10:00", "12/10/2026 09:00")
    assert due(office, "05/10/2026 09:00", "5 ngày làm việc", stops=[held]) == "Wed 14/10 17:00"
    assert due(office, "05/10/2026 09:00", "10 ngày làm việc", stops=[held]) == "Wed 21/10 17:00"


def test_a_stop_that_ends_before_it_began_or_does_something_else_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        stop("08/10/2026 10:00", "08/10/2026 09:59")
    with pytest.raises(ValueError, match="cannot 'runs'"):
        stop("08/10/2026 10:00", None, "runs")


# ---- other ends ----


def test_an_agreed_moment_is_due_then_an_agreed_day_when_the_office_closes(office: WorkingCalendar) -> None:
    assert Deadline.at(at("10/10/2026 09:15"), office).due == at("10/10/2026 09:15")
    assert Deadline.at(date(2026, 10, 9), office).due == at("09/10/2026 17:00")
    assert Deadline.at(date(2026, 10, 10), office).due == at("12/10/2026 17:00")


def test_the_earliest_of_several_ends_counts(office: WorkingCalendar) -> None:
    five = count(office, "05/10/2026 09:00", "5 ngày làm việc")
    agreed = Deadline.at(at("09/10/2026 10:00"), office)
    standing = count(office, "05/10/2026 09:00", "1 ngày", stops=[stop("05/10/2026 10:00", None)])
    assert earliest([five, agreed]) is agreed
    assert earliest([standing, five]) is five
    assert earliest([standing]) is standing


# ---- why ----


def test_the_ledger_says_in_vietnamese_why_this_date(office: WorkingCalendar) -> None:
    found = count(office, "23/04/2025 18:00", "4 ngày làm việc", outside=True)
    assert [line.text() for line in found.ledger] == [
        "Chuyển từ thứ Tư, 23/04/2025, 18:00 đến thứ Năm, 24/04/2025, 07:30 (ngoài giờ làm việc)",
        "Bắt đầu thứ Năm, 24/04/2025, 07:30 (ngày 0), phải đếm 4 ngày làm việc",
        "Tính thứ Sáu, 25/04/2025: 1 ngày làm việc",
        "Tính thứ Bảy, 26/04/2025: 1 ngày làm việc (làm bù ngày 02/05/2025)",
        "Không tính Chủ nhật, 27/04/2025 (Ngày nghỉ hằng tuần)",
        "Tính từ thứ Hai, 28/04/2025 đến thứ Ba, 29/04/2025: 2 ngày làm việc",
        "Hạn: thứ Ba, 29/04/2025, 17:00",
    ]


def test_the_ledger_says_in_english_when_the_clock_stood_and_why_the_end_moved(office: WorkingCalendar) -> None:
    held = stop("08/10/2026 10:00", "12/10/2026 09:00")
    found = count(office, "05/10/2026 09:00", "8 ngày", stops=[held])
    assert [line.text("en") for line in found.ledger] == [
        "Starts Monday, 05/10/2026, 09:00 (day 0), 8 days to count",
        "Counted from Tuesday, 06/10/2026 to Thursday, 08/10/2026: 3 days",
        "The clock stands from Thursday, 08/10/2026, 10:00 to Monday, 12/10/2026, 09:00, 5 days left",
        "Starts Monday, 12/10/2026, 09:00 (day 0), 5 days to count",
        "Counted from Tuesday, 13/10/2026 to Saturday, 17/10/2026: 5 days",
        "Moved from Saturday, 17/10/2026 to Monday, 19/10/2026 (Weekly rest)",
        "Due: Monday, 19/10/2026, 17:00",
    ]


def test_the_ledger_counts_nothing_where_nothing_is_left(office: WorkingCalendar) -> None:
    """Stopped on its last day, let go by an officer on Saturday 10/10: due when Monday ends."""
    held = stop("06/10/2026 10:00", "10/10/2026 09:00", outside=False)
    found = count(office, "05/10/2026 09:00", "1 ngày làm việc", stops=[held])
    assert [line.text() for line in found.ledger][3:] == [
        "Bắt đầu thứ Bảy, 10/10/2026, 09:00 (ngày 0), phải đếm 0 ngày làm việc",
        "Chuyển từ thứ Bảy, 10/10/2026 đến thứ Hai, 12/10/2026 (Ngày nghỉ hằng tuần)",
        "Hạn: thứ Hai, 12/10/2026, 17:00",
    ]


def test_the_ledger_of_working_hours_lists_the_sessions(office: WorkingCalendar) -> None:
    found = count(office, "09/10/2026 16:00", "3 giờ làm việc")
    assert [line.text() for line in found.ledger][1:] == [
        "Tính từ thứ Sáu, 09/10/2026, 16:00 đến thứ Sáu, 09/10/2026, 17:00: 1 giờ làm việc",
        "Không tính từ thứ Bảy, 10/10/2026 đến Chủ nhật, 11/10/2026 (Ngày nghỉ hằng tuần)",
        "Tính từ thứ Hai, 12/10/2026, 07:30 đến thứ Hai, 12/10/2026, 09:30: 2 giờ làm việc",
        "Hạn: thứ Hai, 12/10/2026, 09:30",
    ]


def test_a_report_answers_in_plain_data(shipped: Calendars) -> None:
    found = deadline_report("05/10/2026 15:20", "trong ngày", shipped, "bat_ky", cut_off=time(15))
    assert found == {
        "start": "2026-10-05T15:20:00+07:00",
        "received": "2026-10-06T07:30:00+07:00",
        "amount": "trong ngày",
        "due": "2026-10-06T17:00:00+07:00",
        "confirmed": True,
        "ledger": [
            {
                "what": "moved",
                "from": "2026-10-05T15:20:00+07:00",
                "to": "2026-10-06T07:30:00+07:00",
                "count": None,
                "unit": None,
                "why": "sau giờ nhận trong ngày",
                "text": "Chuyển từ thứ Hai, 05/10/2026, 15:20 đến thứ Ba, 06/10/2026, 07:30 (sau giờ nhận trong ngày)",
            },
            {
                "what": "started",
                "from": "2026-10-06T07:30:00+07:00",
                "to": "2026-10-06T07:30:00+07:00",
                "count": 1,
                "unit": "same_day",
                "why": None,
                "text": "Bắt đầu thứ Ba, 06/10/2026, 07:30 (ngày 0), phải đếm trong ngày",
            },
            {
                "what": "due",
                "from": "2026-10-06T17:00:00+07:00",
                "to": "2026-10-06T17:00:00+07:00",
                "count": None,
                "unit": None,
                "why": None,
                "text": "Hạn: thứ Ba, 06/10/2026, 17:00",
            },
        ],
    }
