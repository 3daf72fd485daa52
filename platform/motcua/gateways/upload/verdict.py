"""What the check says of an uploaded file, as data. Called by check.py, pdf.py and image.py; shown by web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.domain.text import Text

MESSAGES: Mapping[str, Text] = {
    "empty": Text("Tệp trống. Hãy chọn lại tệp.", "The file is empty. Choose it again."),
    "too_large": Text("Tệp lớn hơn {most_mb} MB. Hãy nén hoặc chia nhỏ.", "The file is larger than {most_mb} MB."),
    "not_accepted": Text(
        "Giấy tờ này nhận tệp {accepts}. Hãy chuyển tệp sang một trong các loại đó.",
        "This paper takes {accepts}. Convert the file to one of these.",
    ),
    "other_content": Text(
        "Đuôi tên là {extension} nhưng nội dung không phải. Hãy lưu lại tệp từ phần mềm gốc.",
        "The name ends in {extension} but the content is something else. Save it again from its own program.",
    ),
    "hidden_program": Text(
        "Tên tệp chứa đuôi của chương trình ({inner}). Hãy đổi tên tệp.",
        "The name contains the ending of a program ({inner}). Rename the file.",
    ),
    "two_in_one": Text(
        "Trong tệp có lẫn nội dung của loại tệp khác. Hãy in hoặc chụp lại thành tệp mới.",
        "Another kind of file is hidden in this one. Print or photograph it anew.",
    ),
    "broken": Text(
        "Không mở được tệp, có thể tệp bị hỏng. Hãy tạo lại tệp.", "The file cannot be opened; it may be damaged."
    ),
    "encrypted": Text(
        "Tệp PDF có mật khẩu hoặc bị khoá. Hãy bỏ khoá rồi gửi lại.",
        "The PDF is locked or has a password. Remove it and send the file again.",
    ),
    "active": Text(
        "Tệp PDF có chứa mã lệnh. Hãy in thành tệp PDF mới (Print to PDF) rồi gửi lại.",
        "The PDF contains a program. Print it to a new PDF and send that.",
    ),
    "too_many_pages": Text("Tệp PDF có hơn {most} trang. Hãy chia nhỏ.", "The PDF has more than {most} pages."),
    "too_complex": Text("Tệp PDF quá phức tạp. Hãy in thành tệp PDF mới.", "The PDF is too complex. Print it anew."),
    "too_many_pixels": Text(
        "Ảnh lớn hơn {most_mp} triệu điểm ảnh. Hãy chụp hoặc quét ở độ phân giải thấp hơn.",
        "The picture has more than {most_mp} million pixels. Use a lower resolution.",
    ),
}


@dataclass(frozen=True)
class Verdict:
    """`problem` is None for a good file; else the key of its message. `name` is clean either way."""

    name: str
    type: str | None = None
    problem: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return self.problem is None

    def message(self, lang: str = "vi") -> str:
        return MESSAGES[self.problem].in_(lang).format_map(self.params) if self.problem else ""


class Bad(Exception):
    """Ends a reading at the first thing that is wrong; never leaves this folder."""

    def __init__(self, problem: str, **params: Any) -> None:
        super().__init__(problem)
        self.problem, self.params = problem, params
