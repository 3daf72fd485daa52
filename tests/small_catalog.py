"""A small catalog that a test states in a few lines of YAML: what it leaves out is the plainest there is.

A key of the test's text stands in place of the whole key of the plain file. `Town` is the catalog bound, with an
office, its officers and an applicant to play with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from motcua.catalogue.check import check
from motcua.catalogue.messages import say
from motcua.catalogue.proving import Proven, prove_catalog, province_of
from motcua.domain.answers import read_moment
from motcua.domain.case import Case
from motcua.domain.filing import ALL, Filing, file, judge
from motcua.domain.judged import Judged
from motcua.domain.people import Officer
from motcua.domain.procedure import Procedure, Province
from motcua.domain.refusals import Incorrect

PROCEDURE = "procedures/ho_tich/cap_giay.yaml"
FORM = "forms/ho_tich/don.yaml"
WORKFLOW = "workflows/mot_cua.yaml"
AGENCIES = "procedures/agencies.yaml"
EXAMPLES = "procedures/ho_tich/cap_giay.examples.yaml"

PLAIN = {
    PROCEDURE: """\
code: "9.000001"
name: Cấp giấy
sector: ho_tich
level: commune
service: full
channels: [online, counter, post]
agencies: {receives: {agency: xa_an}, decides: {agency: xa_an}}
results: [{id: giay, name: Giấy}]
form: ho_tich/don
workflow: {use: mot_cua}
""",
    FORM: """\
title: Đơn
type: object
properties:
  don: {type: object, title: Đơn, properties: {ten: {type: string, title: Tên}}}
""",
    WORKFLOW: """\
id: mot_cua
start: tiep_nhan
steps:
  tiep_nhan:
    role: one_stop
    at: receives
    actions:
      nhan: {does: accept, to: ky}
      bo_sung: {does: ask_supplement, to: cho_bo_sung}
      tu_choi: {does: refuse, to: tu_choi}
  cho_bo_sung: {waits_for: supplement, within: 7 ngày làm việc, clock: resume, to: tiep_nhan, runs_out: het_han}
  ky:
    role: leader
    at: decides
    actions: {ky: {does: sign, to: xong}, tu_choi: {does: refuse, to: tu_choi}}
  xong: {ends: granted}
  tu_choi: {ends: refused}
  het_han: {ends: lapsed}
  da_rut: {ends: withdrawn}
interrupts:
  - {id: rut, name: Rút hồ sơ, by: applicant, before: ky, to: da_rut}
""",
    AGENCIES: """\
levels: [{id: commune, name: Cấp xã}, {id: district, name: Cấp huyện}]
kinds: [{id: ubnd_xa, name: Ủy ban xã}, {id: ubnd_huyen, name: Ủy ban huyện}]
agencies:
  - {id: xa_an, code: H56.01, name: Xã An, kind: ubnd_xa, level: commune, area: "01"}
  - {id: xa_binh, code: H56.02, name: Xã Bình, kind: ubnd_xa, level: commune, area: "02"}
""",
    "procedures/sectors.yaml": "sectors: [{id: ho_tich, name: Hộ tịch}]\n",
    "workflows/roles.yaml": """\
roles: [{id: one_stop, name: Một cửa}, {id: specialist, name: Chuyên viên}, {id: leader, name: Lãnh đạo}]
answers: leader
cashier: one_stop
""",
    "workflows/calendar.yaml": """\
default: hanh_chinh
hours:
  hanh_chinh:
    - week: [{days: [mon, tue, wed, thu, fri], open: ["07:30-11:30", "13:00-17:00"]}]
