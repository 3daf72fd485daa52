"""The drawing of what officers arrange: originals on their way, an officer who was picked, times that were offered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from tests.domain.test_between_officers import AN, HEAD, PROCEDURE, WORKFLOW, accepted, offered, picked
from tests.small_catalog import Town, moment, town

from motcua.domain.case import Case
from motcua.web.citizen import course as citizen_course
from motcua.web.desk import course as desk_course
from motcua.web.flow_shown import Drawn

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAMES = {
    "citizen:1": "Đỗ Thị Hạnh",
    "officer:lan": "Nguyễn Thị Lan",
    "officer:an": "Lê An",
    "officer:leader": "Trần Hòa",
}
NOW = moment("06/10/2026 11:00")


@pytest.fixture
def here(tmp_path: Path, app: Flask) -> Iterator[Town]:
    with app.test_request_context():
        yield town(tmp_path, procedure=PROCEDURE, workflow=WORKFLOW)


def desk(case: Case, now: datetime = NOW) -> dict[str, Drawn]:
    return {one.title: one for one in desk_course.way(case, AN, NAMES, now, "vi")}


def citizen(case: Case) -> dict[str, Drawn]:
    return {one.title: one for one in citizen_course.way(case, NOW, "vi")}


def test_originals_on_their_way_are_told_to_both(here: Town) -> None:
    case = accepted(here)
    said = "Chờ nhận bản giấy từ Xã An: Giấy chứng nhận gốc"
    assert said in desk(case)["Phan cong"].lines
    assert said in citizen(case)["Phan cong"].lines
    taken = case.take("phan_cong", by=HEAD, at=moment("05/10/2026 14:00"))
    assert said not in desk(taken)["Phan cong"].lines


def test_who_was_picked_is_named_to_officers_alone(here: Town) -> None:
    case = picked(here)
    assert desk(case)["Xem"].lines[0] == "Từ 15:00, 05/10/2026, Lê An, Xã Bình"
    assert citizen(case)["Xem"].lines == ("Xã Bình đang giải quyết, từ thứ Hai, 05/10/2026, 15:00",)


def test_times_that_were_offered_wait_for_the_applicant(here: Town) -> None:
    case = offered(here)
    shown = citizen(case)["Hen"]
    assert [mark.text for mark in shown.marks] == ["chờ bạn"]
    assert "Đến hết thứ Năm, 08/10/2026, 08:00" in shown.lines  # two days to choose, but not after the first of them
    assert "Giờ được đề nghị: thứ Năm, 08/10/2026, 08:00; thứ Sáu, 09/10/2026, 08:00" in shown.lines
    assert desk(case)["Hen"].lines[0] == "Từ 09:00, 06/10/2026, Người nộp"
    agreed = case.choose("hen", moment("09/10/2026 08:00"), by="citizen:1", at=moment("06/10/2026 10:30"))
    assert citizen(agreed)["Hen"].lines[0] == "Đã hẹn thứ Sáu, 09/10/2026, 08:00"
