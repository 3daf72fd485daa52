"""What happens to a case, made at random: the same seed, the same history. Mostly what may be done, at moments in and
out of office hours, around the ends of what runs, and after long silences; now and then what nobody may do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.domain.oracle_clocks import promised, windows
from tests.domain.oracle_history import History
from tests.domain.small_procedures import ANSWERS

PERSONS = ("an", "binh")

Act = tuple[str, datetime, Mapping[str, Any]]


def answers(rng: random.Random) -> dict[str, bool]:
    return {name: rng.random() < 0.5 for name in ANSWERS}


def filed_at(rng: random.Random) -> datetime:
    return datetime(2026, 1, 5) + timedelta(minutes=rng.randrange(45 * 1440))


def later(rng: random.Random, history: History, now: datetime) -> datetime:
    """The next moment: soon, some day, after a long silence, or just around the end of something that runs."""
    ends = [end for end, _, _ in windows(history)]
    ends += [state.due for limit in history.plan.limits if (state := promised(history, limit)) and state.due]
    ahead = [end for end in ends if end > now]
    how = rng.random()
    if ahead and how < 0.25:
        return max(now, rng.choice(ahead) + rng.choice((-1, 0, 0, 1)) * timedelta(minutes=1))
    if how < 0.5:
        return now + timedelta(minutes=rng.choice((0, 1, 10, 90, 300)))
    if how < 0.92:
        return now + timedelta(minutes=rng.randrange(1, 5 * 1440))
    return now + timedelta(minutes=rng.randrange(10 * 1440, 50 * 1440))


def act(rng: random.Random, history: History) -> tuple[str, Mapping[str, Any]]:
    """Mostly something that may be done now; else anything that anybody could try."""
    steps = {token.step for token in history.tokens} if rng.random() < 0.85 else set(history.plan.workflow["steps"])
    tries = [one for step in sorted(steps) for one in _at(rng, history, step)]
    rare = rng.random()
    if history.suspended and rare < 0.5:
        return "lift", {"name": history.suspended, "by": rng.choice(("specialist", "specialist", "leader"))}
    if rare < 0.12 or not tries:
        return rng.choice(_anywhere(history))
    return rng.choice(tries)


def _anywhere(history: History) -> list[tuple[str, Mapping[str, Any]]]:
    interrupts = [("break_in", {"name": i["id"], "by": i["by"]}) for i in history.plan.workflow["interrupts"]]
    paying = ("pay", {"fees": history.to_pay() or {"phi": 75_000}})
    wrong = ("pay", {"fees": {"phi": 74_999}})
    return [*interrupts, interrupts[1], interrupts[1], ("lift", {"name": "ke_bien", "by": "specialist"}), paying, wrong]


def _at(rng: random.Random, history: History, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    step = history.plan.step(name)
    ticked = {"kho": rng.random() < 0.5}
    for action in step.get("actions", ()):
        yield "do", {"who": rng.choice(PERSONS), "step": name, "action": action, "ticked": ticked}
    match step.get("waits_for"):
        case "supplement":
            yield "supply", {"changed": {"gap": rng.random() < 0.5}}
        case "payment":
            yield "pay", {"fees": history.to_pay() or {"phi": 75_000}}
        case "agencies":
            opinion = rng.choice(("agree", "object"))
            yield "answer", {"step": name, "agency": rng.choice(("xa_binh", "xa_chau")), "opinion": opinion}
        case "applicant" | "event":
            yield "come", {"step": name}
