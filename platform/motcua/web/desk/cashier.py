"""The cashier's desk: money taken for a case, money that did not fit, money that goes back. Called by create_app.

Who may is access.TABLE's to say; what may be done is said by the case and the refund.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from motcua.casework.give_back import give_back
from motcua.casework.place_money import assign_money, return_money
from motcua.casework.take_payment import take_payment
from motcua.domain.payment import MISMATCH, what_it_pays
from motcua.domain.problems import Problem
from motcua.domain.receipt import receipts_of
from motcua.domain.refund import BY_HAND, DONE, SENT
from motcua.domain.refusals import Incorrect, NotOffered, Refused, Stale
from motcua.gateways.letter import Unreachable
from motcua.web import downloads
from motcua.web.controls import Wrong
from motcua.web.current import office, officer
from motcua.web.desk.officer import case_page, desk_head, opened
from motcua.web.desk.work import Entered
from motcua.web.formats import money
from motcua.web.language import language
from motcua.web.theme import render, say

pages = Blueprint("cashier", __name__)
#: what is filled in on these pages
_CONTROLS = ("fees", "way", "document", "does", "number", "reason")


@pages.get("/desk/payments")
def queue() -> Response:
    """What did not fit, and what is to be given back, on the cases that this officer's agency received."""
    me = officer()
    held = office().held_by(me.agency)
    with office().store.reading() as books:
        found, back = books.payments.by_hand(*held), books.refunds.queue(*held)
    may = office().catalog.province.cashier in me.roles
    return render("desk_payments", found=found, refunds=back, may=may, desk=desk_head(me))


# ---- taken at the desk ----


@pages.get("/desk/cases/<ref>/payments")
def ask_to_take(ref: str) -> Response:
    return _take_page(ref)


@pages.post("/desk/cases/<ref>/payments")
def take(ref: str) -> Response:
    fees = request.form.getlist("fees")
    try:
        done = take_payment(
            office(), ref, fees, seen=_seen(), by=officer(), way=_said("way"), document=_said("document")[:100]
        )
    except Incorrect as no:
        return _take_page(ref, _wrongs(no), status=422)
    except (Stale, NotOffered) as no:
        return case_page(ref, Entered(), None, no, status=409)
    given = receipts_of(done.new_events)
    numbers = ", ".join(one.number for one in given)
    flash(say("desk.take.done", amount=money(sum(one.amount for one in given)), numbers=numbers))
    return redirect(url_for("officer.case", ref=ref, _anchor="fees"), 303)


def _take_page(ref: str, errors: Sequence[Wrong] = (), *, status: int = 200) -> Response:
    case = opened(ref)
    if not case.to_pay:
        return case_page(ref, Entered(), None, NotOffered(step="", action="pay"), status=409)
    with office().store.reading() as books:
        record = books.cases.get(ref)
        begun = any(order.state == "begun" for order in books.payments.of_case(ref))
    return render(
        "desk_take",
        status,
        case=case,
        record=record,
        lines=[(line, line.balance.to_pay) for line in case.fees if line.balance.to_pay],
        begun=begun,
        ticked=request.form.getlist("fees") if request.method == "POST" else list(case.to_pay),
        way=_said("way"),
        document=_said("document"),
        errors=errors,
        wrong=_beside(errors),
        desk=desk_head(officer()),
    )


# ---- money that did not fit ----


@pages.get("/desk/payments/<order>")
def money_held(order: str) -> Response:
    return _money_page(order)


@pages.post("/desk/payments/<order>")
def settle(order: str) -> Response:
    """`does`: accept for its own case, assign to the case of `number`, or return."""
    does, reason = _said("does"), _said("reason")[:2000]
    number = _said("number")[:100] if does == "assign" else ""
    try:
        if does == "return":
            return_money(office(), order, by=officer(), reason=reason)
        elif does == "accept" or (does == "assign" and number):
            assign_money(office(), order, number, by=officer(), reason=reason)
        else:
            return _money_page(order, _nothing_chosen(does, reason), status=422)
    except Incorrect as no:
        return _money_page(order, _wrongs(no, number="does" if does == "accept" else "number"), status=422)
    except (Stale, NotOffered):
        return _money_page(order, status=409)
    flash(say(f"desk.settle.done.{does}", number=number))
    return redirect(url_for("cashier.queue"), 303)


