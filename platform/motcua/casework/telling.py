"""What the new events of a case say, to whom and through which channels: what the regulation asks for, and what the
procedure's own `notices` add. Used by saving and submit.

No personal data: the number, the procedure, a date, a reason, and where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.domain.asking import judge
from motcua.domain.case import Case
from motcua.domain.event import Event
from motcua.domain.procedure import Notice
from motcua.domain.window import in_force
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.books import Books
from motcua.store.outbox import EMAIL, PORTAL, SMS, Message

#: What the applicant is told upon which event, and through which channels. Article 9.2.b of the regulation:
#: acceptance by portal, SMS and e-mail at the same time, with the date due.
TELLS = {
    "received": ("filed", (PORTAL, EMAIL)),
    "accepted": ("accepted", (PORTAL, EMAIL, SMS)),
    "supplement_asked": ("supplement_asked", (PORTAL, EMAIL, SMS)),
    "supplement_came": ("supplement_came", (PORTAL, EMAIL)),
    "result": ("result_ready", (PORTAL, EMAIL, SMS)),
    "ended": ("ended", (PORTAL, EMAIL, SMS)),
}
_EVERYWHERE = (PORTAL, EMAIL, SMS)
#: The same upon what bears no name of its own. Who is suspended learns it, and when work goes on; who may choose a time
#: for an appointment, and which one stands.
TELLS_OF_KIND = {
    "paid": ("paid", _EVERYWHERE),
    "money_returning": ("returning", _EVERYWHERE),
    "refunded": ("refunded", _EVERYWHERE),
    "suspended": ("suspended", _EVERYWHERE),
    "lifted": ("lifted", _EVERYWHERE),
    "offered": ("times_offered", _EVERYWHERE),
    "agreed": ("time_agreed", _EVERYWHERE),
}
#: The same upon the end of a window or a limit, which happens by itself: the case goes on, is granted; else it ends.
_BY_TIME = {None: "ran_out", "granted": "ran_out_granted"}
#: What a procedure's own notice is called where no message of the regulation's goes out upon the same event.
_DECLARED = "declared"

Addresses = Mapping[str, list[str | None]]


@dataclass(frozen=True)
class Telling:
    """One message to the applicant; `says` is what the procedure adds in its own words."""

    told: str
    channels: tuple[str, ...]
    says: str = ""


def messages(office: Office, books: Books, case: Case, applicant: Account) -> Iterator[Message]:
    """What the new events say, to the applicant and to the agencies that the procedure's notices name."""
    for event in case.new_events:
        declared = [notice for notice in case.procedure.notices if _upon(case, notice, event)]
        changed = _balance_changed(case, event)
        said = {**params(office, case, event), **changed}
        for telling in _to_applicant(event, [*changed], [notice for notice in declared if "applicant" in notice.to]):
            addresses: Addresses = {PORTAL: [str(applicant.id)], EMAIL: [applicant.email], SMS: [applicant.phone]}
            key = f"{case.ref}:{event.seq}:{telling.told}"
            words = {**said, "says": telling.says}
            yield from _messages(key, f"notice.{telling.told}", telling.channels, addresses, words, case.ref)
        words = {**said, "link": f"{office.settings.base_url}/desk/cases/{case.ref}"}
        for number, notice in enumerate(declared):
            for to in notice.to:
                key, own = f"{case.ref}:{event.seq}:{number}:{to}", {**words, "says": notice.message.vi}
                yield from _messages(key, "notice.agency", notice.by, _at_work(books, case, to), own, case.ref)


def _messages(
    key: str,
    text: str,
    channels: tuple[str, ...],
    addresses: Addresses,
    said: Mapping[str, Any],
    ref: str,
) -> Iterator[Message]:
    for channel in channels:
        found = [to for to in addresses.get(channel, ()) if to]
        for to in found:
            suffix = f":{to}" if len(found) > 1 else ""
            yield Message(f"{key}:{channel}{suffix}", channel, to, text, said, ref)


