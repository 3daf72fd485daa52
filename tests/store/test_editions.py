"""Editions are kept by content, and the last good one of each procedure is remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.store.racers import MONDAY

from motcua.domain.refusals import NotThere
from motcua.store import Store
from motcua.store.editions import StoredEdition

FORM = {"title": "Tờ khai", "required": ["tre"], "properties": {"tre": {"maxLength": 100, "default": None}}}


def edition(letter: str, **files: Any) -> StoredEdition:
    """An edition whose files each have a hash made of the letter and their name."""
    manifest = {f"{name}.yaml": f"{letter}-{name}" for name in files}
    return StoredEdition(letter * 64, "khai_sinh", manifest, {f"{name}.yaml": data for name, data in files.items()})


def test_an_edition_comes_back_with_the_data_of_its_files(store: Store) -> None:
    kept = edition("a", form=FORM, workflow={"id": "mot_cap"}, empty=None)
    with store.transaction() as books:
        books.editions.put(kept, MONDAY)
        books.editions.put(kept, MONDAY + timedelta(days=1))
    with store.reading() as books:
        read = books.editions.get("a" * 64)
    assert read == kept
    assert list(read.files["form.yaml"]) == ["title", "required", "properties"]


def test_an_unknown_edition_is_not_there(store: Store) -> None:
    with store.reading() as books, pytest.raises(NotThere):
        books.editions.get("0" * 64)


def test_a_wrong_file_leaves_the_last_good_edition_live_and_says_what_is_wrong(store: Store) -> None:
    noon = MONDAY + timedelta(hours=4)
    with store.transaction() as books:
        books.editions.put(edition("a", form=FORM), MONDAY)
        books.editions.go_live("khai_sinh", "a" * 64, MONDAY)
        before = books.editions.mark()
        books.editions.is_wrong("khai_sinh", [{"code": "C102", "line": 14}], noon)
    with store.reading() as books:
        live = books.editions.live()["khai_sinh"]
        assert books.editions.mark() != before
    assert (live.edition, live.since, live.state, live.seen_at) == ("a" * 64, MONDAY, "wrong", noon)
    assert live.diagnostics == [{"code": "C102", "line": 14}]


def test_a_mended_file_goes_live_and_the_same_content_keeps_its_since(store: Store) -> None:
    noon = MONDAY + timedelta(hours=4)
    with store.transaction() as books:
        books.editions.put(edition("a", form=FORM), MONDAY)
        books.editions.go_live("khai_sinh", "a" * 64, MONDAY)
        books.editions.is_wrong("khai_sinh", ["x"], noon)
        books.editions.go_live("khai_sinh", "a" * 64, noon)
    with store.reading() as books:
        live = books.editions.live()["khai_sinh"]
    assert (live.since, live.state, live.diagnostics) == (MONDAY, "live", [])


def test_what_never_was_good_serves_nothing(store: Store) -> None:
    with store.transaction() as books:
        books.editions.is_wrong("khai_sinh", ["x"], MONDAY)
    with store.reading() as books:
        assert books.editions.live()["khai_sinh"].edition is None


def test_a_retired_procedure_serves_no_more_but_its_editions_stay(store: Store) -> None:
    with store.transaction() as books:
        books.editions.put(edition("a", form=FORM), MONDAY)
        books.editions.go_live("khai_sinh", "a" * 64, MONDAY)
        books.editions.retire("khai_sinh")
        assert books.editions.live() == {}
        assert books.editions.get("a" * 64).procedure == "khai_sinh"


def test_compiled_expressions_are_kept_by_key(store: Store) -> None:
    with store.transaction() as books:
        books.editions.keep_compiled({"k1": b"\x00\xff", "k2": b""})
        books.editions.keep_compiled({"k1": b"other", "k3": b"3"})
    with store.reading() as books:
        assert books.editions.compiled(["k1", "k3", "k9"]) == {"k1": b"\x00\xff", "k3": b"3"}
