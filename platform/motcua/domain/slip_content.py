"""What is written on each slip, in words: form by form the lines of Circular 01/2018/TT-VPCP, annex, and of the papers
that it has no form for. Called by `slip`.

Everything is text or a count, in Vietnamese, as it will be printed: nothing is computed again at a later printing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from motcua.domain import slip_notice
from motcua.domain.agency import Agency
from motcua.domain.answer_words import value_text
from motcua.domain.case_clock import LimitState, window
from motcua.domain.money import money_text
from motcua.domain.paper import PaperAsked
from motcua.domain.people import show_phone
from motcua.domain.time_limit import Amount
from motcua.domain.working_calendar import HCM

if TYPE_CHECKING:
    from motcua.domain.case import Case
    from motcua.domain.event import Event
    from motcua.domain.slip import SlipKind

Content = dict[str, Any]

#: what a form and an account both call an address
_ADDRESS = "noi_cu_tru"


def written(kind: SlipKind, before: Case, after: Case, by: Agency) -> Content:
    """The content of a slip that `by` issues with the last act of `after`. Raises KeyError for a form there is not."""
    if kind.form in _LETTERS:
        letter = _LETTERS[kind.form](kind, after)  # from the agency itself, not from its desk
        more = {"desk": "", "until": moment(_until(after)), "guide": _guide(after, by), **letter}
    else:
        more = _FORMS[kind.form](before, after, by)
    return {**head(after, by, after.events[-1].at), "reason": _reason(after), **more}


# ---- every form ----


def head(case: Case, by: Agency, issued_at: datetime) -> Content:
    """Who issues it, when, on which case, and for whom."""
    having, agencies = case.stationery, case.province.agencies
    above = agencies.by_id.get(by.parent or "")
    at = issued_at.astimezone(HCM)
    who = having.applicant
    return {
        "above": above.name.vi if above else "",
        "agency": by.name.vi,
        "desk": having.desk(by.kind).name,
        "place": by.desk.place,
        "case": case.number,
        "link": f"{having.portal}/track?number={case.number}",
        "date": f"ngày {at:%d} tháng {at:%m} năm {at.year:04}",
        "applicant": who.name,
        "address": who.address or _lives(case),
        "phone": show_phone(who.phone) if who.phone.startswith("+84") else who.phone,
        "email": who.email,
        "request": case.procedure.name.vi,
        "officer": having.officer,
    }


def _reason(case: Case) -> str:
    """What the officer wrote; where the clock ended something, that it did."""
    event = case.events[-1]
    if event.kind == "ran_out" and event.data.get("step"):
        return f"Hết thời hạn: {case.step(event.data['step']).name.vi}, đến {moment(event.at)}"
    return str(event.data.get("reason", ""))


def _lives(case: Case) -> str:
    """Where the applicant wrote that he lives, on the page that his account fills in."""
    for page in case.procedure.form.pages:
        lives = next((field for field in page.fields if field.name == _ADDRESS), None)
        if page.prefill == "account" and lives is not None:
            said = case.answers.get(page.name, {}).get(_ADDRESS, {})
            told = [value_text(field, said.get(field.name), case.state.filed_on, "vi") for field in lives.fields]
            return ", ".join(part for part in reversed(told) if part)
    return ""


def moment(at: datetime | None) -> str:
    """`08 giờ 00 phút, ngày 05/10/2026`; nothing while a clock stands."""
    if at is None:
        return ""
    local = at.astimezone(HCM)
    return f"{local:%H} giờ {local:%M} phút, ngày {_day(local)}"


def _day(day: date) -> str:
    return f"{day:%d/%m/}{day.year:04}"


def _main(case: Case) -> LimitState | None:
    return case.main_limit(case.events[-1].at)


def _due(case: Case) -> str:
    main = _main(case)
    return moment(main.due) if main else ""


# ---- 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả ----


def _receipt(before: Case, case: Case, by: Agency) -> Content:
    main, desk = _main(case), case.stationery.desk(by.kind)
    end = case.chosen(main.limit.within) if main else None
    accepted = case.state.happened.get("accepted", (case.events[-1].at,))[0]
    return {
        "papers": [_paper(asked) for asked in case.papers],
        "sets": case.procedure.sets,
        "limit": end.text() if isinstance(end, Amount) else "",
        "received": moment(accepted),
        "due": _due(case),
        "returned": ", ".join(part for part in (desk.name, by.name.vi, by.desk.address) if part),
        "fee": _fees(case),
        "book": str(case.events[-1].at.astimezone(HCM).year),
    }


def _paper(asked: PaperAsked) -> Content:
    return {"name": asked.name.vi, "original": asked.original, "copies": asked.copies}


def _fees(case: Case) -> str:
    """Each fee and the sum, in đồng; what is not known yet says so."""
    lines = [line for line in case.fees if line.amount is None or line.owed]
    told = [f"{line.fee.name.vi}: {'tính sau' if line.amount is None else money_text(line.owed)}" for line in lines]
    if not told:
        return "Không phải nộp"
    return "; ".join([*told, f"tổng cộng {money_text(case.fee_total)}"] if len(told) > 1 else told)


# ---- 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ ----


def _supplement(before: Case, case: Case, by: Agency) -> Content:
    asks = case.events[-1].data.get("asks", ())
    return {"items": [_item(before, item) for item in asks], "until": moment(_until(case)), "guide": _guide(case, by)}


def _until(case: Case) -> datetime | None:
    """When what is waited for now must have come."""
    return next((window(case, here) for here in case.state.active if case.step(here.step).waits_for), None)


def _item(case: Case, item: str) -> Content:
    asked = next((asked for asked in case.papers if f"paper.{asked.key}" == item), None)
    if asked is not None:
        return _paper(asked)
    field = case.procedure.form.field(item)
    return {"name": f"Tờ khai, mục “{field.title.vi}”" if field else item, "original": 0, "copies": 0}


def _guide(case: Case, by: Agency) -> str:
    """Whom to ask: the officer, and how the desk is reached."""
    return ", ".join(part for part in (case.stationery.officer, by.desk.phone, by.desk.email) if part)


# ---- 03: phiếu từ chối tiếp nhận giải quyết hồ sơ ----


def _refusal(before: Case, case: Case, by: Agency) -> Content:
    return {"guide": _guide(case, by)}


# ---- 04: phiếu xin lỗi và hẹn lại ngày trả kết quả ----


def _apology(before: Case, case: Case, by: Agency) -> Content:
    sector = case.province.sectors.get(case.procedure.sector)
    accepted = case.state.happened.get("accepted", (case.events[0].at,))[0]
    return {
        "sector": sector.vi if sector else "",
        "received": moment(accepted),
        "due_before": _due(before),
        "due": _due(case),
    }


# ---- 05: phiếu kiểm soát quá trình giải quyết hồ sơ ----


def _control(before: Case, case: Case, by: Agency) -> Content:
    state, agencies = case.state, case.province.agencies
    resolves = state.positions.get("decides") or state.positions["receives"]
    beside = {a: None for name, a in state.positions.items() if a != resolves and name != "receives"}
    return {
        "resolves": agencies[resolves].name.vi,
        "beside": "; ".join(agencies[a].name.vi for a in beside),
        "received": moment(state.happened.get("accepted", (case.events[0].at,))[0]),
        "due": _due(case),
        "handed": list(_handed(case)),
    }


def _handed(case: Case) -> Iterator[Content]:
    """One row for each time that the file went from one step to another: who gave, who took, when, and whether in
    time.
    """
    for event in case.events:
        entered = [e for e in event.data.get("enters", ()) if e.get("agency")]
        if event.data.get("leaves") and entered:
            then = case.until(event.seq - 1)
            yield {
                "gives": _side(case, [(a.step, a.agency) for a in then.state.active if a.step in event.data["leaves"]]),
                "takes": _side(case, [(e["step"], e["agency"]) for e in entered]),
                "at": moment(event.at),
                "result": _result(then, event),
                "note": str(event.data.get("reason", "")),
            }


def _side(case: Case, steps: list[tuple[str, str | None]]) -> str:
    told = []
    for step, agency in steps:
        name = case.province.agencies[agency].name.vi if agency else ""
        told.append(f"{name} ({case.step(step).name.vi})" if name else case.step(step).name.vi)
    return "; ".join(dict.fromkeys(told))


def _result(then: Case, event: Event) -> str:
    """Before, on or over the day on which the giving side's share ended; nothing where it had none."""
    ends = [end for a in then.state.active if a.step in event.data["leaves"] and (end := window(then, a))]
    if not ends:
        return ""
    if event.at > min(ends):
        return "Quá hạn"
    return "Đúng hạn" if event.at.astimezone(HCM).date() == min(ends).astimezone(HCM).date() else "Trước hạn"


_FORMS: dict[str, Callable[[Case, Case, Agency], Content]] = {
    "01": _receipt,
    "02": _supplement,
    "03": _refusal,
    "04": _apology,
    "05": _control,
}
_LETTERS: dict[str, Callable[[SlipKind, Case], Content]] = {
    "thong_bao": slip_notice.notice,
    "phieu_chuyen": slip_notice.transfer,
    "bien_ban": slip_notice.record,
}
FORMS = (*_FORMS, *_LETTERS)
