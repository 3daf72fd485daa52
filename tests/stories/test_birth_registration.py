"""Birth registration from the first page to the certificate: filed from home without scripts, supplemented once,
accepted, examined, signed, handed over; over real HTTP, with two worker processes, on either database.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.stories.province import Server, eventually, sample_paper, signed_in
from tests.stories.visitor import Visitor

from motcua.catalogue.source import parse
from motcua.settings import HOME

PROCEDURE = "/procedures/dang_ky_khai_sinh"
EXAMPLES = HOME / "procedures" / "ho_tich" / "dang_ky_khai_sinh.examples.yaml"


def answers(example: str) -> dict[str, Any]:
    """What an applicant of the catalog's examples writes."""
    found = parse(EXAMPLES.read_bytes(), EXAMPLES.name).data
    return dict(next(one["answers"] for one in found if one["id"] == example))


def test_a_birth_is_registered_from_filing_to_the_certificate(server: Server) -> None:
    mother = signed_in(server, "duc@vidu.vn").open(PROCEDURE).press("Nộp hồ sơ")
    draft = mother.url
    fill_in(mother, draft, answers("ks-1"))
    mother.open(f"{draft}/office").press("Lưu và tiếp tục", receives="ubnd_phuong_ham_rong")
    mother.open(f"{draft}/papers").press("Gửi tệp lên", files={"file": ("Giấy chứng sinh – Đỗ.pdf", sample_paper())})
    mother.open(f"{draft}/check")
    assert "16.000 đ" in mother.text  # two copies at 8.000, registered in time
    receipt = mother.press("Nộp hồ sơ", tick=["declaration"])
    number = found(r"H56\.102-261005-0001", receipt.text)
    case = found(r"/cases/[\w-]{22}", receipt.url)

    desk = open_case(server, "nguyenthilan.hamrong", number)
    assert "Giấy chứng sinh – Đỗ.pdf" in desk.text
    desk.press(
        "Yêu cầu bổ sung",
        reason="Ảnh giấy chứng sinh bị lóa",
        **{next(n for n in fields_of(desk) if "asks" in n): ["paper.giay_chung_sinh", "noi_sinh.so_giay_chung_sinh"]},
    )
    supplement(mother, case)

    open_case(server, "nguyenthilan.hamrong", number).press("Tiếp nhận")
    told_by_three_channels(server, mother, number)
    open_case(server, "dovanduc.hamrong", number).press("Đạt, trình ký")
    open_case(server, "lequochung.hamrong", number).press("Ký kết quả")
    assert "H56.102-2026-00001" in mother.open(case).text
    open_case(server, "nguyenthilan.hamrong", number).press("Đã trả kết quả")

    assert number not in signed_in(server, "nguyenthilan.hamrong").open("/desk").text
    nothing_personal_is_shown_by_number(server, number)


def fill_in(visitor: Visitor, draft: str, pages: Mapping[str, Any]) -> None:
    """Page by page; what an answer makes necessary comes on the same page again."""
    for page, raw in pages.items():
        visitor.open(f"{draft}/pages/{page}")
        known = dict(flat(page, raw))
        for _ in range(5):
            here = fields_of(visitor)
            visitor.press("Lưu và tiếp tục", **{n: known[n] for n in here if n in known})
            if f"/pages/{page}" not in visitor.url:
                break
        assert f"/pages/{page}" not in visitor.url, visitor.text


def flat(name: str, raw: Any) -> Iterator[tuple[str, str]]:
    """Dotted names as the form has them; a date is typed whole into the first of its three boxes."""
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            yield from flat(f"{name}.{key}", value)
        return
    text = {True: "true", False: "false"}[raw] if isinstance(raw, bool) else str(raw)
    yield name, text
    yield f"{name}.day", text


def fields_of(visitor: Visitor) -> set[str]:
    return {name for form in visitor.page.forms for name in form.fields}


def open_case(server: Server, officer: str, number: str) -> Visitor:
    desk = signed_in(server, officer).open("/desk")
    assert number in desk.text, desk.text
    return desk.open(found(r"/desk/cases/[\w-]{22}", desk.html))


def supplement(mother: Visitor, case: str) -> None:
    """Only what was ticked is open: the number and the paper; the rest stands."""
    mother.open(case)
    assert "Ảnh giấy chứng sinh bị lóa" in mother.text
    mother.press("Bổ sung")
    draft = found(r"/drafts/[\w-]{22}", mother.url)
    mother.open(f"{draft}/pages/noi_sinh")
    assert "noi_sinh.so_giay_chung_sinh" in fields_of(mother)
    assert "noi_sinh.loai" not in fields_of(mother)
    mother.press("Lưu", noi_sinh__so_giay_chung_sinh="2026-04813")
    mother.open(f"{draft}/papers").press("Gửi tệp lên", files={"file": ("Giấy chứng sinh rõ.pdf", sample_paper())})
    mother.open(f"{draft}/check").press("Gửi", tick=[b for b in fields_of(mother) if b == "declaration"])
    assert mother.status == 200, mother.text


def told_by_three_channels(server: Server, mother: Visitor, number: str) -> None:
    """Article 9.2.b of the regulation: portal, SMS and e-mail, with the same date due."""
    due = "thứ Hai, 05/10/2026, 17:00"

    def told() -> bool:
        letters = [
            json.loads(file.read_text(encoding="utf-8"))["text"]
            for channel in ("mail", "sms")
            for file in (server.data / "outgoing" / channel).glob("*.json")
        ]
        written = [text for text in letters if number in text and due in text]
        return len(written) == 2 and due in mother.open("/notices").text

    eventually(told, "acceptance is told by portal, SMS and e-mail")


def nothing_personal_is_shown_by_number(server: Server, number: str) -> None:
    stranger = Visitor(server.base).open("/track").press("Tra cứu", number=number.lower().replace("-", " - "))
    assert number in stranger.text
    for personal in ("ĐỖ THỊ HẠNH", "LÊ ĐỨC AN", "038196000101", "0912", "Đoàn Đức"):
        assert personal not in stranger.text


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, f"{pattern}: {text[:1500]}"
    return match[0]
