"""Small procedures made at random: the same seed, the same procedure.

One is made as the plain data of its files. The engine gets it as YAML, through the catalog's own binding; the slow
clerk of `oracle_history` gets the data.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from tests.domain import oracle_time as clerk
from tests.domain.oracle_diary import Plan
from tests.small_catalog import Town, pages, town

CLOCKS = ("runs", "resume", "resume", "restart")
WINDOWS = ("1 ngày làm việc", "3 ngày làm việc", "10 ngày", "24 giờ", "8 giờ làm việc", "1 tháng")
AMOUNTS = ("trong ngày", "1 ngày làm việc", "5 ngày làm việc", "7 ngày", "12 giờ làm việc", "48 giờ", "1 tháng")
ANSWERS = ("gap", "co_phi", "hoi_binh", "hoi_chau")
ASKS = [{"agency": "xa_binh", "when": "don.hoi_binh"}, {"agency": "xa_chau", "when": "don.hoi_chau"}]
WAITS_FOR: dict[str, list[dict[str, Any]]] = {
    "applicant": [{}],
    "payment": [{"fees": ["phi"]}],
    "event": [{"event": "ended"}, {"event": "fee.phi.paid"}, {"event": ["accepted", "step.ky.started"]}],
}
FORM = pages(
    "don:\n  type: object\n  title: Đơn\n  properties:\n"
    + "".join(f"    {name}: {{type: boolean, title: {name}, default: false}}\n" for name in ANSWERS)
)
AGENCIES = """
agencies:
  - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune, area: "01"}
  - {id: xa_binh, code: H56.02, name: Xã Bình, kind: ubnd_xa, level: commune, area: "02"}
  - {id: xa_chau, code: H56.03, name: Xã Châu, kind: ubnd_xa, level: commune, area: "03"}
"""
#: Tết of 2026 with its swapped days; one asked agency works on Saturday mornings, the other has days of its own.
CALENDAR = """
default: hanh_chinh
hours:
  hanh_chinh: [{week: [{days: [mon, tue, wed, thu, fri], open: ["07:30-11:30", "13:00-17:00"]}]}]
  sang_thu_bay:
    - week:
        - {days: [mon, tue, wed, thu, fri], open: ["07:00-11:00", "13:30-17:30"]}
        - {days: [sat], open: ["08:00-11:30"]}
agencies:
  xa_binh: {hours: sang_thu_bay}
  xa_chau: {days_off: [{date: 26/01/2026, name: Bảo trì}, {date: 27/01/2026, name: Bảo trì}]}
confirmed_years: [2026]
days_off:
  - {date: 02/01/2026, name: Nghỉ hoán đổi}
  - {date: 16/02/2026, name: Tết}
  - {date: 17/02/2026, name: Tết}
  - {date: 18/02/2026, name: Tết}
  - {date: 19/02/2026, name: Tết}
  - {date: 20/02/2026, name: Tết}
