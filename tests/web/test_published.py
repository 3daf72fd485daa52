"""The page of a procedure before anything is answered: every item of the law, from the YAML; its texts do no harm."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from tests.casework.commune import PROCEDURE, put_catalog
from tests.web.conftest import Browser
from tests.web.desk_site import proof

from motcua.office import Office
from motcua.web.markdown import markdown

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def page(office: Office, visitor: Browser) -> str:
    put_catalog(office, proof())
    return visitor.get(f"/procedures/{PROCEDURE}").text


def texts(page: str, section: str) -> list[str]:
    """The lines of a section, as they are read."""
    part = page.split(f'id="{section}"')[1].split("<h2")[0]
    items = re.findall(r"<li[^>]*>(.*?)</li>", part, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def test_fees_are_shown_with_every_possibility_and_its_reason(page: str) -> None:
    assert texts(page, "fees") == [
        "0 đ – Miễn lệ phí cho hộ nghèo và người khuyết tật",
        "0 đ – Đăng ký đúng hạn",
        "0 đ – Nộp trực tuyến",
        "8.000 đ – Đăng ký quá hạn 60 ngày",
        "8.000 đ × số bản sao Giấy khai sinh cần cấp",
    ]


def test_time_limits_begin_with_the_ordinary_one(page: str) -> None:
    assert texts(page, "limits") == [
        "1 giờ làm việc",
        "8 giờ làm việc",
        "trong ngày",
        "5 ngày làm việc – Có nội dung phải xác minh",
    ]


def test_papers_say_how_many_and_whether_always(page: str) -> None:
    papers = texts(page, "papers")
    assert papers[0] == "Tờ khai đăng ký khai sinh Điền ngay trên trang này"
    assert papers[1] == "Giấy chứng sinh 1 bản chính · Chỉ với một số trường hợp"
    assert papers[-1].endswith("Mang theo để đối chiếu, không phải nộp")
    assert len(papers) == 7


def test_steps_results_and_law_are_there(page: str) -> None:
    assert len(texts(page, "steps")) == 4
    assert texts(page, "course") == [
        "Tiếp nhận hồ sơ Cán bộ bộ phận một cửa",
        "Thẩm tra Công chức tư pháp - hộ tịch",
        "Ký Lãnh đạo cơ quan",
        "Trả kết quả Cán bộ bộ phận một cửa",
    ]
    assert texts(page, "results") == ["Giấy khai sinh"]
    assert texts(page, "law")[0] == "Luật Hộ tịch số 60/2014/QH13"


def test_the_home_page_lists_it_under_its_sector(page: str, visitor: Browser) -> None:
    home = visitor.get("/").text
    assert home.index("Hộ tịch") < home.index("Đăng ký khai sinh")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![x](http://evil.vn/x.png)",
        "<a href='data:text/html,x'>a</a>",
        "<style>body{}</style>",
        "{{7*7}} ${7*7}",
        "[a](JaVaScRiPt:alert(1) 'x')",
    ],
)
def test_what_an_editor_writes_is_text_and_never_a_program(app: Flask, hostile: str) -> None:
    """S2: the beginning."""
    made = str(markdown(hostile))
    assert not re.search(r"<(script|img|style|iframe|svg)|href=\"(javascript|data)|<[^>]*\son\w+=", made, re.I)
    assert "49" not in made


def of(office: Office, visitor: Browser, procedure: str) -> str:
    put_catalog(office, proof())
    return visitor.get(f"/procedures/{procedure}").text


def test_a_paper_for_each_row_of_a_list_is_named_by_the_question(office: Office, visitor: Browser) -> None:
    papers = texts(of(office, visitor, "chung_thuc_ban_sao"), "papers")
    assert papers[0].startswith("Bản chính: tên giấy tờ Mang theo để đối chiếu")
    assert [line for line in papers if "{" in line] == []


def test_a_paper_says_when_it_is_needed(office: Office, visitor: Browser) -> None:
    papers = texts(of(office, visitor, "cap_phep_xay_dung_nha_o"), "papers")
    assert "Hợp đồng thuê đất, thuê công trình 1 bản chính · Khi đất hoặc công trình đi thuê." in papers


def test_an_amount_that_only_a_formula_can_say_is_told_in_words(office: Office, visitor: Browser) -> None:
    page = of(office, visitor, "chung_thuc_ban_sao")
    assert "Hai trang đầu 2.000 đ một trang, từ trang thứ ba 1.000 đ một trang, nhiều nhất 200.000 đ một bản." in page
    assert texts(page, "fees")[0] == "Tính theo từng hồ sơ"
