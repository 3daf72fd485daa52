"""The applicants of the procedures' sheets, counted by hand, come out right to the đồng and the minute when people play
them through the pages: on SQLite all of them, on PostgreSQL those whom a sheet names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from tests.stories.as_written import AsWritten, shipped
from tests.stories.counted_by_hand import differing
from tests.stories.played_example import Player
from tests.stories.played_site import Site
from tests.stories.seen_case import OUTCOMES, DeskPage, moment

#: who files for another does so at the counter
ALL = [(procedure, one) for procedure in shipped() for one in procedure.examples if not one.get("by_agent")]
#: the five that a sheet names
OF_SHEETS = [(p, e) for p, e in ALL if re.fullmatch(r"(ks|\d\d)-[1-5]", e["id"])]
RUNS = [("sqlite", *one) for one in ALL] + [("postgresql", *one) for one in OF_SHEETS]


@pytest.mark.parametrize(
    ("database_url", "procedure", "example"),
    RUNS,
    ids=[f"{e['id']}-{d}" for d, _, e in RUNS],
    indirect=["database_url"],
)
def test_an_applicant_comes_out_as_counted_by_hand(
    site: Site, procedure: AsWritten, example: Mapping[str, Any]
) -> None:
    seen = Player(site, procedure, example).play()
    assert differing(seen, procedure, example) == {}
    if seen.desk is not None:
        the_applicant_reads_the_same(seen.desk, seen.citizen)


def the_applicant_reads_the_same(desk: DeskPage, head: str) -> None:
    """How it ended, or until when, stands at the head of the applicant's page too."""
    ended = next((said for said in OUTCOMES.values() if said in desk.state), None)
    if ended is not None:
        assert ended in head
    else:
        assert moment(head) == desk.due
