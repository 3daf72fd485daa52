"""The workflow drawn on the pages of a case: where it is, who has it, what is next, the clock and "why this date".

The dates are counted by hand on the calendar of October 2026: the 5th is a Monday.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from tests.web.citizen_site import citizen_at
from tests.web.desk_site import Desk, desk_of, proof, words
from tests.web.played_cases import Examples

from motcua.domain.answers import read_moment
from motcua.gateways.clock import HandClock
from motcua.settings import HOME

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Events = Sequence[Mapping[str, Any]]
WARD, VINH_LOC, HAC_THANH = "ubnd_phuong_ham_rong", "ubnd_xa_vinh_loc", "ubnd_phuong_hac_thanh"
GO_ON = {"ket_luan": "dat", "hoi_van_hoa": True, "can_kiem_tra": True}
FORKED: Events = [
    {"at": "09/10/2026 10:00", "step": "tham_dinh", "action": "dat", "answers": GO_ON},
    {"at": "09/10/2026 10:00", "step": "hen_kiem_tra", "slot": "12/10/2026 14:00"},
    {
        "at": "12/10/2026 09:00",
        "step": "lay_y_kien",
        "agency": "cong_ty_dien_luc_thanh_hoa",
        "opinion": "object",
        "text": "Vướng đường dây",
    },
]
REASON = "Thiếu mặt bằng móng"
ASKED: Events = [
    {
        "at": "08/10/2026 10:00",
        "step": "tham_dinh",
        "action": "bo_sung",
        "asks": ["paper.ban_ve_mong"],
        "reason": REASON,
    }
]
CAME: Events = [*ASKED, {"at": "12/10/2026 09:00", "upon": "supplement_came", "papers": ["ban_ve_mong"]}]
ACCEPTED: Events = [{"at": "06/10/2026 10:00", "step": "tiep_nhan", "action": "tiep_nhan"}]


@dataclass
class Looking:
    """A played case in front of its applicant and of an officer."""

    desk: Desk
    clock: HandClock
    app: Flask

    def put(self, example: str, events: Events, now: str) -> str:
        examples = Examples(proof(), HOME)
        case = examples.play(example, [*events, {"at": events[-1]["at"]}])
        self.clock.set(read_moment(now))
        return examples.put(self.desk.commune.office, self.desk.commune.citizen, case)

    def page(self, ref: str) -> str:
        return citizen_at(self.app, self.clock, commune=self.desk.commune).get(f"/cases/{ref}").text

    def citizen(self, ref: str) -> str:
        return words(citizen_at(self.app, self.clock, commune=self.desk.commune).get(f"/cases/{ref}"))

    def officer(self, ref: str, agency: str, *roles: str) -> str:
        by = self.desk.officer("Trần Văn Bình", "tranvanbinh.coquan", agency, *roles)
        return words(self.desk.browser(by).get(f"/desk/cases/{ref}"))


@pytest.fixture
def looking(app: Flask, clock: HandClock) -> Looking:
    return Looking(desk_of(app, clock), clock, app)


def between(text: str, since: str, until: str) -> str:
    """What stands on a page from one heading to the next."""
    return text[text.index(since) : text.index(until, text.index(since))].strip()


# ---- branches and agencies that are asked ----


def test_a_citizen_sees_branches_beside_each_other_and_who_has_answered(looking: Looking) -> None:
    """Asked Friday 09/10, two working days: Tuesday 13/10. What was answered is for the decision to weigh."""
    read = looking.citizen(looking.put("04-2", FORKED, "12/10/2026 10:00"))
    assert between(read, "Hỏi ý kiến và kiểm tra thực địa", "Phí, lệ phí") == (
        "Hỏi ý kiến và kiểm tra thực địa 2 việc cùng lúc"
        " Lấy ý kiến cơ quan liên quan đang ở đây"
        " Đã hỏi lúc thứ Sáu, 09/10/2026, 10:00, trả lời đến hết thứ Ba, 13/10/2026, 17:00"
        " Sở Văn hóa, Thể thao và Du lịch tỉnh Thanh Hóa chưa trả lời"
        " Công ty Điện lực Thanh Hóa đã trả lời, thứ Hai, 12/10/2026, 09:00"
        " Đã qua: Giờ kiểm tra thực địa Đã hẹn thứ Hai, 12/10/2026, 14:00 thứ Sáu, 09/10/2026, 10:00"
        " Kiểm tra thực địa đang ở đây Ủy ban nhân dân xã Vĩnh Lộc đang giải quyết, từ thứ Sáu, 09/10/2026, 10:00"
        " Xong cả 2 việc thì đi tiếp."
        " Sắp tới: Dự thảo giấy phép, đóng dấu bản vẽ Tiếp theo Ủy ban nhân dân xã Vĩnh Lộc"
        " Sắp tới: Ký giấy phép Ủy ban nhân dân xã Vĩnh Lộc"
        " Sắp tới: Chờ nộp lệ phí Chờ bạn"
        " Sắp tới: Trả kết quả, công bố giấy phép Ủy ban nhân dân xã Vĩnh Lộc"
    )
    assert "Vướng đường dây" not in read


def test_an_officer_sees_the_answers_and_the_time_of_each_step(looking: Looking) -> None:
    """Appraised from Tuesday 06/10 to Friday 09/10: three of three days. The inspection's two days end on Tuesday."""
    read = looking.officer(looking.put("04-2", FORKED, "12/10/2026 10:00"), VINH_LOC, "specialist")
    drawn = between(read, "Đường đi của hồ sơ", "Thời hạn và cách tính")
    assert drawn.startswith("Đường đi của hồ sơ Đồng hồ đang chạy, còn 3 ngày làm việc. Đã qua: Nộp hồ sơ Đỗ Thị Hạnh")
    assert (
        "Đã qua: Thẩm định tham_dinh, Ủy ban nhân dân xã Vĩnh Lộc: Giải quyết tiếp" in drawn  # the player has no name
    )
    assert "Từ 10:00, 06/10/2026 đến 10:00, 09/10/2026 Dùng 3 ngày làm việc trong 3 ngày làm việc" in drawn
    assert "Sở Văn hóa, Thể thao và Du lịch tỉnh Thanh Hóa chưa trả lời" in drawn
    assert "Công ty Điện lực Thanh Hóa không đồng ý, 09:00, 12/10/2026: Vướng đường dây" in drawn
    assert (
        "Kiểm tra thực địa Đến lượt xử lý Từ 10:00, 09/10/2026, Chuyên viên, Ủy ban nhân dân xã Vĩnh Lộc"
        " Đã dùng 1 ngày làm việc trong 2 ngày làm việc, đến hạn 17:00, 13/10/2026" in drawn
    )
    assert "Sắp tới: Ký giấy phép Lãnh đạo cơ quan, Ủy ban nhân dân xã Vĩnh Lộc Trong 1 ngày làm việc" in drawn


