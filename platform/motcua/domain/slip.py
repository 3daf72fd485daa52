"""A slip (giấy tiếp nhận, phiếu bổ sung, phiếu từ chối ...): its number, and what stands on it. Forms 01 to 05 of the
annex of Circular 01/2018/TT-VPCP.

Issued by `moving` together with the act that it is about, or with what ran out, and kept in that event: a later
calendar, address or rule changes no slip. Printed by `gateways/printing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.domain.numbering import Take, number
from motcua.domain.slip_content import written

if TYPE_CHECKING:
    from motcua.domain.agency import Agency
    from motcua.domain.case import Case
    from motcua.domain.event import Event


@dataclass(frozen=True)
class Desk:
    """Where an agency receives: its name in a slip's head, and the sign that ends its numbers (`BPTNTKQ`)."""

    name: str
    sign: str


@dataclass(frozen=True)
class SlipKind:
    """A slip that the catalog names. `form` is the annex's number, or a form for papers that the annex has none for;
    `number` a template in which `{desk}` is the desk's sign. `says` is what the paper tells in the agency's name, `to`
    the position that it is for, where that is not the applicant.
    """

    id: str
    form: str
    title: str
    number: str
    says: str = ""
    to: str = ""

    @property
    def series(self) -> str:
        """Forms of the annex are numbered form by form, other papers kind by kind."""
        return self.form if self.form.isdecimal() else self.id


@dataclass(frozen=True)
class ReceiptKind:
    """What a receipt of one kind is called, and the template of its numbers."""

    title: str
    number: str


@dataclass(frozen=True)
class Applicant:
    """Whom the slip is for, as he is known on the day of its issue."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Stationery:
    """What is at hand to issue slips and receipts on a case. `desks` by the kind of agency, `default` for the rest;
    `receipts` by the kind of money; `portal` is the site's public address; `take` gives the next number, and without
    it, as at a mere look, no slip is issued.
    """

    kinds: Mapping[str, SlipKind] = field(default_factory=dict)
    desks: Mapping[str, Desk] = field(default_factory=dict)
    receipts: Mapping[str, ReceiptKind] = field(default_factory=dict)
    applicant: Applicant = Applicant("")
    officer: str = ""
    portal: str = ""
    take: Take | None = None

    def desk(self, kind: str) -> Desk:
        return self.desks.get(kind) or self.desks["default"]


#: forms that go from office to office with the file; the applicant is not given them
_BETWEEN_OFFICES = ("05", "phieu_chuyen")


@dataclass(frozen=True)
class Slip:
    """A slip as it was issued, by the case's event `seq`."""

    seq: int
    kind: str
    form: str
    title: str
    number: str
    issued_at: datetime
    content: Mapping[str, Any]

    @property
    def for_applicant(self) -> bool:
        return self.form not in _BETWEEN_OFFICES

    @property
    def id(self) -> str:
        """Which of the case's slips: by what is its address."""
        return f"{self.seq}-{self.kind}"


def slips_of(event: Event) -> Iterator[Slip]:
    """The slips that an event issued."""
    for kept in event.data.get("slips", ()):
        of = event.data["numbers"][f"slip.{kept['kind']}"]
        yield Slip(event.seq, kept["kind"], kept["form"], kept["title"], of, event.at, kept["content"])


def issue(before: Case, after: Case, agency: str) -> Case:
    """The case whose last event has issued the slips that its names say, each numbered by agency, form and year."""
    event, having = after.events[-1], after.stationery
    words = [name.removeprefix("slip.") for name in event.names if name.startswith("slip.")]
    kinds = [having.kinds[word] for word in dict.fromkeys(words) if word in having.kinds]
    if having.take is None or not kinds:
        return after
    by = before.province.agencies[agency]
    numbers, slips = dict(event.data.get("numbers", {})), []
    for kind in kinds:
        given = _number(kind, by, event, having.desk(by.kind).sign, having.take)
        content = {"number": given, **written(kind, before, after, by)}
        numbers[f"slip.{kind.id}"] = given
        slips.append({"kind": kind.id, "form": kind.form, "title": kind.title, "content": content})
    issued = replace(event, data={**event.data, "numbers": numbers, "slips": slips})
    return replace(after, events=(*after.events[:-1], issued))


def _number(kind: SlipKind, by: Agency, event: Event, sign: str, take: Take) -> str:
    series = f"slip.{kind.series}.{by.id}.{event.at.year}"
    return number(kind.number.replace("{desk}", sign), by, event.at.date(), take, series=series)
