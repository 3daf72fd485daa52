"""What is said about the shape of catalog files (C1xx). Help pages and examples are in `checks/`."""

from __future__ import annotations

from motcua.catalogue.diagnostic import Message

MESSAGES: dict[str, Message] = {
    "C101": Message("thiếu khoá '{key}'", "the key '{key}' is missing"),
    "C102": Message("khoá lạ '{key}'", "unknown key '{key}'"),
    "C103": Message("ở đây phải là {expected}, không phải {got}", "here stands {expected}, not {got}"),
    "C104": Message("'{got}' không nằm trong: {allowed}", "'{got}' is none of: {allowed}"),
    "C105": Message(
        "tên '{got}' phải là chữ thường không dấu, số, gạch dưới: viết '{meant}'",
        "the name '{got}' must be small ASCII letters, digits, underscores: write '{meant}'",
    ),
    "C106": Message("tên '{got}' để dành cho ngôn ngữ; chọn tên khác", "the name '{got}' is reserved; choose another"),
    "C107": Message(
        "'{got}' không đúng cách viết; phải là {expected}", "'{got}' is not written right; write {expected}"
    ),
    "C108": Message("quá ít: phải có ít nhất {bound}", "too few: at least {bound}"),
    "C109": Message("quá nhiều hoặc quá dài: nhiều nhất {bound}", "too many or too long: at most {bound}"),
    "C110": Message("khoá '{key}' chưa có giá trị", "the key '{key}' has no value"),
    "C111": Message("số {got} vượt giới hạn {bound}", "the number {got} is beyond {bound}"),
    "C112": Message("'{got}' đã có ở trên", "'{got}' stands above already"),
    "C113": Message("`else` phải là dòng cuối", "`else` must be the last row"),
    "C114": Message(
        "một dòng là {{when hoặc in_force, is}} hoặc {{else}}, trong một danh sách",
        "a row is {{when or in_force, is}} or {{else}}, in a list",
    ),
    "C115": Message("phải có đúng một trong: {of}", "exactly one of these must stand: {of}"),
    "C116": Message("khoá '{key}' không dùng với `{kind}`", "the key '{key}' does not go with `{kind}`"),
    "C117": Message(
        "'{key}' có `when` nên không nằm trong `required`; ở trường đó viết `required_when: shown`",
        "'{key}' has a `when` and cannot stand in `required`; write `required_when: shown` in it",
    ),
    "C118": Message(
        "mẫu này có thể chạy rất lâu: không lặp cả nhóm, nhiều nhất hai chỗ dài tùy ý",
        "this pattern may run for very long: no repeated group, at most two parts of any length",
    ),
    "C119": Message("mẫu không đọc được: {got}", "the pattern cannot be read: {got}"),
    "C120": Message("lịch không có ngày {got}", "there is no such day: {got}"),
    "C121": Message("khoá '{key}' chỉ dùng với `{kind}`", "the key '{key}' goes only with `{kind}`"),
}
