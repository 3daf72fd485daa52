"""What is wrong with a citizen's answer, as data: the field, why, and what to do. All are collected; nothing is
raised.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.domain.text import Text

#: One entry a reason. `{title}` is the field's own title, so that summary and label say the same words.
MESSAGES: Mapping[str, Text] = {
    "required": Text("Hãy nhập “{title}”.", "Enter “{title}”."),
    "required_choice": Text("Hãy chọn “{title}”.", "Choose “{title}”."),
    "required_rows": Text("Hãy thêm ít nhất {least} mục vào “{title}”.", "Add at least {least} to “{title}”."),
    "too_many_rows": Text("“{title}” có nhiều nhất {most} mục.", "“{title}” takes at most {most}."),
    "not_text": Text("“{title}” phải là chữ.", "“{title}” must be text."),
    "not_number": Text("“{title}” phải là số nguyên, ví dụ 12.", "“{title}” must be a whole number, such as 12."),
    "not_decimal": Text("“{title}” phải là số, ví dụ 12,5.", "“{title}” must be a number, such as 12.5."),
    "not_money": Text(
        "“{title}” phải là số tiền, ví dụ 1.000.000 (dấu chấm ngăn hàng nghìn).",
        "“{title}” must be an amount in đồng, such as 1.000.000 (points between thousands).",
    ),
    "not_date": Text(
        "“{title}” phải là một ngày có thật, ví dụ 27/3/1990.",
        "“{title}” must be a real date, such as 27/3/1990.",
    ),
    "not_moment": Text("“{title}” phải là ngày và giờ, ví dụ 27/3/2026 08:30.", "“{title}” must be a date and time."),
    "not_yes_no": Text("Hãy chọn Có hoặc Không cho “{title}”.", "Choose Yes or No for “{title}”."),
    "not_group": Text("“{title}” gồm nhiều mục con.", "“{title}” has parts of its own."),
    "not_rows": Text("“{title}” phải là một danh sách.", "“{title}” must be a list."),
    "not_a_choice": Text("Hãy chọn “{title}” trong danh sách.", "Choose “{title}” from the list."),
    "unknown": Text("Tờ khai không có mục này.", "The form has no such field."),
    "too_long": Text("“{title}” dài nhất {most} ký tự.", "“{title}” takes at most {most} characters."),
    "too_short": Text("“{title}” cần ít nhất {least} ký tự.", "“{title}” needs at least {least} characters."),
    "bad_pattern": Text("“{title}” chưa đúng mẫu{example}.", "“{title}” is not in the right form{example}."),
    "bad_email": Text(
        "“{title}” phải là địa chỉ thư điện tử, ví dụ ten@vidu.vn.", "“{title}” must be an e-mail address."
    ),
    "bad_phone": Text(
        "“{title}” phải là số điện thoại Việt Nam, ví dụ 0912 345 678.",
        "“{title}” must be a Vietnamese telephone number, such as 0912 345 678.",
    ),
    "too_small": Text("“{title}” nhỏ nhất là {least}.", "“{title}” must be {least} or more."),
    "too_large": Text("“{title}” lớn nhất là {most}.", "“{title}” must be {most} or less."),
    "too_precise": Text("“{title}” có nhiều nhất {most} chữ số thập phân.", "“{title}” takes at most {most} decimals."),
    "too_late": Text("“{title}” không được sau {bound}.", "“{title}” must not be after {bound}."),
    "too_early": Text("“{title}” không được trước {bound}.", "“{title}” must not be before {bound}."),
    "not_unique": Text("Hai mục trong “{title}” trùng nhau.", "Two entries of “{title}” are the same."),
    "not_accepted": Text("“{title}” chưa đúng.", "“{title}” is not right."),
    "paper_missing": Text("Hãy đính kèm “{title}”.", "Attach “{title}”."),
    "issued_on": Text("Hãy nhập ngày cấp của “{title}”.", "Enter the day on which “{title}” was issued."),
    "no_agency": Text("Chưa xác định được {title} hồ sơ này.", "The agency that {title} this case was not found."),
    "channel": Text("Thủ tục này không nhận qua kênh đã chọn.", "This procedure is not filed through that channel."),
    "not_effective": Text("Thủ tục này không có hiệu lực vào ngày nộp.", "This procedure is not in force on that day."),
    "declaration": Text(
        "Hãy đánh dấu vào lời cam đoan trước khi nộp.", "Tick the declaration of truth before you send."
    ),
    "too_old": Text("“{title}” cấp quá lâu, phải trong vòng {within}.", "“{title}” is too old: within {within}."),
    "no_fee": Text("Hãy chọn khoản đã nộp.", "Choose what was paid."),
    "no_way": Text("Hãy chọn tiền mặt hay chuyển khoản.", "Choose cash or transfer."),
    "no_document": Text("Hãy nhập số chứng từ.", "Enter the number of the document."),
    "no_such_case": Text(
        "Nơi bạn làm việc không nhận hồ sơ nào có số này.", "Your office received no case with this number."
    ),
    "does_not_fit": Text(
        "Hồ sơ đó không có khoản phải nộp nào đúng bằng số tiền này.", "That case owes nothing of exactly this amount."
    ),
    "reason": Text("Hãy nêu lý do.", "Give the reason."),
    "opinion": Text("Hãy chọn đồng ý hoặc không đồng ý.", "Choose whether the agency agrees or objects."),
    "message": Text(
        "Hãy ghi văn bản đã nhận: số, ngày, nơi gửi, nội dung.", "Say what came: its number, day, sender and content."
    ),
    "nobody_picked": Text("Hãy chọn người xử lý bước tiếp theo.", "Choose who does the next step."),
    "cannot_do": Text("{title} không làm được bước này.", "{title} cannot do this step."),
    "not_handed": Text(
        "Hãy đánh dấu là đã bàn giao bản giấy cho cơ quan tiếp theo.", "Tick that the originals were handed over."
    ),
    "no_slot": Text("Hãy nhập ít nhất một giờ hẹn.", "Enter at least one time."),
    "too_many_slots": Text("Chỉ đưa ra nhiều nhất {most} giờ hẹn.", "Offer at most {most} times."),
    "slot_past": Text("Giờ hẹn phải ở sau lúc này.", "An appointment must be later than now."),
    "slot_closed": Text("Giờ hẹn phải trong giờ làm việc của cơ quan.", "An appointment must be in office hours."),
    "nothing_asked": Text(
        "Hãy chọn ít nhất một mục hoặc giấy tờ cần bổ sung.", "Tick at least one field or paper to be supplied."
    ),
    "not_there": Text("Hồ sơ không có mục “{title}”.", "The case has no “{title}”."),
    "not_asked": Text("“{title}” không thuộc phần được yêu cầu bổ sung.", "“{title}” was not asked for."),
}


@dataclass(frozen=True)
class Problem:
    """`field` is a dotted path (`nguoi_lam_chung.0.ho_ten`, `paper.giay_chung_sinh`, or "" for the whole)."""

    field: str
    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    text: Text | None = None  # a catalog check's own message
    level: str = "error"

    def message(self, lang: str = "vi") -> str:
        if self.text:
            return self.text.in_(lang)
        params = {key: value.in_(lang) if isinstance(value, Text) else value for key, value in self.params.items()}
        return MESSAGES[self.code].in_(lang).format_map(params)

    @property
    def stops(self) -> bool:
        return self.level == "error"
