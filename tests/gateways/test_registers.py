"""The embedded registers answer from a folder; whatever is wrong with it, they are only silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motcua.gateways.registers import RegisterFolder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    answers = {"038196000101": {"xa": "14758"}}
    (tmp_path / "dan_cu.cu_tru.json").write_text(json.dumps(answers), encoding="utf-8")
    return tmp_path


def test_a_register_answers_by_key(folder: Path) -> None:
    assert RegisterFolder(folder).ask("dan_cu.cu_tru", "038196000101") == {"xa": "14758"}


@pytest.mark.parametrize(("register", "key"), [("dan_cu.cu_tru", "038196000999"), ("y_te.giay_chung_sinh", "1")])
def test_what_it_does_not_know_has_no_answer(folder: Path, register: str, key: str) -> None:
    assert RegisterFolder(folder).ask(register, key) is None


@pytest.mark.parametrize("content", ["", "[]", "{", '{"038196000101": "14758"}', "null"])
def test_a_broken_register_is_one_that_does_not_answer(folder: Path, content: str) -> None:
    (folder / "dan_cu.cu_tru.json").write_text(content, encoding="utf-8")
    assert RegisterFolder(folder).ask("dan_cu.cu_tru", "038196000101") is None