def test_what_an_officer_will_decide_is_drawn_as_perhaps(looking: Looking) -> None:
    """Electricity is asked in any case, as the house is near a line; whether to inspect is not known yet."""
    events = [{"at": "06/10/2026 10:30", "step": "tiep_nhan", "action": "tiep_nhan"}]
    read = looking.citizen(looking.put("04-2", events, "06/10/2026 11:00"))
    assert (
        "Hỏi ý kiến và kiểm tra thực địa Tiếp theo 2 việc cùng lúc"
        " Sắp tới: Lấy ý kiến cơ quan liên quan Công ty Điện lực Thanh Hóa"
        " Sắp tới: Giờ kiểm tra thực địa nếu cần"
        " Sắp tới: Kiểm tra thực địa Ủy ban nhân dân xã Vĩnh Lộc" in read
    )


def test_each_branch_marks_where_it_stands_for_those_who_cannot_see(looking: Looking) -> None:
    page = looking.page(looking.put("04-2", FORKED, "12/10/2026 10:00"))
    assert page.count('aria-current="step"') == 2
    assert page.count('<ol class="timeline timeline--inner" aria-label="Việc ') == 2


# ---- a clock that stood ----


def test_a_clock_that_stands_says_since_when_and_how_much_is_left(looking: Looking) -> None:
    """Seven days from Monday 05/10; Thursday 08/10 is day 3. The applicant has two working days: Monday 12/10."""
    read = looking.citizen(looking.put("04-4", ASKED, "09/10/2026 09:00"))
    assert "Đồng hồ đang dừng từ thứ Năm, 08/10/2026, còn 4 ngày làm việc." in read
    assert (
        "Chờ chủ đầu tư bổ sung chờ bạn Từ thứ Năm, 08/10/2026, 10:00 Đến hết thứ Hai, 12/10/2026, 17:00"
        " Sắp tới: Xem phần bổ sung Tiếp theo Ủy ban nhân dân phường Hạc Thành" in read
    )
    assert read.index(REASON) < read.index("Ngày hẹn trả kết quả Có khi đồng hồ chạy tiếp")