confirmed_years: [2026]
""",
}


def write(root: Path, files: Mapping[str, str]) -> Path:
    """The plain catalog below a folder, with the keys of these texts in place of its own; other files as they are."""
    for name, text in {**PLAIN, **files}.items():
        whole = _over(PLAIN.get(name, ""), dedent(text).strip("\n") + "\n") if name in files else text
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(whole, "utf-8")
    return root


def _over(plain: str, text: str) -> str:
    keys = {**_keys(plain), **_keys(text)}
    return "".join(keys.values()) if _keys(text) else text


def _keys(text: str) -> dict[str, str]:
    """Each top-level key with the lines below it."""
    return {block.partition(":")[0]: block for block in re.split(r"^(?=\w+:)", text, flags=re.MULTILINE) if block}


def pages(text: str) -> str:
    """A form that has these pages."""
    return "properties:\n" + indent(dedent(text).strip("\n") + "\n", "  ")


def moment(text: str) -> datetime:
    """`05/10/2026 08:00`, in Vietnam."""
    return read_moment(text)


@dataclass
class Town:
    """A procedure that one office receives and decides, and everybody there. Monday 05/10/2026 08:00 unless said."""

    proven: Proven
    province: Province
    serials: Counter[str] = field(default_factory=Counter)

    @property
    def procedure(self) -> Procedure:
        assert self.proven.procedure is not None
        return self.proven.procedure

    def take(self, series: str) -> int:
        self.serials[series] += 1
        return self.serials[series]

    def judge(self, answers: Any = None, *, at: str = "05/10/2026 08:00", **how: Any) -> Judged:
        return judge(self.procedure, self.province, _filing(answers, **how), moment(at))

    def wrong(self, answers: Any = None, **how: Any) -> dict[str, str]:
        """The problems of a filing: field -> code."""
        return {p.field: p.code for p in self.judge(answers, **how).problems}

    def file(self, answers: Any = None, *, at: str = "05/10/2026 08:00", **how: Any) -> Case:
        filing = _filing(answers, **how)
        return file(self.procedure, self.province, filing, ref="r", by="citizen:1", at=moment(at), take=self.take)

    def act(self, case: Case, done: str, at: str, *, by: Officer | None = None, **said: Any) -> Case:
        """`tiep_nhan.nhan`: an officer who may do it, does it."""
        step, _, action = done.partition(".")
        here = case.state.at_step(step)
        by = by or officer(*_roles(case, step), agency=here.agency if here and here.agency else "xa_an")
        return case.complete(step, action, by=by, at=moment(at), take=self.take, **said)

    def supply(self, case: Case, at: str, patch: Any = None, papers: Any = None) -> Case:
        return case.supply(patch or {}, papers or {}, by="citizen:1", at=moment(at))


def _filing(answers: Any, channel: str = "online", papers: Any = ALL, picked: Any = None, known: Any = None) -> Filing:
    return Filing(answers or {}, channel, papers, picked or {}, known or {})


def _roles(case: Case, step: str) -> Sequence[str]:
    role = case.step(step).role if step in case.procedure.workflow.steps else None
    return role.values if role else ()


def officer(*roles: str, agency: str = "xa_an", login: str | None = None) -> Officer:
    """Whoever holds these roles; one person a role unless a login is given."""
    login = login or "_".join(roles)
    return Officer(account=1, login=login, name=login, agency=agency, roles=frozenset(roles))


def town(root: Path, **files: str) -> Town:
    """The catalog, which must have no mistake. `procedure=`, `form=`, `workflow=`, `agencies=` or `files=` by path."""
    proof = prove_catalog(write(root, named(files)))
    assert proof.reading.diagnostics == (), told(root)
    assert proof.province.wrong == ()
    province = province_of(proof.reading)
    assert province is not None
    return Town(proof.procedures[0], province)


def mistakes(root: Path, **files: str) -> list[tuple[str, str]]:
    """What the check tells of the catalog: `file:line:column` and code."""
    write(root, named(files))
    return [(str(d.place), d.code) for d in check(root).diagnostics]


def told(root: Path) -> list[str]:
    return [f"{d.place} {d.code} {say(d)}" for d in check(root).diagnostics]


def named(files: Mapping[str, str]) -> dict[str, str]:
    names = {"procedure": PROCEDURE, "form": FORM, "workflow": WORKFLOW, "agencies": AGENCIES, "examples": EXAMPLES}
    return {names.get(name, name): text for name, text in files.items()}


def problems_of(refused: Incorrect) -> dict[str, str]:
    """field -> code."""
    return {problem.field: problem.code for problem in refused.problems}
