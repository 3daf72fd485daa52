"""What an officer may do now at a step of a case: the step's own form, the actions with their consequences, what a
supplement may ask for. Called by desk_case and officer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from motcua.domain import answers as typed
from motcua.domain import asking
from motcua.domain.acts import handing
from motcua.domain.case import Case
from motcua.domain.expression import Uncomputed
from motcua.domain.form import Field, Form, Kind
from motcua.domain.people import Officer
from motcua.domain.problems import Problem
from motcua.domain.text import Text
from motcua.domain.time_limit import Amount
from motcua.domain.workflow import Action, Step
from motcua.web.controls import Wrong, anchor
from motcua.web.forms import Group, PageForm, Sent, page_form
from motcua.web.theme import say

#: who could do all of these steps
Among = Callable[[tuple[str, ...]], tuple[Officer, ...]]
#: names of the step's own fields in the page, apart from `reason`, `asks` and `seen`
PREFIX = "facts."
_NOT_NEEDED = Text(
    "“{}” không cần với những gì đã chọn. Hãy xóa đi, hoặc xem lại điều đã chọn.",
    "“{}” is not needed with what was chosen. Clear it, or look again at what was chosen.",
)


@dataclass(frozen=True)
class Entered:
    """What an officer has typed at a step. It is kept through every "no"."""

    sent: Sent | None = None
    reason: str = ""
    asks: tuple[str, ...] = ()
    picks: str = ""
    hands: bool = False

    @staticmethod
    def of(sent: Sent) -> Entered:
        reason, picks = (str(sent.get(name, "")).strip() for name in ("reason", "picks"))
        return Entered(sent, reason, tuple(sent.getlist("asks")), picks, sent.get("hands") == "y")


@dataclass(frozen=True)
class Choice:
    """An action that the law allows now, with what it does in a sentence."""

    action: Action
    consequence: str
    reasoned: bool
    primary: bool


@dataclass(frozen=True)
class Item:
    """One thing that a supplement may ask for; `name` as the case knows it."""

    name: str
    title: Text
    ticked: bool


@dataclass(frozen=True)
class Items:
    """The fields of one page, and the page as a whole; or the papers (no `whole`)."""

    title: Text | None
    whole: Item | None
    items: tuple[Item, ...]

    @property
    def ticked(self) -> bool:
        return any(item.ticked for item in self.items) or (self.whole is not None and self.whole.ticked)


@dataclass
class Work:
    """A step that this officer may work at, with whatever he has entered so far. `picks` are those among whom he
    chooses who goes on, `hands` the originals that go along to another agency.
    """

    step: Step
    choices: tuple[Choice, ...]
    entered: Entered
    page: PageForm | None
    items: tuple[Items, ...]
    picks: tuple[Officer, ...] = ()
    hands: tuple[Text, ...] = ()
    wrongs: list[Wrong] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def reasoned(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.reasoned)

    def show(self, problems: Iterable[Problem], lang: str) -> None:
        """Hang what was wrong on its control, and list it for the top of the page in the same words."""
        for problem in problems:
            message = problem.message(lang)
            if problem.field in ("reason", "asks", "picks", "hands"):
                self.errors[problem.field] = message
                self.wrongs.append(Wrong(problem.field, message))
                continue
            named = Problem(PREFIX + problem.field, problem.code, problem.params, problem.text, problem.level)
            hung = self.page.show_problems([named], lang) if self.page else []
            where = next((anchor(node) for node, _ in hung if not isinstance(node, Group)), "work")
            self.wrongs.append(Wrong(where, message))


def works(
    case: Case, by: Officer, entered: Entered, at_step: str | None, lang: str, at: datetime, among: Among
) -> list[Work]:
    """The steps at which this officer may act now; what was entered belongs to the step `at_step`; `among` says who
    could be picked.
    """
    found = []
    offered = case.offered(by, at)
    for step in dict.fromkeys(one.step.id for one in offered):
        mine = entered if step == at_step else Entered()
        actions = [one.action for one in offered if one.step.id == step]
        found.append(_work(case, case.step(step), actions, mine, lang, among))
    return found


def _work(case: Case, step: Step, offered: list[Action], entered: Entered, lang: str, among: Among) -> Work:
    choices = tuple(
        Choice(action, consequence(case, action, lang), action.wants_reason, number == 0)
        for number, action in enumerate(offered)
    )
    items = supplement_items(case, entered.asks) if any(a.does == "ask_supplement" for a in offered) else ()
    page = step_page(case, step, entered, lang) if step.form else None
    hands = tuple(handing.said(case, tuple(handing.to_hand(case, step))))
    return Work(step, choices, entered, page, items, among(step.picks) if step.picks else (), hands)


def step_page(case: Case, step: Step, entered: Entered, lang: str) -> PageForm:
    """The step's own form, whole: what only some answers need is left empty otherwise."""
    form = step.form
    if form is None:
        raise ValueError(step.id)
    offered = {f"{PREFIX}{f.dotted}": asking.offered(f, case.facts) for f in form.walk() if f.choices}
    return page_form(form.fields, {}, None, offered, sent=entered.sent, prefix=PREFIX, lang=lang)