def test_the_ledger_shows_the_stop_and_what_was_counted_on_both_sides(looking: Looking) -> None:
    """Answered Monday 12/10 09:00, which is day 0 of the four that are left: 13 to 16."""
    read = looking.citizen(looking.put("04-4", CAME, "12/10/2026 14:00"))
    assert between(read, "Vì sao là ngày này?", "Hồ sơ đang ở đâu") == (
        "Vì sao là ngày này? Thời hạn theo quy định: 7 ngày làm việc."
        " thứ Hai, 05/10/2026, 08:00 Tiếp nhận hồ sơ. Bắt đầu tính 7 ngày làm việc. Ngày này là ngày 0."
        " thứ Ba, 06/10 – thứ Năm, 08/10/2026 3 ngày làm việc (ngày 1–3)"
        " thứ Năm, 08/10/2026, 10:00 Đồng hồ dừng: “Chờ chủ đầu tư bổ sung”. Còn 4 ngày làm việc."
        " thứ Hai, 12/10/2026, 09:00 Nhận bổ sung. Tính tiếp 4 ngày làm việc còn lại. Ngày này là ngày 0."
        " thứ Ba, 13/10 – thứ Sáu, 16/10/2026 4 ngày làm việc (ngày 4–7)"
        " thứ Sáu, 16/10/2026, 17:00 Hết hạn."
    )


def test_officers_have_the_ledger_of_every_limit_with_its_law(looking: Looking) -> None:
    """Eight office hours from Monday 08:00: 3.5, then 4, then half an hour on Tuesday."""
    read = looking.officer(looking.put("04-4", CAME, "12/10/2026 14:00"), HAC_THANH, "specialist")
    assert between(read, "Vì sao là ngày này: Trả lời việc tiếp nhận", "Cấp giấy phép (") == (
        "Vì sao là ngày này: Trả lời việc tiếp nhận Thời hạn theo quy định: 8 giờ làm việc."
        " thứ Hai, 05/10/2026, 08:00 Nhận hồ sơ. Bắt đầu tính 8 giờ làm việc."
        " thứ Hai, 05/10/2026, 08:00 – 11:30 3 giờ 30 phút làm việc"
        " thứ Hai, 05/10/2026, 13:00 – 17:00 4 giờ làm việc"
        " thứ Ba, 06/10/2026, 07:30 – 08:00 30 phút làm việc"
        " thứ Ba, 06/10/2026, 08:00 Hết hạn."
    )
    assert "Vì sao là ngày này: Trả lời phần bổ sung Thời hạn theo quy định: 1 ngày làm việc. Căn cứ: Nghị định" in read


# ---- one agency after another, late, ended ----


