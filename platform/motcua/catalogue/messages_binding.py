"""What is said about forms, papers, limits and examples that are well shaped and yet cannot be (C500 and on)."""

from __future__ import annotations

from motcua.catalogue.diagnostic import Message

MESSAGES: dict[str, Message] = {
    "C501": Message(
        "`{key}` đã có trong phần dùng chung ({shared}); bên cạnh chỉ được thêm khoá mới",
        "`{key}` stands in the shared part ({shared}) already; beside it only new keys may stand",
    ),
    "C502": Message(
        "`at` nêu trường '{name}' không có trong tờ khai", "`at` names '{name}', which is no field of the form"
    ),
    "C503": Message("dòng có {got} ô, đầu bảng có {expected} cột", "the row has {got} cells, the header {expected}"),
    "C504": Message("'{value}' không phải là ngày, viết 01/07/2024", "'{value}' is no date, write 01/07/2024"),
    "C505": Message("`each` cần một danh sách gồm các nhóm", "`each` needs a list of groups"),
    "C506": Message("không có sự kiện '{name}'", "there is no event '{name}'"),
    "C507": Message("'{value}' không phải là giờ, viết \"15:00\"", "'{value}' is no time of day, write \"15:00\""),
    "C508": Message(
        "không hiểu thời gian '{value}', viết như 5 ngày làm việc, 8 giờ làm việc, 24 giờ, 2 tháng, trong ngày",
        "'{value}' is no amount of time, write 5 ngày làm việc, 8 giờ làm việc, 24 giờ, 2 tháng, trong ngày",
    ),
    "C509": Message("`default` không đọc được: {problem}", "`default` cannot be read: {problem}"),
    "C510": Message(
        "phiên bản này chưa chạy được `{what}`; thủ tục dùng nó chưa thể đưa ra phục vụ",
        "this version does not run `{what}` yet; a procedure that uses it cannot go live",
    ),
    "C520": Message(
        "{example}: mong đợi {key} là {expected}, nhưng ra {got}",
        "{example}: expected {key} to be {expected}, got {got}",
    ),
    "C521": Message("{example}: không diễn được sự kiện {event}", "{example}: the event {event} cannot be played"),
    "C522": Message("{example}: không tính được: {reason}", "{example}: cannot be computed: {reason}"),
    "C523": Message(
        "không đọc được thời điểm '{value}', viết 06/10/2026 09:30", "'{value}' is no moment, write 06/10/2026 09:30"
    ),
    "C524": Message(
        "{example}: người nộp có lỗi không mong đợi: {problems}",
        "{example}: the applicant has unexpected problems: {problems}",
    ),
    "C525": Message(
        "{example}: không đọc được {key} mong đợi: '{value}'",
        "{example}: what is expected of {key} cannot be read: '{value}'",
    ),
}
