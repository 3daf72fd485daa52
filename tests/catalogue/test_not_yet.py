"""What the language has and nothing obeys yet is refused by its name: no key is read and silently left undone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.small_catalog import mistakes, told, town

from motcua.catalogue.binding import not_yet

STEPS = "{role: one_stop, at: receives, actions: {nhan: {does: accept, to: xong}}}"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("procedure", "open_cases: move\n"),
        ("procedure", "post_dated_by: postmark\n"),
        ("procedure", "papers: [{id: a, name: A, original: 1, secret: true}]\n"),
        ("workflow", "interrupts: [{id: rut, name: Rút, by: applicant, to: da_rut, at_most: 1}]\n"),
        (
            "workflow",
            f"steps:\n  tiep_nhan: {STEPS}\n  xong: {{ends: granted, starts: {{procedure: cap_giay}}}}\ninterrupts: []\n",
        ),
    ],
)
def test_a_key_that_nothing_obeys_is_refused_once(tmp_path: Path, file: str, text: str) -> None:
    assert [code for _, code in mistakes(tmp_path, **{file: text})] == ["C510"], told(tmp_path)


def test_what_the_rest_of_the_language_says_is_not_refused(tmp_path: Path) -> None:
    assert town(tmp_path, procedure="open_cases: keep\n").procedure.id == "cap_giay"


def test_each_refused_key_is_a_key_of_the_language() -> None:
    """A key that was renamed or works by now must not stay in the list."""
    schemas = "".join(
        (Path(not_yet.__file__).parent.parent / "schemas" / name).read_text("utf-8")
        for name in ("procedure.json", "workflow.json", "common.json", "paper.json")
    )
    keys = {*not_yet.PROCEDURE, *not_yet.STEP, *not_yet.ACTION, *not_yet.CHECKLIST, *not_yet.ASKS, *not_yet.INTERRUPT}
    keys |= {key for group in not_yet.IN_PROCEDURE.values() for key in group}
    assert sorted(key for key in keys if not re.search(rf'"{key}":', schemas)) == []