makeup_days: [{date: 10/01/2026, for: 02/01/2026}]
"""
_TET = frozenset({date(2026, 1, 2), *(date(2026, 2, day) for day in range(16, 21))})
_MAKEUP = ((date(2026, 1, 10), date(2026, 1, 2)),)
_DAY = ((450, 690), (780, 1020))


def _office(week: clerk.Week, off: frozenset[date] = frozenset()) -> clerk.Office:
    return clerk.Office(((date.min, date.max, week),), _TET | off, _MAKEUP)


OFFICES = {
    "xa_an": _office((_DAY,) * 5 + ((), ())),
    "xa_binh": _office((((420, 660), (810, 1050)),) * 5 + (((480, 690),), ())),
    "xa_chau": _office((_DAY,) * 5 + ((), ()), frozenset({date(2026, 1, 26), date(2026, 1, 27)})),
}


# ---- a procedure ----


@dataclass
class Maker:
    """Builds one workflow from its end to its start, so that each step knows what comes next."""

    rng: random.Random
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    serial: int = 0
    ticked: str | None = None  # a step on the main line whose finding later rows may read
    asking: bool = True  # one open supplement at a time: two branches never ask at once

    def some(self, chance: float) -> bool:
        return self.rng.random() < chance

    def named(self, kind: str) -> str:
        self.serial += 1
        return f"{kind}_{self.serial}"

    def window(self, step: dict[str, Any], ends: tuple[str, ...], chance: float = 0.8) -> dict[str, Any]:
        if self.some(chance):
            return {**step, "within": self.rng.choice(WINDOWS), "runs_out": self.rng.choice(ends)}
        return {**step, "runs_out": "never"}

    def wait(self, to: str, after: tuple[str, ...]) -> str:
        """One wait that leads to a step; where its window leads, chosen among these."""
        kind = self.rng.choice(("applicant", "event", "payment", "agencies", "agencies"))
        step: dict[str, Any] = {"waits_for": kind, "clock": self.rng.choice(CLOCKS), "to": to}
        if kind == "agencies":
            silence = self.rng.choice(("agree", "object", "late"))
            step = {**step, "asks": ASKS, "silence": silence, "within": self.rng.choice(WINDOWS)}
        else:
            step = self.window({**step, **self.rng.choice(WAITS_FOR[kind])}, after)
        return self.add(self.named(f"cho_{kind}"), step)

    def add(self, name: str, step: dict[str, Any]) -> str:
        self.steps[name] = step
        return name

    def work(self, to: str, *, back: tuple[str, ...] = (), main: bool = False) -> str:
        """An officer's step with what officers can do there."""
        name = self.named("viec")
        actions: dict[str, Any] = {}
        if self.some(0.3):
            other = self.wait(to, (to, "het_han")) if self.some(0.5) else to
            actions["dat"] = {"to": [{"when": "don.gap", "is": to}, {"else": other}]}
        elif main and self.some(0.3):
            actions["kho"] = {"to": self.wait(to, (to, "het_han")), "when": f"step.{name}.kho"}
            actions["de"] = {"to": to, "when": f"!step.{name}.kho"}
            self.ticked = name
        else:
            actions["dat"] = {"to": to}
        if self.some(0.25):
            actions["hong"] = {"does": "refuse", "to": "tu_choi"}
        if self.asking and self.some(0.4):
            actions["bo_sung"] = {
                "does": "ask_supplement",
                "to": self.supplement(name),
                "at_most": self.rng.choice((1, 2)),
            }
        if self.some(0.3):
            by = self.rng.choice(("3 ngày làm việc", "10 ngày", "4 giờ làm việc"))
            actions["gia_han"] = {"does": "extend", "by": by, "at_most": 1, "to": name}
        if back and self.some(0.4):
            actions["tra_lai"] = {"does": "give_back", "at_most": self.rng.choice((1, 2)), "to": self.rng.choice(back)}
        step: dict[str, Any] = {"role": "specialist", "at": "decides", "actions": actions}
        if self.ticked == name:
            step["checklist"] = [{"id": "kho", "name": "Khó"}]
        return self.add(name, step)

    def supplement(self, to: str) -> str:
        step = {"waits_for": "supplement", "clock": self.rng.choice(CLOCKS), "to": to}
        return self.add(self.named("cho_bo_sung"), self.window(step, ("het_han", "tu_choi"), 1.0))

    def fork(self, join: str) -> str:
        """Two or three branches of one or two steps each; at most one of them may ask the applicant."""
        branches, may_ask = list[str](), self.asking
        for _ in range(self.rng.choice((2, 2, 3))):
            self.asking = may_ask
            before, first = self.serial, self.branch(join)
            asked = any(s.get("waits_for") == "supplement" for n, s in self.steps.items() if _number(n) > before)
            may_ask = may_ask and not asked
            branches.append(first)
        self.asking = True
        return self.add(self.named("song_song"), {"fork": branches, "join": join})

    def branch(self, join: str) -> str:
        first = join
        for _ in range(self.rng.choice((1, 1, 2))):
            first = self.work(first) if self.some(0.4) else self.wait(first, (first, "het_han"))
        return first

    def whole(self) -> dict[str, Any]:
        """Ends, then from the signature back to the desk; a way back leads to the desk or to the first work."""
        for name, ends in (("xong", "granted"), ("tu_choi", "refused"), ("het_han", "lapsed"), ("da_rut", "withdrawn")):
            self.add(name, {"ends": ends})
        self.add("dung", {"ends": "stopped"})
        if self.some(0.4):
            self.add("dong_y", {"ends": "granted", "silent": True})
        sign = {"does": "sign", "to": self.wait("xong", ("xong",)) if self.some(0.3) else "xong"}
        ky: dict[str, Any] = {"role": "leader", "at": "decides", "actions": {"ky": sign}}
        self.add("ky", ky)
        following = "ky"
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            make = self.rng.choice((self.work, self.work, self.wait, self.fork))
            if make == self.wait:
                following = self.wait(following, (following, "het_han"))
            elif make == self.work:
                following = self.work(following, back=("tiep_nhan",), main=True)
            else:
                following = self.fork(following)
        desk: dict[str, Any] = {"nhan": {"does": "accept", "to": following}}
        if self.some(0.5):
            desk["tu_choi"] = {"does": "refuse", "to": "tu_choi"}
        if self.some(0.4):
            desk["bo_sung"] = {"does": "ask_supplement", "to": self.supplement("tiep_nhan"), "at_most": 1}
        self.add("tiep_nhan", {"role": "one_stop", "at": "receives", "actions": desk})
        if self.some(0.4):
            ky["who"] = {"not": "tiep_nhan"}
        if following.startswith("viec") and self.some(0.5):
            ky["actions"]["tra_lai"] = {"does": "give_back", "at_most": 2, "to": following}
        return {"id": "mot_cua", "start": "tiep_nhan", "steps": self.steps, "interrupts": self.interrupts()}

    def interrupts(self) -> list[dict[str, Any]]:
        clock = self.rng.choice(("resume", "resume", "restart"))
        return [
            {"id": "rut", "name": "Rút", "by": "applicant", "before": "ky", "to": "da_rut"},
            {"id": "ke_bien", "name": "Kê biên", "by": "specialist", "does": "suspend", "clock": clock},
            {"id": "dung", "name": "Dừng", "by": "leader", "to": "dung"},
        ]

    def limits(self) -> list[dict[str, Any]]:
        works = [name for name in self.steps if name.startswith("viec")]
        begins: list[Any] = ["accepted", "received", "supplement_came", ["accepted", "step.ky.started"]]
        begins += [f"step.{name}.started" for name in works[:1]] + ["fee.phi.paid"]
        found = []
        for number in range(self.rng.choice((1, 2, 3))):
            limit: dict[str, Any] = {"id": f"han_{number}"}
            if number or self.some(0.3):
                limit["from"] = self.rng.choice(begins)
            if self.some(0.4):
                limit["until"] = self.rng.choice(("accepted", "result.giay", "ended", "step.ky.started"))
            if limit.get("from", "accepted") in ("accepted", "received") and self.some(0.3):
                limit["cut_off"] = "15:00"
            found.append({**limit, "within": self.rng.choice(AMOUNTS)})
        if "dong_y" in self.steps:
            found[0]["runs_out"] = "dong_y"
        return [limit if "runs_out" in limit else self.rows(limit) for limit in found]

    def rows(self, limit: dict[str, Any]) -> dict[str, Any]:
        """A length by what is answered, or by what was found on the way; or the earliest of two ends."""
        if self.some(0.2):
            second = {"of": self.rng.choice(AMOUNTS), "from": "received"}
            return {**limit, "within": {"earliest": [limit["within"], second]}}
        finding = f"has(step.{self.ticked}.kho) && step.{self.ticked}.kho"
        when = finding if self.ticked and self.some(0.6) else "don.gap"
        if self.some(0.5):
            return limit
        return {**limit, "within": [{"when": when, "is": self.rng.choice(AMOUNTS)}, {"else": limit["within"]}]}


def _number(name: str) -> int:
    tail = name.rpartition("_")[2]
    return int(tail) if tail.isdigit() else 0


def made(rng: random.Random) -> Plan:
    maker = Maker(rng)
    workflow = maker.whole()
    due = rng.choice(("accepted", "received", "result.giay"))
    fees = ({"id": "phi", "kind": "phi", "due": due, "amount": [{"when": "don.co_phi", "is": "75.000"}, {"else": 0}]},)
    return Plan(workflow, tuple(maker.limits()), fees, ("giay",), OFFICES)


def bound(plan: Plan, root: Path) -> Town:
    """The same procedure, as the catalog reads it."""
    return town(
        root,
        form=FORM,
        agencies=AGENCIES,
        workflow=as_yaml(plan.workflow),
        procedure=as_yaml({"fees": list(plan.fees), "time_limits": list(plan.limits)}),
        **{"workflows/calendar.yaml": CALENDAR},
    )


def as_yaml(data: Mapping[str, Any]) -> str:
    written: str = yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
    return written


class _Plain(yaml.SafeDumper):
    """Without anchors, which the catalog refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
