"""A second, slow and simple clerk who follows one case, against whom the engine is compared.

He has read the chapters "Semantics that must not be guessed", "Time limits, events, clocks" and the one on workflows,
and shares no code with the engine. He moves tokens: a fork puts one at each branch, and a join opens when the last of
its fork has come. What the text leaves open and he had to decide stands in a docstring.
"""

from __future__ import annotations

from datetime import datetime

from tests.domain.oracle_clocks import listed, opened, promised, tacit, windows
from tests.domain.oracle_diary import HERE, Data, Diary, Entry, Plan, Stood, Token


class No(Exception):
    """The act is not allowed."""


class History(Diary):
    """What may be done with the case, and what follows."""

    # ---- money ----

    def to_pay(self) -> dict[str, int]:
        """Nothing any more once the case ended without its result (his reading of semantics 5)."""
        if self.outcome not in (None, "granted"):
            return {}
        return {fee: much for fee, much in self.owed.items() if much and not self.first(f"fee.{fee}.paid")}

    def fix_fees(self) -> None:
        for fee in self.plan.fees:
            if fee["id"] not in self.owed and self.first(fee["due"]):
                self.owed[fee["id"]] = int(str(self.choose(fee["amount"])).replace(".", ""))

    # ---- moving ----

    def write(self, at: datetime, outside: bool, *names: str) -> None:
        self.diary += [Entry(name, at, outside) for name in names]
        self.fix_fees()

    def leave(self, tokens: list[Token]) -> None:
        self.tokens = [token for token in self.tokens if token not in tokens]

    def enter(self, name: str, forks: tuple[int, ...], at: datetime, outside: bool) -> None:
        """A branch that comes to its join is over; the last one opens it."""
        step = self.plan.step(name)
        if self.outcome is not None:
            return
        if forks and name == self.joins[forks[-1]]:
            inside = forks[-1]
            if inside not in self.opening and not any(inside in token.forks for token in self.tokens):
                self.enter(name, forks[:-1], at, outside)
        elif "ends" in step:
            self.tokens, self.outcome, self.ended = [], step["ends"], at
            self.write(at, outside, "ended")
        elif "fork" in step:
            self.open_fork(step, forks, at, outside)
        else:
            self.stand(name, step, forks, at, outside)

    def open_fork(self, step: Data, forks: tuple[int, ...], at: datetime, outside: bool) -> None:
        inside = len(self.joins)
        self.joins.append(step["join"])
        self.opening.append(inside)
        for branch in step["fork"]:
            self.enter(branch, (*forks, inside), at, outside)
        self.opening.remove(inside)
        self.enter(step["join"], (*forks, inside), at, outside)

    def stand(self, name: str, step: Data, forks: tuple[int, ...], at: datetime, outside: bool) -> None:
        """At a person's step or a wait; a wait for nobody's word or for no money is over at once."""
        agencies = [HERE]
        if step.get("waits_for") == "agencies":
            agencies = [ask["agency"] for ask in step["asks"] if self.holds(ask.get("when"))]
        if self.nothing_to_wait_for(step):
            agencies = []
        if not agencies:
            self.enter(step["to"], forks, at, outside)
            return
        self.opinions[name] = []
        self.write(at, outside, f"step.{name}.started")
        self.tokens += [Token(name, agency, at, outside, forks) for agency in agencies]

    def nothing_to_wait_for(self, step: Data) -> bool:
        """Everything is paid, or what was to happen has happened."""
        match step.get("waits_for"):
            case "payment":
                return not set(step["fees"]) & set(self.to_pay())
            case "event":
                return all(self.first(name) for name in listed(step["event"]))
        return False

    def go_on(self, tokens: list[Token], to: str, at: datetime, outside: bool) -> None:
        """These places are left for the next step; one of each is as good as another."""
        forks = tokens[0].forks
        self.leave(tokens)
        self.write(at, outside, f"step.{tokens[0].step}")
        self.enter(to, forks, at, outside)

    def moved(self, at: datetime, outside: bool) -> None:
        """Written down after each act: does the clock stand now, and for whose sake. Then a wait that has nothing left
        to wait for goes on by itself.
        """
        waits = [self.plan.step(token.step) for token in self.tokens]
        clocks = {step["clock"] if "waits_for" in step else "runs" for step in waits}
        suspended = self.suspended if self.outcome is None else None
        held = frozenset([self.interrupt(suspended).get("clock", "resume")] if suspended else [])
        self.stood.append(Stood(at, held, held | (set() if "runs" in clocks else clocks), outside))
        over = next((token for token in self.tokens if self.nothing_to_wait_for(self.plan.step(token.step))), None)
        if over is not None:
            self.go_on([over], self.plan.step(over.step)["to"], at, outside)
            self.moved(at, outside)

    # ---- what may be done ----

    def role_step(self, token: Token, who: str) -> Data | None:
        step = self.plan.step(token.step)
        forbidden = step.get("who", {}).get("not")
        if "role" not in step or self.suspended or (forbidden and self.actors.get(forbidden) == who):
            return None
        return step

    def put_off(self, at: datetime) -> bool:
        """Whether the day may still be put off (law 1.4.3): once, and at the latest one day before it."""
        main = next((limit for limit in self.plan.limits if "until" not in limit), None)
        promise = promised(self, main) if main else None
        return not self.extensions and not (promise and promise.due and at.date() >= promise.due.date())

    def used_up(self, step: str, action: str, at: datetime) -> bool:
        if self.plan.step(step)["actions"][action].get("does") == "extend" and not self.put_off(at):
            return True
        most = self.plan.step(step)["actions"][action].get("at_most")
        return most is not None and self.times.get(f"{step}.{action}", 0) >= most

    def offered(self, who: str, at: datetime) -> set[tuple[str, str]]:
        """What somebody with every role finds on the page; what the step's own findings decide is judged later."""
        return {
            (token.step, action)
            for token in self.tokens
            if (step := self.role_step(token, who))
            for action, doing in step["actions"].items()
            if not self.used_up(token.step, action, at)
            and (f"step.{token.step}." in doing.get("when", "") or self.holds(doing.get("when")))
        }

    def open_interrupts(self, by: str) -> set[str]:
        reached = {entry.name.removeprefix("step.").removesuffix(".started") for entry in self.diary}
        return {
            one["id"]
            for one in self.plan.workflow["interrupts"]
            if self.outcome is None and one["by"] == by and one.get("before") not in reached
        }

    # ---- what is done ----

    def do(self, at: datetime, who: str, step: str, action: str, ticked: Data) -> None:
        token = next((token for token in self.at(step) if (step, action) in self.offered(who, at)), None)
        if token is None:
            raise No
        doing, before = self.plan.step(step)["actions"][action], self.findings.get(step)
        if "checklist" in self.plan.step(step):
            self.findings[step] = {box["id"]: ticked.get(box["id"], False) for box in self.plan.step(step)["checklist"]}
        if not self.holds(doing.get("when")):
            self.findings = {**self.findings, step: before or {}}
            raise No
        self.times[f"{step}.{action}"] = self.times.get(f"{step}.{action}", 0) + 1
        self.actors[step] = who
        does, received = doing.get("does"), self.first("received")
        if does == "accept" and received and not self.first("accepted"):
            self.diary.append(Entry("accepted", at, False, max(at, received.counts or at)))
            self.fix_fees()
        if does == "sign":
            self.write(at, False, *(f"result.{result}" for result in self.plan.results))
        if does == "extend":
            self.extensions.append((at, doing["by"]))
        self.go_on([token], self.choose(doing["to"]), at, False)
        self.moved(at, False)

    def supply(self, at: datetime, changed: Data) -> None:
        """The citizen sends what was asked; facts that depend on it are judged anew."""
        token = next((t for t in self.tokens if self.plan.step(t.step).get("waits_for") == "supplement"), None)
        if token is None:
            raise No
        self.answers.update(changed)
        self.write(at, True, "supplement_came")
        self.go_on([token], self.plan.step(token.step)["to"], at, True)
        self.moved(at, True)

    def come(self, at: datetime, step: str) -> None:
        """The applicant's word, or another body's, which an officer notes: nobody does while the case is suspended."""
        waits = self.plan.step(step).get("waits_for")
        if not self.at(step) or waits not in ("applicant", "event") or (waits == "event" and self.suspended):
            raise No
        self.go_on(self.at(step), self.plan.step(step)["to"], at, waits == "applicant")
        self.moved(at, waits == "applicant")

    def pay(self, at: datetime, fees: Data) -> None:
        if any(self.to_pay().get(fee) != much for fee, much in fees.items()):
            raise No
        self.write(at, True, *(f"fee.{fee}.paid" for fee in fees))
        if not self.to_pay():
            self.write(at, True, "paid")
        self.moved(at, True)

    def answer(self, at: datetime, step: str, agency: str, opinion: str) -> None:
        """Nobody but the citizen speaks while the case is suspended."""
        token = next((token for token in self.at(step) if token.agency == agency), None)
        if token is None or self.suspended or self.plan.step(step).get("waits_for") != "agencies":
            raise No
        self.opinions[step].append((agency, opinion))
        self.leave([token])
        if not self.at(step):
            self.go_on([token], self.plan.step(step)["to"], at, False)
        self.moved(at, False)

    def break_in(self, at: datetime, name: str, by: str) -> None:
        """Somebody stops, withdraws or suspends the case."""
        if name not in self.open_interrupts(by) or (self.suspended and "to" not in self.interrupt(name)):
            raise No
        if "to" in self.interrupt(name):
            self.leave(self.tokens)
            self.enter(self.interrupt(name)["to"], (), at, by == "applicant")
        else:
            self.suspended = name
        self.moved(at, by == "applicant")

    def lift(self, at: datetime, name: str, by: str) -> None:
        if self.outcome is not None or self.suspended != name or self.interrupt(name)["by"] != by:
            raise No
        self.suspended = None
        self.moved(at, False)

    # ---- what time does ----

    def look(self, at: datetime) -> None:
        """Whatever ran out by now happened at its end, one thing after the other; windows before limits."""
        while self.outcome is None and (found := [*windows(self), *tacit(self)]):
            end, token, to = min(found, key=lambda one: one[0])
            if end > at:
                return
            if token is None:
                self.leave(self.tokens)
                self.enter(to, (), end, False)
                self.moved(end, False)
            elif self.plan.step(token.step)["waits_for"] == "agencies":
                self.answer(end, token.step, token.agency, to)
            else:
                self.go_on([token], to, end, False)
                self.moved(end, False)


def file(plan: Plan, answers: Data, at: datetime) -> History:
    """Sent online."""
    history = History(plan, dict(answers))
    history.diary.append(Entry("received", at, True, opened(plan.offices[HERE], at, True)))
    history.fix_fees()
    history.enter(plan.workflow["start"], (), at, True)
    history.moved(at, True)
    return history
