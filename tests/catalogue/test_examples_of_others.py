"""Examples in which others act: an agency gives its opinion or keeps silent, an order suspends the case and is lifted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_catalog import mistakes

PROCEDURE = "time_limits: [{id: chinh, within: 5 ngày làm việc}]\n"
WORKFLOW = """
steps:
  tiep_nhan: {role: one_stop, at: receives, actions: {nhan: {does: accept, to: hoi}}}
  hoi:
    waits_for: agencies
    asks: [{agency: xa_binh}]
    within: 2 ngày làm việc
    silence: agree
    clock: runs
    to: ky
  ky: {role: leader, at: decides, actions: {ky: {does: sign, to: xong}}}
  xong: {ends: granted}
interrupts:
  - {id: ke_bien, name: Văn bản kê biên, by: leader, before: xong, does: suspend, clock: resume}
"""
ANSWERED = "{at: 06/10/2026 09:00, step: hoi, agency: xa_binh, opinion: object, text: Sát đê}"
SUSPENDED = "{at: 06/10/2026 09:00, step: hoi, interrupt: ke_bien, who: leader, reason: Tòa án}"
LIFTED = "{at: 13/10/2026 09:00, lift: ke_bien, who: leader}"


@pytest.mark.parametrize(
    ("events", "expect"),
    [
        ([ANSWERED], "{due: 12/10/2026 17:00, route: [tiep_nhan, hoi, ky], outcome: granted}"),
        # accepted Monday 05/10; suspended on Tuesday (day 1): it stands, and nobody signs
        ([SUSPENDED], "{due: null, route: [tiep_nhan, hoi], outcome: null}"),
        # four days are left, counted from Tuesday 13/10: 14 (1), 15 (2), 16 (3), Monday 19/10 (4)
        ([SUSPENDED, LIFTED], "{due: 19/10/2026 17:00, outcome: granted}"),
    ],
)
def test_what_others_do_is_played(tmp_path: Path, events: list[str], expect: str) -> None:
    lines = "".join(f"    - {event}\n" for event in events)
    example = f"- id: mot\n  at: 05/10/2026 08:00\n  answers: {{}}\n  events:\n{lines}  expect: {expect}\n"
    assert mistakes(tmp_path, procedure=PROCEDURE, workflow=WORKFLOW, examples=example) == []
