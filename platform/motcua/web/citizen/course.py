"""The course of a case as its applicant sees it: agencies and what is expected of him, no officer's name, no internal
share. Called by cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.domain.case import Case
from motcua.domain.case_clock import choice_ends, window
from motcua.domain.course.course import course
from motcua.domain.course.onward import Upcoming
from motcua.domain.course.stay import Stay
from motcua.web import formats
from motcua.web.flow_shown import (
    Answer,
    Drawn,
    Mark,
    arranged,
    drawn,
    held,
    his_turn,
    how,
    named,
    outcome,
    waits_for_him,
)
from motcua.web.theme import say


def way(case: Case, now: datetime, lang: str) -> tuple[Drawn, ...]:
    """Filed, what followed, where it stands, what is left; or how it ended."""
    filed = Drawn(say("course.filed"), "done", (formats.moment(case.events[0].at, lang),))
    end = (outcome(case, formats.moment(case.state.ended_at, lang)),) if case.state.ended_at else ()
    return (filed, *drawn(course(case), Citizen(case, now, lang), lang), *end)


@dataclass(frozen=True)
class Citizen:
    """Tells each step to the applicant."""

    case: Case
    now: datetime
    lang: str

    def stay(self, stay: Stay) -> Drawn:
        title = stay.step.name.in_(self.lang)
        answers = self._answers(stay)
        holds = held(self.case, stay, self.lang, self._moment)
        if stay.until is not None:
            done = (self._done(stay), *holds, self._moment(stay.until))
            return Drawn(title, "cut" if stay.cut_off else "done", tuple(filter(None, done)), answers=answers)
        his = waits_for_him(self.case, stay)
        marks = (Mark(say("course.waits_for_you"), "near"),) if his else (Mark(say("course.here")),)
        waits = bool(stay.step.waits_for or self.case.state.suspended)
        return Drawn(
            title,
            "waiting" if waits else "now",
            (*self._standing(stay), *arranged(self.case, stay, self.lang, self._moment), *holds),
            marks,
            answers,
        )

    def upcoming(self, node: Upcoming) -> Drawn:
        who = say("course.you") if his_turn(node.step) else named(self.case, node.agencies, self.lang)
        return Drawn(node.step.name.in_(self.lang), "ahead", (who,) if who else ())

    def _done(self, stay: Stay) -> str:
        what = how(self.case, stay, self.lang)
        agency = "" if stay.step.waits_for or stay.cut_off else named(self.case, stay.agencies, self.lang)
        return say("course.by", agency=agency, what=what) if agency and what else what or agency

    def _standing(self, stay: Stay) -> tuple[str, ...]:
        since = self._moment(stay.since)
        waits = stay.step.waits_for not in (None, "appointment") or waits_for_him(self.case, stay)
        if not waits:
            agency = named(self.case, stay.agencies, self.lang)
            return (say("course.has_it", agency=agency, since=since) if agency else say("course.since", since=since),)
        end = window(self.case, stay.active) or choice_ends(self.case, stay.active)
        until = self._moment(end) if end else ""
        if stay.step.waits_for == "agencies":
            return (say("course.asked" if until else "course.asked_open", since=since, until=until),)
        return (say("course.since", since=since), *((say("course.until", until=until),) if until else ()))

    def _answers(self, stay: Stay) -> tuple[Answer, ...]:
        """Who was asked and has answered, without the answer: that is for the decision to weigh."""
        if stay.step.waits_for != "agencies":
            return ()
        return tuple(self._answer(stay, agency) for agency in stay.agencies)

    def _answer(self, stay: Stay, agency: str) -> Answer:
        name, given = named(self.case, (agency,), self.lang), stay.opinions.get(agency)
        if given is None:
            return Answer(name, say("course.answer.none"), "waiting")
        if given.event.kind == "silence":
            return Answer(name, say(f"course.answer.silence_{given.opinion}"), "done")
        said = say("course.answer.at", said=say("course.answer.given"), at=self._moment(given.event.at))
        return Answer(name, said, "done")

    def _moment(self, at: datetime) -> str:
        return formats.moment(at, self.lang)
