"""What a search owes whatever is typed: an answer, the same for every spelling of the same letters, within its bounds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.domain.folding import fold
from motcua.domain.text import Text
from motcua.search.procedures import Entry, Found, ProcedureSearch

BIRTH = Entry("sinh", "1.001193", Text("Đăng ký khai sinh", "Birth registration"), (Text("giấy khai sinh"),), "", "ho_tich", ("commune",), ("citizen",))  # fmt: skip
DEATH = Entry("tu", "1.000656", Text("Đăng ký khai tử"), (Text("báo tử"),), "", "ho_tich", ("commune",), ("citizen",))
MARKET = Entry("cho", "2.000001", Text("Thuê chỗ trong chợ"), (), "quầy hàng", "cong_thuong", ("commune", "province"), ("household",))  # fmt: skip
DOG = Entry("cho_nuoi", "2.000002", Text("Khai báo nuôi chó"), (), "", "thu_y", ("commune",), ("citizen", "household"))
DEED = Entry("so_do", "1.000003", Text("Cấp Giấy chứng nhận quyền sử dụng đất"), (Text("sổ đỏ"),), "", "dat_dai", ("province",), ())  # fmt: skip
SEARCH = ProcedureSearch([BIRTH, DEATH, MARKET, DOG, DEED])


def ids(text: str, **among: str) -> list[str]:
    return [hit.id for hit in SEARCH.find(text, **among).hits]  # type: ignore[arg-type]


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_whatever_is_typed_is_answered(text: str) -> None:
    assert isinstance(SEARCH.find(text), Found)


@given(st.text(alphabet=st.characters(codec=None), max_size=40), st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=80)
def test_whatever_is_chosen_is_answered(text: str, sector: str, level: str) -> None:
    assert isinstance(SEARCH.find(text, sector=sector, level=level, audience=sector), Found)


@pytest.mark.parametrize(
    "text",
    ["", " ", "!!!", "AND OR NOT", "a:b", "khai*", '"khai', "(", "\0", "\ud800", "😀", "x" * 9999, "khai " * 999],
)
def test_what_other_searches_read_as_commands_is_text(text: str) -> None:
    assert isinstance(SEARCH.find(text), Found)


@given(st.permutations(["khai", "sinh", "giấy"]))
def test_the_order_of_words_loses_nothing(words: list[str]) -> None:
    assert ids(" ".join(words))[0] == "sinh"


@pytest.mark.parametrize("query", ["Đăng ký khai sinh", "sổ đỏ", "nuôi chó", "thuê chỗ"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_composed_and_taken_apart_are_the_same(query: str, form: str) -> None:
    wanted = SEARCH.find(query).hits
    assert SEARCH.find(unicodedata.normalize(form, query)).hits == wanted  # type: ignore[arg-type]
    assert SEARCH.find(query.upper()).hits == wanted
    assert ids(fold(query))[0] == wanted[0].id


def test_words_with_their_marks_come_first() -> None:
    assert ids("chợ")[0] == "cho"
    assert ids("chó")[0] == "cho_nuoi"


def test_y_and_i_are_one_letter_where_people_write_both() -> None:
    assert ids("đăng kí khai sinh") == ids("đăng ký khai sinh")


@pytest.mark.parametrize(
    "query", ["tôi muốn làm giấy khai sinh cho con", "thủ tục khai sinh", "xin giấy khai sinh ở đâu"]
)
def test_what_stands_around_does_not_decide(query: str) -> None:
    assert ids(query)[0] == "sinh"


def test_who_has_all_the_words_comes_before_who_has_most() -> None:
    assert (ids("khai sinh")[0], set(ids("khai sinh"))) == ("sinh", {"sinh", "tu", "cho_nuoi"})
    assert (ids("khai tử")[0], set(ids("khai tử"))) == ("tu", {"tu", "sinh", "cho_nuoi"})


@pytest.mark.parametrize("begun", ["khai s", "khai si", "khai sin", "khais", "giấy kh"])
def test_the_last_word_may_be_begun_only(begun: str) -> None:
    assert ids(begun)[0] == "sinh"


@pytest.mark.parametrize(
    ("typed", "meant"), [("khai sinnh", "khai sinh"), ("khia sinh", "khai sinh"), ("Giấy khai snh", "giấy khai sinh")]
)
def test_an_unknown_word_is_asked_back_in_words_of_the_index(typed: str, meant: str) -> None:
    found = SEARCH.find(typed)
    assert found.meant == meant
    assert found.hits[0].id == "sinh"


@pytest.mark.parametrize("typed", ["khai sinh", "khai s", "zzzzzz", "12345", ""])
def test_nothing_is_asked_back_where_nothing_is_wrong_or_near(typed: str) -> None:
    assert SEARCH.find(typed).meant is None


def test_by_code() -> None:
    assert ids("1.000656")[0] == "tu"


def test_by_its_english_name() -> None:
    assert ids("register a birth")[0] == "sinh"


def test_narrowed_by_sector_level_and_audience() -> None:
    assert set(ids("khai", sector="ho_tich")) == {"sinh", "tu"}
    assert ids("", level="province") == ["so_do", "cho"]
    assert set(ids("", audience="household")) == {"cho", "cho_nuoi"}
    assert ids("khai", sector="dat_dai") == []


def test_nothing_typed_is_everything_by_name() -> None:
    assert ids("") == ["so_do", "sinh", "tu", "cho_nuoi", "cho"]


def test_no_more_than_asked_for() -> None:
    assert len(SEARCH.find("", most=2).hits) == 2
    assert len(SEARCH.find("khai", most=1).hits) == 1


def test_an_empty_catalog_finds_nothing() -> None:
    assert ProcedureSearch().find("khai sinh") == Found()
    assert ProcedureSearch().find("") == Found()
