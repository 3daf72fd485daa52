"""The site with cases of the examples in it: an applicant is played up to a moment and put into the store, so that any
state of any procedure can be looked at over HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from motcua.casework.saving import standing
from motcua.catalogue.playing import Applicant, play
from motcua.catalogue.proving import Proof, province_of
from motcua.catalogue.source import parse
from motcua.domain.answers import read_moment
from motcua.domain.case import Case
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.cases import CaseRecord, new_ref


@dataclass(frozen=True)
class Examples:
    """The examples of a catalog, by the id of each."""

    proof: Proof
    root: Path

    def play(self, example: str, events: Sequence[Mapping[str, Any]], **instead: Any) -> Case:
        """The applicant with these events in place of the example's own."""
        procedure, data = _example(self.root, example)
        proven = next(p for p in self.proof.procedures if p.id == procedure)
        province = province_of(self.proof.reading)
        assert proven.procedure is not None
        assert province is not None
        who = Applicant(
            at=read_moment(str(data["at"])),
            channel=str(data.get("channel", "online")),
            answers=data["answers"],
            known=data.get("known", {}),
            picked=data.get("agencies", {}),
            events=events,
        )
        played = play(proven.procedure, province, replace(who, **instead))
        assert played.case is not None
        assert played.problems == tuple(played.judged.problems)
        return played.case

    def put(self, office: Office, applicant: Account, case: Case) -> str:
        """Into the store, as if it had been filed here; answers with its ref."""
        edition = next(p.edition.hash for p in self.proof.procedures if p.id == case.procedure.id)
        with office.store.transaction() as books:
            record = CaseRecord(
                ref=new_ref(),
                number=f"{case.number[:-4]}{books.counters.take('played'):04}",
                procedure=case.procedure.id,
                edition=edition,
                receives=case.state.positions["receives"],
                applicant=applicant.id,
                applicant_name=applicant.name,
                channel=case.state.channel,
                filed_on=case.state.filed_on,
                events=case.events,
            )
            return books.cases.add(record, standing(case), ()).ref


@cache
def _example(root: Path, example: str) -> tuple[str, Mapping[str, Any]]:
    for file in sorted(root.glob("procedures/**/*.examples.yaml")):
        found = next((e for e in parse(file.read_bytes(), file.name).data if e["id"] == example), None)
        if found is not None:
            return file.name.removesuffix(".examples.yaml"), found
    raise AssertionError(example)
