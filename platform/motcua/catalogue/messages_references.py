"""What is said about names that lead nowhere (C220 and on). Help pages and examples are in `checks/`."""

from __future__ import annotations

from motcua.catalogue.diagnostic import Message

MESSAGES: dict[str, Message] = {
    "C220": Message("không có tệp {file}", "there is no file {file}"),
    "C221": Message("{file} không có phần '{name}' trong $defs", "{file} has no part '{name}' in its $defs"),
    "C222": Message("phần '{name}' gọi vòng lại chính nó", "the part '{name}' comes back to itself"),
    "C223": Message("không có {said} '{name}'", "there is no {said} '{name}'"),
    "C224": Message(
        "`{key}` nêu trường '{name}' không có trong nhóm này", "`{key}` names '{name}', which is no field of this group"
    ),
    "C225": Message("id '{id}' phải như tên tệp: '{name}'", "the id '{id}' must be the file's name: '{name}'"),
    "C226": Message("mã thủ tục {code} đã dùng ở {other}", "the procedure code {code} is used in {other}"),
    "C227": Message("tên tệp này đã dùng cho thủ tục {other}", "this file name is used for the procedure {other}"),
    "C228": Message("danh mục {file} không có cột '{key}'", "the list {file} has no column '{key}'"),
    "C230": Message("{reason}", "{reason}"),
}
