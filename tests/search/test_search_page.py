"""The page of the search: by its address alone; what is typed stays text; an empty list says what to do."""

from __future__ import annotations

import logging
from html import unescape

import pytest
from tests.casework.commune import PROCEDURE, put_catalog
from tests.web.conftest import Browser, app, office, visitor
from tests.web.desk_site import proof

from motcua.office import Office

__all__ = ["app", "office", "visitor"]  # the site of the web's tests

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def site(office: Office, visitor: Browser) -> Browser:
    put_catalog(office, proof())
    return visitor


def test_without_a_catalog_it_says_so(visitor: Browser) -> None:
    assert "Chưa có thủ tục nào" in visitor.get("/search").text


def test_the_home_page_asks_what_one_needs(site: Browser) -> None:
    page = site.get("/").text
    assert 'action="/search"' in page
    assert 'type="search"' in page


@pytest.mark.parametrize("asked", ["lam giay khai sinh", "khai sing", "KHAI SINH", "birth"])
def test_it_is_found_however_it_is_typed(site: Browser, asked: str) -> None:
    page = site.get("/search", query_string={"q": asked})
    assert page.status_code == 200
    assert f'href="/procedures/{PROCEDURE}"' in page.text
    assert "Hộ tịch · " in page.text


def test_a_misspelt_word_is_asked_back(site: Browser) -> None:
    page = site.get("/search?q=khai+sinnh").text
    assert "Có phải bạn tìm:" in page
    assert 'href="/search?q=khai+sinh"' in page


def test_nothing_found_says_what_to_do(site: Browser) -> None:
    page = site.get("/search?q=zzzz").text
    assert "Không tìm thấy thủ tục nào cho “zzzz”" in page
    assert "Xem mọi thủ tục" in page


def test_nothing_typed_shows_everything(site: Browser) -> None:
    assert f'href="/procedures/{PROCEDURE}"' in site.get("/search").text


def test_a_field_of_work_that_is_not_there_narrows_nothing(site: Browser) -> None:
    assert f'href="/procedures/{PROCEDURE}"' in site.get("/search?sector=khong_co&level=x&audience=y").text


@pytest.mark.parametrize(
    "asked", ['<script>alert(1)</script> "khai', "'\"><img src=x>", "khai AND (sinh OR *)", "\0%ff"]
)
def test_what_is_typed_is_text(site: Browser, asked: str) -> None:
    page = site.get("/search", query_string={"q": asked})
    assert page.status_code in (200, 400)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


def test_it_comes_back_as_it_was_typed(site: Browser) -> None:
    page = site.get("/search", query_string={"q": "nhà & “đất” 100%"}).text
    assert 'value="nhà & “đất” 100%"' in unescape(page)


def test_nobody_writes_down_what_is_looked_for(site: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        site.get("/search?q=xet+nghiem+bi+mat")
    assert not [
        record for record in caplog.records if "bi+mat" in record.getMessage() or "bi mat" in record.getMessage()
    ]


def test_in_english(site: Browser) -> None:
    site.get("/language/en")
    page = site.get("/search?q=birth+registration").text
    assert "Birth registration" in page