def _upon(case: Case, notice: Notice, event: Event) -> bool:
    """Whether a notice of the procedure goes out with this event: it brings the last of what the notice waits for."""
    so_far = case.until(event.seq)
    return (
        any(name in event.names for name in notice.upon)
        and all(name in so_far.state.happened for name in notice.upon)
        and in_force(notice.in_force, case.state.filed_on)
        and judge(notice.when, so_far.facts)
    )


def _to_applicant(event: Event, changed: list[str], declared: list[Notice]) -> list[Telling]:
    """The regulation's messages, the first of them with what the procedure adds; one message, not two."""
    says = " ".join(notice.message.vi for notice in declared)
    channels = tuple(channel for notice in declared for channel in notice.by)
    money = [Telling(told, _EVERYWHERE) for told in changed]
    told = [*(Telling(*one) for one in _told(event)), *money] or ([Telling(_DECLARED, ())] if declared else [])
    if not declared:
        return told
    first = told[0]
    return [Telling(first.told, tuple(dict.fromkeys((*first.channels, *channels))), says), *told[1:]]


def _told(event: Event) -> Iterator[tuple[str, tuple[str, ...]]]:
    if event.kind == "ran_out":
        yield _BY_TIME.get(event.data.get("outcome"), "ran_out_ended"), _EVERYWHERE
        return
    if event.kind in TELLS_OF_KIND:
        yield TELLS_OF_KIND[event.kind]
    for name, told in TELLS.items():
        if name in event.names or (name == "result" and any(n.startswith("result.") for n in event.names)):
            ended_with_result = name == "ended" and event.data.get("outcome") == "granted"
            if not ended_with_result:
                yield told


def _balance_changed(case: Case, event: Event) -> dict[str, int]:
    """In đồng: what is owed (`owes`) or to be given back (`refund_due`) since this event, where it became more. Of what
    the filing itself makes due the applicant has just been shown.
    """
    if event.kind == "filed" or not ({"fees", "outcome"} & event.data.keys()):
        return {}
    before, after = _balance(case.until(event.seq - 1)), _balance(case.until(event.seq))
    return {name: amount for name, amount in after.items() if amount > before[name]}


def _balance(case: Case) -> dict[str, int]:
    return {"owes": sum(case.to_pay.values()), "refund_due": sum(due.amount for due in case.refunds_due)}


def _at_work(books: Books, case: Case, to: str) -> Addresses:
    """Where those at work are reached: an agency at its desk's mailbox and under its officers' notices; a role under
    the notices of who holds it in any agency of the case. A position that nobody fills yet gets nothing.
    """
    if to == "applicant":
        return {}
    if not to.startswith("agency."):
        officers = [one for agency in sorted(set(case.state.positions.values())) for one in _officers(books, agency)]
        return {PORTAL: [str(one.id) for one in officers if to in one.roles]}
    agency = case.state.positions.get(to.removeprefix("agency."))
    if agency is None:
        return {}
    return {
        PORTAL: [str(one.id) for one in _officers(books, agency)],
        EMAIL: [case.province.agencies[agency].desk.email],
    }


def _officers(books: Books, agency: str) -> list[Account]:
    return [one for one in books.accounts.officers(agency) if one.disabled_at is None]


def params(office: Office, case: Case, event: Event) -> dict[str, str | int | None]:
    main = case.main_limit(event.at)
    return {
        "number": case.number,
        "procedure": case.procedure.name.vi,
        "due": main.due.isoformat() if main and main.due else None,
        "at": event.at.isoformat(),
        "slot": event.data["facts"]["slot"] if event.kind == "agreed" else None,
        "reason": event.data.get("reason"),
        "outcome": event.data.get("outcome"),
        "amount": event.data.get("amount") or sum(event.data.get("paid", {}).values()),
        "link": f"{office.settings.base_url}/cases/{case.ref}",
    }
