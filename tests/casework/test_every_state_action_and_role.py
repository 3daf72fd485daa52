"""Every state, every action, every role: what the workflow does not allow is refused, purely and in the store.

What is allowed is written here by hand, from the workflow's own page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from tests.casework.commune import ELSEWHERE, HERE, PROCEDURE, Commune, ks_1

from motcua.casework.wake import wake
from motcua.catalogue.editions import bind_province_edition
from motcua.catalogue.proving import Proof
from motcua.domain.case import Case
from motcua.domain.filing import ALL, Filing, file
from motcua.domain.people import Officer
from motcua.domain.refusals import NotOffered, Refused
from motcua.domain.working_calendar import HCM

MONDAY = datetime(2026, 10, 5, 8, 0, tzinfo=HCM)
LATER = timedelta(days=30)

#: the case is received in one commune and decided in another
ONE_STOP, EXAMINER, LEADER = ("one_stop", ELSEWHERE), ("civil_status_officer", HERE), ("leader", HERE)
NONE: Mapping[str, str] = {}
DOUBT = {"nghi_van": "true", "noi_dung_xac_minh": "Tình trạng hôn nhân của cha"}
TRUE = {"ket_qua": "dung", "noi_dung": "Công văn trả lời"}
FALSE = {"ket_qua": "khong_dung", "noi_dung": "Công văn trả lời"}
FINDINGS = {"none": NONE, "doubt": DOUBT, "true": TRUE, "false": FALSE}

#: step -> who, and with which findings each action may be taken
ALLOWED: dict[str, tuple[tuple[str, str], dict[str, tuple[str, ...]]]] = {
    "tiep_nhan": (ONE_STOP, dict.fromkeys(("tiep_nhan", "bo_sung", "tu_choi"), ("none",))),
    "tham_tra": (
        EXAMINER,
        {
            "dat": ("none",),
            "xac_minh": ("doubt",),
            "bo_sung": ("none", "doubt"),
            "khong_dat": ("none", "doubt"),
            "tra_lai": ("none", "doubt"),
        },
    ),
    "xac_minh": (EXAMINER, {"dat": ("true",), "khong_dat": ("false",)}),
    "ky": (LEADER, dict.fromkeys(("ky", "tra_lai", "tu_choi"), tuple(FINDINGS))),
    "tra_ket_qua": (ONE_STOP, {"tra": tuple(FINDINGS)}),
}


@dataclass(frozen=True)
class Act:
    step: str
    action: str
    findings: str = "none"


ACCEPT, PASS, SIGN = Act("tiep_nhan", "tiep_nhan"), Act("tham_tra", "dat"), Act("ky", "ky")
SUPPLY, WITHDRAW, LAPSE = "supply", "withdraw", "lapse"
VERIFY, GIVE_BACK = Act("tham_tra", "xac_minh", "doubt"), Act("ky", "tra_lai")
ASK, ASK_LATER = Act("tiep_nhan", "bo_sung"), Act("tham_tra", "bo_sung")


@dataclass(frozen=True)
class Stand:
    """A state: how the case comes to it, where it stands then, what was used up, whether one may still withdraw."""

    way: tuple[Act | str, ...]
    step: str | None = None
    used_up: tuple[str, ...] = ()
    withdrawable: bool = True


STATES = {
    "filed": Stand((), "tiep_nhan"),
    "waiting for a supplement": Stand((ASK,)),
    "supplied": Stand((ASK, SUPPLY), "tiep_nhan", ("bo_sung",)),
    "accepted": Stand((ACCEPT,), "tham_tra"),
    "waiting in examination": Stand((ACCEPT, ASK_LATER)),
    "supplied in examination": Stand((ACCEPT, ASK_LATER, SUPPLY), "tham_tra", ("bo_sung",)),
    "given back to the desk": Stand((ACCEPT, Act("tham_tra", "tra_lai")), "tiep_nhan"),
    "verifying": Stand((ACCEPT, VERIFY), "xac_minh"),
    "to be signed": Stand((ACCEPT, PASS), "ky", withdrawable=False),
    "verified": Stand((ACCEPT, VERIFY, Act("xac_minh", "dat", "true")), "ky", withdrawable=False),
    "given back": Stand((ACCEPT, PASS, GIVE_BACK), "tham_tra", withdrawable=False),
    "given back twice": Stand((ACCEPT, PASS, GIVE_BACK, PASS, GIVE_BACK, PASS), "ky", ("tra_lai",), False),
    "signed": Stand((ACCEPT, PASS, SIGN), "tra_ket_qua", withdrawable=False),
    "handed over": Stand((ACCEPT, PASS, SIGN, Act("tra_ket_qua", "tra")), withdrawable=False),
    "refused": Stand((ACCEPT, Act("tham_tra", "khong_dat")), withdrawable=False),
    "declined": Stand((Act("tiep_nhan", "tu_choi"),), withdrawable=False),
    "lapsed": Stand((ASK, LAPSE), withdrawable=False),
    "withdrawn": Stand((WITHDRAW,), withdrawable=False),
}
STEPS = ("tiep_nhan", "cho_bo_sung", "tham_tra", "cho_bo_sung_tham_tra", "xac_minh", "ky", "tra_ket_qua")
STEPS += ("xong", "tu_choi", "khong_tiep_nhan", "het_han", "da_rut", "")
ACTIONS = ("tiep_nhan", "bo_sung", "tu_choi", "dat", "xac_minh", "khong_dat", "tra_lai", "ky", "tra", "rut", "xoa", "")
AGENCIES = (HERE, ELSEWHERE, "so_tu_phap_thanh_hoa", "")

Attempt = tuple[Act, Officer]


def officer(login: str, role: str, agency: str) -> Officer:
    return Officer(0, login, login, agency, frozenset({role}))


def who_does(act: Act) -> Officer:
    """The officer who takes the case along its way: one and the same for each role."""
    role, agency = ALLOWED[act.step][0]
    return officer(role, role, agency)


def allowed(stand: Stand, act: Act, by: Officer) -> bool:
    if act.step != stand.step or act.action in stand.used_up:
        return False
    (role, agency), actions = ALLOWED[act.step]
    own_examination = act.step == "ky" and by.login == "civil_status_officer"
    return (
        by.roles == {role}
        and by.agency == agency
        and act.findings in actions.get(act.action, ())
        and not own_examination
    )


def attempts(roles: list[str]) -> Iterator[Attempt]:
    people = [
        officer(login, role, agency)
        for login, role, agency in product(("somebody", "civil_status_officer"), roles, AGENCIES)
    ]
    for step, action, findings, by in product(STEPS, ACTIONS, FINDINGS, people):
        yield Act(step, action, findings), by


def more(act: Act) -> dict[str, Any]:
    """What the act says besides: always a reason, and what is to be supplied."""
    return {"facts": FINDINGS[act.findings], "reason": "Ghi rõ", "asks": ["yeu_cau.so_ban_sao"]}


# ---- on the pure case ----


@pytest.fixture(scope="module")
def filed(proof: Proof) -> Case:
    procedure = next(p.procedure for p in proof.procedures if p.id == PROCEDURE)
    assert procedure is not None
    filing = Filing(ks_1(), "online", ALL, {"receives": ELSEWHERE})
    province = bind_province_edition(proof.province.edition.files)
    return file(procedure, province, filing, ref="r", by="citizen:1", at=MONDAY, take=lambda _: 1)


def on_its_way(case: Case, way: tuple[Act | str, ...]) -> Case:
    taken = Counter[str]()
    for act in way:
        if isinstance(act, Act):
            case = case.complete(act.step, act.action, by=who_does(act), at=MONDAY, take=taken.__getitem__, **more(act))
        elif act == SUPPLY:
            case = case.supply({**case.state.answers, "yeu_cau": {"so_ban_sao": 3}}, {}, by="citizen:1", at=MONDAY)
        elif act == WITHDRAW:
            case = case.interrupt("rut", who="applicant", by="citizen:1", at=MONDAY)
        else:
            case = case.advance(MONDAY + LATER)
    return case


def is_taken(case: Case, act: Act, by: Officer) -> bool:
    try:
        case.complete(act.step, act.action, by=by, at=MONDAY, take=lambda _: 1, **more(act))
    except Refused:
        return False
    return True


@pytest.mark.parametrize("state", STATES)
def test_only_what_the_workflow_allows_is_taken(filed: Case, state: str) -> None:
    """S6."""
    stand = STATES[state]
    case = on_its_way(filed, stand.way)
    assert stand.step is None or [a.step for a in case.state.active] == [stand.step]
    wrong = [
        (act, by, taken)
        for act, by in attempts([*filed.province.roles, "nobody", ""])
        if (taken := is_taken(case, act, by)) != allowed(stand, act, by)
    ]
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_only_the_applicant_withdraws_and_only_before_the_signature(filed: Case, state: str) -> None:
    """S6."""
    stand = STATES[state]
    case = on_its_way(filed, stand.way)
    taken = []
    for who, what in product(["applicant", *filed.province.roles, "clock", ""], ["rut", "tu_choi", ""]):
        try:
            case.interrupt(what, who=who, by="citizen:1", at=MONDAY)
        except NotOffered:
            continue
        taken.append((who, what))
    assert taken == ([("applicant", "rut")] if stand.withdrawable else [])


@pytest.mark.parametrize("state", STATES)
def test_what_an_officer_is_offered_is_allowed(filed: Case, state: str) -> None:
    stand = STATES[state]
    case = on_its_way(filed, stand.way)
    for role, agency in product([*filed.province.roles, ""], AGENCIES):
        for offered in case.offered(officer("somebody", role, agency), case.events[-1].at):
            act = Act(offered.step.id, offered.action.id)
            assert any(allowed(stand, Act(act.step, act.action, f), officer("x", role, agency)) for f in FINDINGS)


# ---- in the store ----


def stored(commune: Commune, way: tuple[Act | str, ...]) -> str:
    ref = commune.submit(commune.draft_at_once(picks=ELSEWHERE)).ref
    for act in way:
        if isinstance(act, Act):
            commune.act(who_does(act), ref, act.step, act.action, **more(act))
        elif act == SUPPLY:
            commune.supplied(commune.supplement(ref, yeu_cau={"so_ban_sao": "3"}))
        elif act == WITHDRAW:
            commune.withdraw(ref)
        else:
            commune.clock.set(MONDAY + LATER)
            wake(commune.office)
    return ref


def nothing_forbidden_is_stored(commune: Commune, state: str, every: int) -> None:
    stand = STATES[state]
    ref = stored(commune, stand.way)
    before, said = commune.record(ref), len(commune.said(ref))
    roles = [*commune.office.catalog.province.roles, "nobody"]
    forbidden = [(act, by) for act, by in attempts(roles) if not allowed(stand, act, by)]
    for act, by in forbidden[::every]:
        with pytest.raises(Refused):
            commune.act(by, ref, act.step, act.action, seen=before.version, **more(act))
    assert commune.record(ref) == before
    assert len(commune.said(ref)) == said


@pytest.mark.parametrize("state", ["filed", "accepted", "to be signed", "withdrawn"])
def test_what_is_forbidden_leaves_no_trace_in_the_store(commune: Commune, state: str) -> None:
    """S6, every 997th of the forbidden acts."""
    nothing_forbidden_is_stored(commune, state, every=997)


@pytest.mark.soak
@pytest.mark.parametrize("state", STATES)
def test_nothing_forbidden_is_ever_stored(commune: Commune, state: str) -> None:
    """S6, every 53rd of the forbidden acts; the pure case refuses each of them."""
    nothing_forbidden_is_stored(commune, state, every=53)