def _nothing_chosen(does: str, reason: str) -> list[Wrong]:
    place = "number" if does == "assign" else "does"
    unsaid = [] if reason else [Wrong("reason", Problem("reason", "reason").message(language()))]
    return [Wrong(place, say(f"desk.settle.no_{place}")), *unsaid]


def _money_page(order: str, errors: Sequence[Wrong] = (), *, status: int = 200) -> Response:
    """The money and what may be made of it; once it was settled, that."""
    with office().store.reading() as books:
        found = books.payments.get(order)
        record = books.cases.get(found.case)
    case = opened(found.case)
    return render(
        "desk_money",
        status,
        money=found,
        record=record,
        case=case,
        settled=found.state != MISMATCH,
        pays=what_it_pays(found, case.to_pay),
        does=_said("does"),
        number=_said("number"),
        reason=_said("reason"),
        errors=errors,
        wrong=_beside(errors),
        desk=desk_head(officer()),
    )


# ---- money that goes back ----


@pages.get("/desk/refunds/<refund>")
def refund(refund: str) -> Response:
    return _refund_page(refund)


@pages.post("/desk/refunds/<refund>")
def refund_done(refund: str) -> Response:
    """With a document's number by hand, else through the gateway."""
    by_hand = _said("does") == "by_hand"
    document = _said("document")[:100] if by_hand else ""
    if by_hand and not document:
        return _refund_page(refund, [Wrong("document", say("desk.refund.no_document"))], status=422)
    try:
        done = give_back(office(), refund, seen=_seen(), by=officer(), document=document)
    except Incorrect as no:
        return _refund_page(refund, _wrongs(no), status=422)
    except NotOffered as no:
        return _refund_page(refund, no=no, status=409)
    except Unreachable:
        flash(say("desk.refund.sent"))
        return redirect(url_for("cashier.refund", refund=refund), 303)
    if done.state != DONE:
        return redirect(url_for("cashier.refund", refund=refund), 303)
    flash(say("desk.refund.done", amount=money(done.amount), number=done.number))
    return redirect(url_for("cashier.queue"), 303)


def _refund_page(
    refund: str, errors: Sequence[Wrong] = (), no: Refused | None = None, *, status: int = 200
) -> Response:
    with office().store.reading() as books:
        found = books.refunds.get(refund)
        record = books.cases.get(found.case)
        paid = books.payments.get(found.order) if found.order else None
    case = opened(found.case)
    names = {fee.id: fee.name for fee in case.procedure.fees}
    return render(
        "desk_refund",
        status,
        refund=found,
        record=record,
        case=case,
        paid=paid,
        lines=[(names[fee], amount) for fee, amount in found.fees.items()],
        online=found.state not in (BY_HAND, SENT) and office().payment is not None,
        sent=found.state == SENT,
        document=_said("document"),
        no=no,
        errors=errors,
        wrong=_beside(errors),
        desk=desk_head(officer()),
    )


@pages.get("/desk/cases/<ref>/receipts/<number>.pdf")
def receipt(ref: str, number: str) -> Response:
    return downloads.receipt_printed(opened(ref), number)


def _said(name: str) -> str:
    return request.form.get(name, "").replace("\x00", "").strip()


def _seen() -> int:
    seen = request.form.get("seen", type=int)
    if seen is None or not 0 <= seen < 10**15:
        raise BadRequest()
    return seen


def _wrongs(no: Incorrect, **places: str) -> list[Wrong]:
    return [Wrong(places.get(problem.field, problem.field), problem.message(language())) for problem in no.problems]


def _beside(errors: Sequence[Wrong]) -> dict[str, str]:
    """What is said beside each control; nothing where all is well."""
    return {**dict.fromkeys(_CONTROLS, ""), **{error.anchor: error.message for error in errors}}