def superfluous(case: Case, form: Form, page: PageForm) -> list[Problem]:
    """What was entered although the other answers do not need it: said, never dropped without a word."""
    found, _ = typed.read(form, page.raw())
    settled = asking.settle(form, found, case.facts, beside=case.answers)
    return [
        Problem(f.dotted, "check", text=_not_needed(f.title))
        for f in form.fields
        if f.dotted not in settled.shown and found.get(f.name) not in (None, "", [], {}, False)
    ]


def _not_needed(title: Text) -> Text:
    return Text(*(_NOT_NEEDED.in_(lang).format(title.in_(lang)) for lang in ("vi", "en")))


def consequence(case: Case, action: Action, lang: str) -> str:
    """What the case does after this action: `Chuyển sang bước Thẩm tra`."""
    steps = [case.step(to) for to in _leads_to(case, action)]
    ends = next((step for step in steps if step.ends), None)
    names = say("desk.or").join(f"“{step.name.in_(lang)}”" for step in steps)
    if action.does == "ask_supplement":
        within = steps[0].within if steps else None
        end = case.chosen(within)
        amount = end.text(lang) if isinstance(end, Amount) else ""
        return say("desk.then.ask_supplement", within=amount) if amount else say("desk.then.ask_supplement_open")
    if ends is not None:
        outcome = "granted" if ends.ends == "granted" else "ended"
        return say(f"desk.then.{outcome}", name=ends.name.in_(lang))
    known = action.does if action.does in ("accept", "give_back", "sign", "extend") else "onward"
    return say(f"desk.then.{known}", names=names)


def _leads_to(case: Case, action: Action) -> list[str]:
    """The step that follows, or every step that may, while that hangs on what is being entered."""
    try:
        return [case.chosen(action.to)]
    except Uncomputed:
        return list(dict.fromkeys(row.is_ for row in action.to.rows))


def supplement_items(case: Case, ticked: Iterable[str]) -> tuple[Items, ...]:
    """The papers that are attached, then page by page the questions that were asked."""
    chosen = frozenset(ticked)
    papers = [p for p in case.papers if not p.paper.from_form and not p.paper.shown]
    named = [Item(f"paper.{p.key}", p.name, f"paper.{p.key}" in chosen) for p in papers]
    found = [Items(None, None, tuple(named))] if named else []
    shown = asking.settle(case.procedure.form, case.answers, case.facts).shown
    for page in case.procedure.form.fields:
        if page.name in shown:
            items = tuple(Item(f.dotted, f.title, f.dotted in chosen) for f in _questions(page, shown))
            found.append(Items(page.title, Item(page.name, page.title, page.name in chosen), items))
    return tuple(found)


def _questions(page: Field, shown: frozenset[str]) -> Iterable[Field]:
    """The questions of a page that were asked; a repeating group is asked again as a whole."""
    for inner in page.fields if page.kind is Kind.GROUP else ():
        if inner.dotted not in shown or inner.computed is not None:
            continue
        if inner.kind is Kind.GROUP:
            yield from _questions(inner, shown)
        else:
            yield inner


def allowed_asks(case: Case, asks: Iterable[str]) -> tuple[str, ...]:
    """Only what a supplement may ask for here, in the order of the page."""
    wanted = frozenset(asks)
    groups = supplement_items(case, wanted)
    every = (item for group in groups for item in (*([group.whole] if group.whole else []), *group.items))
    return tuple(item.name for item in every if item.ticked)
