"""An example of a procedure, played through the pages as people do: the citizen files, officers act, agencies answer,
money comes, time passes. What came of it is read from the pages.

Between events whoever's turn it is takes the shortest way, at once; an event `{at}` alone lets time pass. Nothing of
`try` is shared: who may act, and what comes of it, is the site's to show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.stories import officers_by_hand
from tests.stories.as_written import AsWritten
from tests.stories.filing_by_hand import attach, fill_in, fill_page, send
from tests.stories.person import Person
from tests.stories.played_site import Site
from tests.stories.seen_case import DeskPage, head
from tests.stories.writing import flat

from motcua.domain.case_state import Active

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """What the pages showed in the end. `problems` alone when nothing could be filed."""

    problems: frozenset[str] = frozenset()
    desk: DeskPage | None = None
    citizen: str = ""
    route: tuple[str, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)


def moment_of(written: str) -> datetime:
    """`06/10/2026 09:30`"""
    return datetime.strptime(written, "%d/%m/%Y %H:%M")


def at_of(said: Mapping[str, Any]) -> datetime:
    return moment_of(str(said["at"]))


def _next_morning(now: datetime) -> datetime:
    """08:00 on the next day of the week's five."""
    days = 1 if now.weekday() < 4 or now.weekday() == 6 else 7 - now.weekday()
    return (now + timedelta(days=days)).replace(hour=8, minute=0)


