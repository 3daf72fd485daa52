"""The course of a case as officers see it: who did what, when, and how much of a step's own time was used. Called by
desk_case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.case import Case
from motcua.domain.course.course import course
from motcua.domain.course.onward import Upcoming
from motcua.domain.course.share import Share, share
from motcua.domain.course.stay import Opinion, Stay
from motcua.domain.expression import Uncomputed
from motcua.domain.people import Officer
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount
from motcua.domain.workflow import Step
from motcua.web import formats
from motcua.web.flow_shown import Answer, Drawn, Mark, arranged, drawn, held, his_turn, how, named, outcome
from motcua.web.theme import say


def way(case: Case, by: Officer, names: Mapping[str, str], now: datetime, lang: str) -> tuple[Drawn, ...]:
    """`names` tell who stands behind each event's `by`."""
    first = case.events[0]
    filed = Drawn(say("course.filed_desk"), "done", (names[first.by], formats.short_moment(first.at)))
    end = (outcome(case, formats.short_moment(case.state.ended_at)),) if case.state.ended_at else ()
    return (filed, *drawn(course(case), Desk(case, by, names, now, lang), lang), *end)


@dataclass(frozen=True)
class Desk:
    """Tells each step to an officer: `by` looks at the page."""

    case: Case
    by: Officer
    names: Mapping[str, str]
    now: datetime
    lang: str

    def stay(self, stay: Stay) -> Drawn:
        spent = share(self.case, stay, self.now)
        holds = held(self.case, stay, self.lang, formats.short_moment)
        answers = tuple(self._answer(stay, agency) for agency in stay.agencies) if _asks(stay.step) else ()
        title = stay.step.name.in_(self.lang)
        if stay.ended is not None:
            state = "cut" if stay.cut_off else "done"
            return Drawn(
                title, state, (*self._done(stay), *holds, *self._spent(stay, spent)), self._over(spent), answers
            )
        waits = bool(stay.step.waits_for or self.case.state.suspended)
        state = "late" if spent.over else "waiting" if waits else "now"
        plans = arranged(self.case, stay, self.lang, formats.short_moment)
        lines = (self._who(stay), *plans, *holds, self._spends(stay, spent))
        return Drawn(title, state, tuple(filter(None, lines)), self._marks(stay, spent), answers)

    def upcoming(self, node: Upcoming) -> Drawn:
        who = self._holder(node.step, named(self.case, node.agencies, self.lang))
        within = self._within(node.step)
        return Drawn(node.step.name.in_(self.lang), "ahead", tuple(filter(None, (who, within))))

    # ---- passed ----

    def _done(self, stay: Stay) -> tuple[str, ...]:
        event, what = stay.ended, how(self.case, stay, self.lang)
        if event is None:
            return ()
        his = (not stay.cut_off and not _asks(stay.step)) or event.kind == "interrupted"
        who = self.names[event.by] if his else ""
        agency = named(self.case, stay.agencies, self.lang) if event.by.startswith("officer:") and who else ""
        acted = (
            say("course.by", agency=", ".join(filter(None, (who, agency))), what=what) if who and what else what or who
        )
        reason = str(event.data.get("reason", "")) if who else ""
        return tuple(filter(None, (acted, say("desk.history.reason", reason=reason) if reason else "")))

    def _spent(self, stay: Stay, spent: Share) -> tuple[str, ...]:
        end = stay.until or self.now
        same_day = formats.short_date(stay.since) == formats.short_date(end)
        since = formats.hour(stay.since) if same_day else formats.short_moment(stay.since)
        used = formats.amount(spent.used, self.lang)
        of = formats.amount(spent.of, self.lang) if spent.of else ""
        key = "spent" if of else "spent_free"
        return (
            say("course.stay", since=since, until=formats.short_moment(end)),
            say(f"course.{key}", used=used, of=of),
        )

    def _over(self, spent: Share) -> tuple[Mark, ...]:
        return (Mark(say("course.over", over=formats.amount(spent.over, self.lang)), "late"),) if spent.over else ()

    # ---- standing ----

    def _who(self, stay: Stay) -> str:
        since = formats.short_moment(stay.since)
        who = "" if _asks(stay.step) else self._holder(stay.step, named(self.case, stay.agencies, self.lang))
        return say("course.since_at", since=since, who=who) if who else say("course.since", since=since)

    def _holder(self, step: Step, agency: str) -> str:
        """The applicant, or who was picked, else the role, in the agency, as far as they are known."""
        if his_turn(step) or step.id in self.case.state.offers:
            return say("course.applicant")
        login = self.case.state.picked.get(step.id)
        role = self.names.get(f"officer:{login}", login) if login else self._role(step)
        return say("course.role_at", role=role, agency=agency) if role and agency else role or agency

    def _role(self, step: Step) -> str:
        try:
            role = self.case.chosen(step.role) or ""
        except Uncomputed:
            return ""
        return self.case.province.roles.get(role, Text(role)).in_(self.lang)

    def _spends(self, stay: Stay, spent: Share) -> str:
        if spent.due is None:
            return ""
        due = formats.short_moment(spent.due)
        if stay.step.waits_for or spent.of is None:
            return say("course.until", until=due)
        used, of = formats.amount(spent.used, self.lang), formats.amount(spent.of, self.lang)
        return say("course.spends", used=used, of=of, due=due)

    def _marks(self, stay: Stay, spent: Share) -> tuple[Mark, ...]:
        mine = self.case.may(self.by, stay.active, self.now)
        late = (Mark(say("course.overdue", over=formats.amount(spent.over, self.lang)), "late"),) if spent.over else ()
        return (Mark(say("course.yours" if mine else "course.here")), *late)

    def _answer(self, stay: Stay, agency: str) -> Answer:
        name, given = named(self.case, (agency,), self.lang), stay.opinions.get(agency)
        if given is not None:
            return Answer(name, self._opinion(given), "late" if given.opinion == "object" else "done")
        end = share(self.case, stay, self.now)
        late = stay.open and end.over is not None
        return Answer(name, say(f"course.answer.{'silence_late' if late else 'none'}"), "late" if late else "waiting")

    def _opinion(self, given: Opinion) -> str:
        if given.event.kind == "silence":
            return say(f"course.answer.silence_{given.opinion}")
        said = say(f"course.answer.{given.opinion}")
        at = say("course.answer.at", said=said, at=formats.short_moment(given.event.at))
        return f"{at}: {given.text}" if given.text else at

    # ---- to come ----

    def _within(self, step: Step) -> str:
        try:
            end = self.case.chosen(step.within)
        except Uncomputed:
            return ""
        key = "window" if step.waits_for else "share"
        return say(f"course.{key}", amount=formats.amount(end, self.lang)) if isinstance(end, Amount) else ""


def _asks(step: Step) -> bool:
    return step.waits_for == "agencies"
