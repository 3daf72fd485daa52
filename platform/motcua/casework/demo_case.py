"""One case of the demo, played at its own times by the same verbs that people use. Called by `play_demo`.

An event is written as in the examples: an action at a `step`, an `opinion` of an agency that was asked, `slots` that
an office offers and the `slot` that is taken, an `interrupt` or its `lift`, or what comes `upon` the applicant:
`supplement_came`, `paid`. `by` names the officer; what has none the applicant does himself. Originals are given and
taken over with the first act at the other agency.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from motcua import demo
from motcua.casework.answer_asked import answer_asked
from motcua.casework.answer_supplement import answer_supplement
from motcua.casework.attach import attach
from motcua.casework.begin_payment import begin_payment
from motcua.casework.choose_time import choose_time
from motcua.casework.complete_step import complete_step
from motcua.casework.interrupt_case import interrupt_case, lift
from motcua.casework.judged_draft import judge_draft
from motcua.casework.offer_times import offer_times
from motcua.casework.save_draft import pick_agency, save_page
from motcua.casework.settle_payment import settle_payment
from motcua.casework.start_draft import start_draft, start_supplement
from motcua.casework.submit import submit
from motcua.casework.take_over import take_over
from motcua.casework.withdraw import interrupt
from motcua.domain.acts.handing import waiting
from motcua.domain.people import Officer
from motcua.domain.working_calendar import HCM
from motcua.gateways.clock import HandClock
from motcua.gateways.test_gateway import TestGateway
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.cases import CaseRecord

SAMPLE = Path(demo.__file__).parent / "giay_to_mau.pdf"
_AGO = re.compile(r"([+-]\d+) ngày( làm việc)?(?: (\d\d:\d\d))?")


class DemoCase:
    """Every moment counts from the demo's day, mostly back."""

    def __init__(self, office: Office, case: Mapping[str, Any], by: Account, officers: Mapping[str, Officer]) -> None:
        self._today = office.now().date()
        self._calendar = office.catalog.province.calendars.of()
        self._clock = HandClock(office.now())
        self._office = replace(office, clock=self._clock)
        self._case, self._by, self._officers = case, by, officers

    @property
    def filed_at(self) -> datetime:
        return self._moment(str(self._case["at"]))

    def play(self) -> None:
        self._clock.set(self.filed_at)
        ref = self._file()
        for event in self._case.get("events", ()):
            self._clock.set(self._moment(str(event["at"])))
            self._happens(ref, event)

    def _file(self) -> str:
        office, by = self._office, self._by
        draft = start_draft(office, self._case["procedure"], by, channel=self._case["channel"])
        for page, answers in self._dated(self._case["answers"]).items():
            draft = save_page(office, draft.id, by.id, page, answers, seen=draft.version)
        draft = pick_agency(office, draft.id, by.id, self._case.get("agencies", {}))
        self._attach(draft.id)
        return submit(office, draft.id, by, declared=True).ref

    def _attach(self, draft: str, wanted: list[str] | None = None) -> None:
        """A sample file for every paper that is to be attached."""
        sample = SAMPLE.read_bytes()
        with self._office.store.reading() as books:
            judged = judge_draft(self._office, books.drafts.get(draft, self._by.id))
        for paper in judged.papers:
            if wanted is None or paper.key in wanted:
                attach(self._office, draft, self._by.id, paper.key, f"{paper.name.vi.replace('/', '-')}.pdf", sample)

    def _happens(self, ref: str, event: Mapping[str, Any]) -> None:
        seen = self._seen(ref).version
        office, by = self._office, self._officers.get(event.get("by", ""))
        said = str(event.get("reason", ""))
        if by is None:
            self._comes(ref, event, seen)
        elif "opinion" in event:
            opinion, text = str(event["opinion"]), str(event.get("text", ""))
            answer_asked(office, ref, event["step"], seen=seen, by=by, opinion=opinion, text=text)
        elif "slots" in event:
            slots = [self._moment(str(slot)) for slot in event["slots"]]
            offer_times(office, ref, event["step"], seen=seen, by=by, slots=slots)
        elif "interrupt" in event:
            interrupt_case(office, ref, event["interrupt"], seen=seen, by=by, reason=said)
        elif "lift" in event:
            lift(office, ref, event["lift"], seen=seen, by=by)
        else:
            self._acts(ref, event, seen, by)

    def _seen(self, ref: str) -> CaseRecord:
        with self._office.store.reading() as books:
            return books.cases.get(ref)

    def _acts(self, ref: str, event: Mapping[str, Any], seen: int, by: Officer) -> None:
        case = self._office.case(self._seen(ref)).advance(self._office.now())
        if waiting(case, event["step"]):
            take_over(self._office, ref, event["step"], seen=seen, by=by)
            seen = self._seen(ref).version
        complete_step(
            self._office,
            ref,
            event["step"],
            event["action"],
            seen=seen,
            by=by,
            facts=self._dated(event.get("answers", {})),
            reason=str(event.get("reason", "")),
            asks=event.get("asks", ()),
            hands=True,
        )

    def _comes(self, ref: str, event: Mapping[str, Any], seen: int) -> None:
        """What the applicant does."""
        if "interrupt" in event:
            interrupt(self._office, ref, event["interrupt"], self._by.id, seen=seen)
        elif "slot" in event:
            slot = self._moment(str(event["slot"]))
            choose_time(self._office, ref, event["step"], self._by.id, seen=seen, slot=slot)
        elif event["upon"] == "paid":
            self._pays(ref)
        else:
            self._supplies(ref, event)

    def _pays(self, ref: str) -> None:
        bank = self._office.payment
        if isinstance(bank, TestGateway):
            order = begin_payment(self._office, ref, self._by.id).rpartition("/")[2]
            for told in bank.press(order, "pay", self._office.now()):
                settle_payment(self._office, bank.verify(told.body, told.signature))

    def _supplies(self, ref: str, event: Mapping[str, Any]) -> None:
        draft = start_supplement(self._office, ref, self._by)
        for page, answers in self._dated(event.get("answers", {})).items():
            kept = draft.answers["pages"].get(page, {})
            draft = save_page(self._office, draft.id, self._by.id, page, {**kept, **answers}, seen=draft.version)
        self._attach(draft.id, list(event.get("papers", ())))
        answer_supplement(self._office, draft.id, self._by, declared=True)

    def _moment(self, text: str) -> datetime:
        """`-2 ngày làm việc 09:00`, counted from the demo's day."""
        day, clock = self._ago(text)
        return datetime.combine(day, clock or time(8), HCM)

    def _ago(self, text: str) -> tuple[date, time | None]:
        match = _AGO.fullmatch(text)
        if match is None:
            raise ValueError(f"demo: {text!r}")
        number, clock = int(match[1]), time.fromisoformat(match[3]) if match[3] else None
        if match[2] is None:
            return self._today + timedelta(days=number), clock
        day, step = self._today, self._calendar.previous_working_day if number < 0 else self._calendar.next_working_day
        for _ in range(abs(number)):
            day = step(day)
        return day, clock

    def _dated(self, answers: Any) -> Any:
        """Answers with days like `-9 ngày` made dates."""
        if isinstance(answers, Mapping):
            return {key: self._dated(value) for key, value in answers.items()}
        if isinstance(answers, list):
            return [self._dated(item) for item in answers]
        if isinstance(answers, str) and _AGO.fullmatch(answers):
            return self._ago(answers)[0].isoformat()
        return answers