def test_the_agency_that_has_it_is_named(looking: Looking) -> None:
    events = [{"at": "12/03/2026 15:00", "step": "tham_tra", "action": "chuyen"}]
    read = looking.citizen(looking.put("05-2", events, "13/03/2026 09:00"))
    assert (
        "Đã qua: Thẩm tra điều kiện chuyển quyền Chi nhánh Văn phòng đăng ký đất đai Thọ Xuân:"
        " Chuyển thông tin cho cơ quan thuế thứ Năm, 12/03/2026, 15:00"
        " Xác định nghĩa vụ tài chính đang ở đây Thuế cơ sở Thọ Xuân đang giải quyết, từ thứ Năm, 12/03/2026, 15:00"
        in read
    )


def test_lateness_is_counted_for_the_promise_and_for_the_step(looking: Looking) -> None:
    """Due Tuesday 06/10 17:00; two office hours from 10:00 end at 13:30. On Thursday 09:00: 3.5 + 8 + 1.5 hours."""
    ref = looking.put("ks-1", ACCEPTED, "08/10/2026 09:00")
    read = looking.officer(ref, WARD, "civil_status_officer")
    assert "Đã quá hạn 2 ngày làm việc." in read
    assert "Thẩm tra Đến lượt xử lý Đang quá 13 giờ làm việc Từ 10:00, 06/10/2026" in read
    assert "Đã dùng 15 giờ làm việc trong 2 giờ làm việc, đến hạn 13:30, 06/10/2026" in read
    told = looking.citizen(ref)
    assert "Đã quá hạn 2 ngày làm việc." in told
    assert "13 giờ" not in told


def test_a_refusal_is_the_end_of_the_line(looking: Looking) -> None:
    events = [
        *ACCEPTED,
        {"at": "06/10/2026 11:00", "step": "tham_tra", "action": "khong_dat", "reason": "Đã khai sinh"},
    ]
    read = looking.citizen(looking.put("ks-1", events, "07/10/2026 09:00"))
    assert "Đồng hồ đã dừng khi hồ sơ kết thúc, thứ Ba, 06/10/2026, 11:00." in read
    assert between(read, "Đã qua: Thẩm tra", "Phí, lệ phí") == (
        "Đã qua: Thẩm tra Ủy ban nhân dân phường Hàm Rồng: Không đủ điều kiện thứ Ba, 06/10/2026, 11:00"
        " Không được giải quyết thứ Ba, 06/10/2026, 11:00"
    )


def test_a_result_that_came_in_time_says_so(looking: Looking) -> None:
    events = [
        *ACCEPTED,
        {"at": "06/10/2026 11:00", "step": "tham_tra", "action": "dat", "answers": {"nghi_van": False}},
        {"at": "06/10/2026 14:00", "step": "ky", "action": "ky"},
    ]
    read = looking.citizen(looking.put("ks-1", events, "07/10/2026 09:00"))
    assert "Đã có kết quả đúng hạn, thứ Ba, 06/10/2026, 14:00." in read
    assert "Trả kết quả đang ở đây Ủy ban nhân dân phường Hàm Rồng đang giải quyết" in read


def test_certified_copies_brought_to_the_desk_are_drawn_from_the_desk_on(looking: Looking) -> None:
    """Sheet 02: brought on Friday 26/04/2024 at 15:10, after 15:00, so from Thursday 02/05 on (a long holiday between)."""
    events = [{"at": "26/04/2024 15:20", "step": "tiep_nhan", "action": "tiep_nhan", "answers": {"ban_chinh": "duoc"}}]
    read = looking.citizen(looking.put("02-2", events, "26/04/2024 15:30"))
    assert "Vì sao là ngày này?" in read
    assert "thứ Sáu, 26/04/2024, 15:20 Tiếp nhận hồ sơ. Lúc này sau giờ nhận trong ngày, nên tính từ" in read
    assert "Đối chiếu, ghi lời chứng đang ở đây" in read
    assert "Xem yêu cầu khai trên mạng" not in between(read, "Hồ sơ đang ở đâu", "Phí, lệ phí")