class Player:
    def __init__(self, site: Site, procedure: AsWritten, example: Mapping[str, Any]) -> None:
        self.site, self.procedure, self.example = site, procedure, example
        self.events: Sequence[Event] = example.get("events", ())
        self.ref = ""
        self.said = ""  # what a page answered that did not take the last act

    def play(self) -> Seen:
        self.site.now(at_of(self.example))
        problems = self._file()
        if problems:
            return Seen(problems=frozenset(problems))
        for number, event in enumerate(self.events):
            self._happens(event, self.events[number + 1 :])
        if not self.events or set(self.events[-1]) != {"at"}:
            self._walk()
        return self._look()

    # ---- the citizen ----

    def _file(self) -> set[str]:
        """From the procedure's page where it is filed from home. What is wrong ends the story there."""
        example, citizen = self.example, self.site.applicant()
        self.site.registers_say(self._registers())
        if example.get("channel", "online") == "online":
            citizen.at("/cases").at(f"/procedures/{self.procedure.id}").press("Nộp hồ sơ")
            draft = citizen.url.partition("?")[0]
        else:
            draft = self.site.begin_elsewhere(self.procedure.id, example["channel"])
        issued = at_of(example).date() - timedelta(days=1)
        refused = fill_in(citizen, draft, example["answers"], example.get("agencies", {}), issued)
        if wrong := send(citizen) | refused:
            return wrong
        found = re.search(r"/cases/([\w-]{22})/receipt", citizen.url)
        assert found, citizen.text[:1500]
        self.ref = found[1]
        return set()

    def _registers(self) -> dict[str, dict[str, Any]]:
        """The answers of the example's `known`, under the keys with which the procedure asks."""
        said, known = self.procedure.procedure.get("looks_up", {}), self.example.get("known", {})
        typed = {name: value for page, raw in self.example["answers"].items() for name, value in flat(page, raw)}
        return {said[name]["register"]: {str(typed[said[name]["of"]]): answer} for name, answer in known.items()}

    def _supplied(self, event: Event) -> None:
        citizen = self.site.applicant().at(f"/cases/{self.ref}")
        citizen.press("Bổ sung hồ sơ")
        draft = citizen.url.partition("?")[0]
        for page, raw in event.get("answers", {}).items():
            fill_page(citizen.at(f"{draft}/pages/{page}"), page, dict(flat(page, raw)))
        attach(citizen.at(f"{draft}/papers"), at_of(self.example).date(), event.get("papers", ()))
        wrong = send(citizen.at(f"{draft}/check"))
        assert not wrong, citizen.text[:1500]

    def _pays(self) -> None:
        """Everything that is owed, at the gateway, in one go: that is what the portal offers."""
        citizen = self.site.applicant().at(f"/cases/{self.ref}")
        citizen.press("Thanh toán").press("Thanh toán")
        assert "Đã thanh toán" in citizen.text, citizen.text[:800]

    def _replies(self, event: Event, here: Active) -> None:
        """What the workflow waits for from the applicant: papers, or his word."""
        if "papers" in event:
            self._supplied(event)
            return
        citizen = self.site.applicant().at(f"/cases/{self.ref}")
        form = next(form for form in citizen.page.forms if form.action.endswith(f"/replies/{here.step}"))
        pressed = ("action", event["action"]) if "action" in event else ("", "")
        said = {"reason": event.get("reason", "")} if "reason" in form.fields else {}
        citizen.send(form, pressed, said)
        assert citizen.status == 200, citizen.text[:800]

    def _withdraws(self, event: Event) -> None:
        citizen = self.site.applicant().at(f"/cases/{self.ref}/withdraw")
        form = next(form for form in citizen.page.forms if form.button("way", event["interrupt"]))
        citizen.send(form, ("way", event["interrupt"]), {"reason": event.get("reason", "")})
        assert citizen.status == 200, citizen.text[:800]

    # ---- the officers ----

    def _act(self, event: Event, here: Active) -> bool:
        """Somebody with the role opens the case from the inbox, fills in and presses the button; False where it is not
        there, or the site said no.
        """
        officer = self._opened(here)
        done = officers_by_hand.act(officer, self.ref, here.step, event["action"], event)
        self.said = "" if done else officer.text[:1500]
        return done

    def _speaks(self, event: Event, here: Active) -> None:
        """An asked agency's opinion, or what another body has sent, noted by an officer."""
        assert officers_by_hand.speak(self._opened(here), self.ref, here.step, event), event

    def _appoints(self, slot: str, here: Active) -> None:
        """The office offers a time, and the applicant takes it at once."""
        assert officers_by_hand.offer(self._opened(here), self.ref, here.step, slot), slot
        citizen = self.site.applicant().at(f"/cases/{self.ref}")
        form = next(form for form in citizen.page.forms if form.action.endswith(f"/times/{here.step}"))
        offered = next(value for _, name, value, _ in form.buttons if name == "slot")
        assert citizen.send(form, ("slot", offered)).status == 200, citizen.text[:800]

    def _interrupts(self, event: Event) -> None:
        """Suspended, stopped or lifted, by a role in the agency of its position."""
        name = event.get("interrupt") or event["lift"]
        usual = "decides" if "accepted" in self._state.happened else "receives"
        agency = self._state.positions[self.procedure.interrupt(name).get("at", usual)]
        officer = self.site.officer(agency, event["who"], name).at(f"/desk/cases/{self.ref}")
        way = "lifts" if "lift" in event else "interrupts"
        assert officers_by_hand.interrupt(officer, self.ref, f"{way}/{name}", event), event

    def _opened(self, here: Active) -> Person:
        """The case on the desk of whoever has it: found in the inbox, as any officer finds it."""
        number = self.site.record(self.ref).number
        assert here.agency is not None
        same = self.procedure.steps[here.step].get("who", {}).get("same_as", here.step)
        for role in self.procedure.roles(here.step):
            officer = self.site.officer(here.agency, role, same)
            if number in officer.at("/desk").text:
                return officer.at(f"/desk/cases/{self.ref}")
        raise AssertionError(f"nobody has {number} at {here.step} in {here.agency}")

    # ---- what happens ----

    def _happens(self, event: Event, later: Sequence[Event]) -> None:
        if "upon" in event:
            self._comes(event, later)
        elif "interrupt" in event or "lift" in event:
            self._walk_to(event)
            self._withdraws(event) if event.get("who", "applicant") == "applicant" else self._interrupts(event)
        elif "step" in event:
            self._walk_to(event)
            self._at_step(event, self._here(event["step"], event.get("agency")))
        else:
            self._accepted_first(later)
            self.site.now(at_of(event))

    def _at_step(self, event: Event, here: Active) -> None:
        waits = self.procedure.waits_for(here.step)
        if waits in ("agencies", "event"):
            self._speaks(event, here)
        elif waits == "appointment":
            self._appoints(event["slot"], here)
        elif waits == "applicant":
            self._replies(event, here)
        else:
            assert self._act(event, here), f"{event} is not offered"

    def _walk_to(self, event: Event) -> None:
        if "step" in event:
            self._walk(to=event["step"])
        self.site.now(at_of(event))

    def _comes(self, event: Event, later: Sequence[Event]) -> None:
        """A supplement; or money, which is paid with the last of what comes one after the other."""
        supplement = event["upon"] == "supplement_came"
        self._walk(waits_for="supplement" if supplement else "payment")
        self.site.now(at_of(event))
        if supplement:
            self._supplied(event)
        elif not (later and str(later[0].get("upon", "")).endswith("paid")):
            self._pays()

    def _accepted_first(self, later: Sequence[Event]) -> None:
        """Time passes: the desk has accepted by then, unless an event says what it does."""
        for here in self.site.standing(self.ref):
            said = any(event.get("step") == here.step for event in later)
            if self.procedure.accepts(here.step) and not said and "accepted" not in self._state.happened:
                self._goes_on(here)

    def _walk(self, *, to: str | None = None, waits_for: str | None = None) -> None:
        """The shortest way: to a step, to a wait, or as far as it goes."""
        for _ in range(100):
            active = self.site.standing(self.ref)
            waits = [self.procedure.waits_for(here.step) for here in active]
            if any(here.step == to for here in active) or (waits_for and waits_for in waits):
                return
            if self._state.suspended or not any(self._goes_on(here) for here in active):
                return

    def _goes_on(self, here: Active) -> bool:
        self.site.now(max(self.site.clock.now(), self._state.happened["received"][0]))  # officers act in office hours
        waits = self.procedure.waits_for(here.step)
        if waits == "payment":
            self._pays()
            return True
        if waits == "agencies":
            self._speaks({"opinion": "agree"}, here)
            return True
        if waits == "appointment":
            self._appoints(f"{_next_morning(self.site.clock.now()):%d/%m/%Y %H:%M}", here)
            return True
        if waits is not None:
            return False  # the applicant's word or papers, another body's message: an event says when they come
        return any(self._act({"action": action}, here) for action in self.procedure.onward(here.step))

    def _here(self, step: str, agency: str | None = None) -> Active:
        active = self.site.standing(self.ref)
        found = next((here for here in active if here.step == step and agency in (None, here.agency)), None)
        assert found, f"{step} {agency}: the case stands at {active}; {self.said}"
        return found

    @property
    def _state(self) -> Any:
        return self.site.state(self.ref)

    # ---- what is seen ----

    def _look(self) -> Seen:
        state = self._state
        desk = self.site.officer(state.positions["receives"], "one_stop", "xem").at(f"/desk/cases/{self.ref}")
        return Seen(
            desk=DeskPage.read(desk.html),
            citizen=head(self.site.applicant().at(f"/cases/{self.ref}").html),
            route=state.route,
            agencies=state.positions,
        )
