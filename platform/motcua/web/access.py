"""Who may do what: every address of the site, its verbs, whom it serves and whose things it shows. Checked here, before
any view.

What is not in the table is refused. "Not yours" and "not there" are the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response

from motcua.domain.refusals import NotAllowed, NotThere
from motcua.office import Office
from motcua.store.accounts import CITIZEN, OFFICER, Account
from motcua.web.current import office, officer, visitor


@dataclass(frozen=True)
class Who:
    """Accounts of these kinds, holding one of these roles; no kinds: everybody, signed in or not."""

    name: str
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    strangers: bool = False  # only who is not signed in

    def includes(self, account: Account | None) -> bool:
        if self.strangers:
            return account is None
        if not self.kinds:
            return True
        right_kind = account is not None and account.kind in self.kinds
        return right_kind and (
            not self.roles or (account is not None and not set(self.roles).isdisjoint(account.roles))
        )


ANYONE = Who("anyone")
STRANGERS = Who("whoever is not signed in", strangers=True)
SIGNED_IN = Who("anybody signed in", (CITIZEN, OFFICER))
CITIZENS = Who("citizen", (CITIZEN,))
OFFICERS = Who("officer", (OFFICER,))
EDITORS = Who("editor", (OFFICER,), ("editor", "admin"))
ADMINS = Who("admin", (OFFICER,), ("admin",))

#: Whether the thing that an address names is this person's to see. A thing that is not there raises NotThere.
Whose = Callable[[Office, Account, Mapping[str, Any]], bool]


def own_draft(office: Office, account: Account, named: Mapping[str, Any]) -> bool:
    """`<draft>`: begun by this citizen."""
    with office.store.reading() as books:
        return books.drafts.get(named["draft"], account.id).account == account.id


def own_case(office: Office, account: Account, named: Mapping[str, Any]) -> bool:
    """`<ref>`: filed by this citizen."""
    with office.store.reading() as books:
        return books.cases.get(named["ref"]).applicant == account.id


def own_agencys_case(office: Office, account: Account, named: Mapping[str, Any]) -> bool:
    """`<ref>`: it stands, or stood, with this officer's agency, or with one that it succeeded."""
    with office.store.reading() as books:
        return account.agency is not None and books.inbox.may_see(office.seen_by(account.agency), named["ref"])


def own_upload(office: Office, account: Account, named: Mapping[str, Any]) -> bool:
    """`<upload>`: sent by this citizen, and of the draft or case that the address names, where it names one."""
    with office.store.reading() as books:
        upload = books.uploads.get(named["upload"])
    inside = named.get("draft", upload.draft) == upload.draft and named.get("ref", upload.case) == upload.case
    return upload.account == account.id and inside


def own_agencys_upload(office: Office, account: Account, named: Mapping[str, Any]) -> bool:
    """`<upload>`: a paper of a case that stands, or stood, with this officer's agency."""
    with office.store.reading() as books:
        case = books.uploads.get(named["upload"]).case
        inside = case is not None and named.get("ref", case) == case
        return inside and account.agency is not None and books.inbox.may_see(office.seen_by(account.agency), str(case))


def cashier_of_case(office: Office, _: Account, named: Mapping[str, Any]) -> bool:
    """`<ref>`: this officer takes its money."""
    with office.store.reading() as books:
        record = books.cases.get(named["ref"])
    return office.case(record).takes_money(officer(), office.now())


def cashier_of_order(office: Office, account: Account, named: Mapping[str, Any]) -> bool:
    """`<order>`: money for a case of which this officer takes money."""
    with office.store.reading() as books:
        ref = books.payments.get(named["order"]).case
    return cashier_of_case(office, account, {"ref": ref})


def cashier_of_refund(office: Office, account: Account, named: Mapping[str, Any]) -> bool:
    """`<refund>`: on a case of which this officer takes money."""
    with office.store.reading() as books:
        ref = books.refunds.look(named["refund"])
    return cashier_of_case(office, account, {"ref": ref})


@dataclass(frozen=True)
class Entry:
    """`files`: this address takes uploads, so more may be sent to it."""

    address: str
    verbs: str
    who: Who
    whose: Whose | None = None
    files: bool = False


TABLE = (
    # address                           verbs       who         whose
    Entry("/", "GET", ANYONE),
    Entry("/health", "GET", ANYONE),
    Entry("/static/<path:filename>", "GET", ANYONE),
    Entry("/language/<chosen>", "GET", ANYONE),
    Entry("/procedures/<procedure>", "GET", ANYONE),
    Entry("/search", "GET", ANYONE),
    Entry("/track", "GET", ANYONE),
    Entry("/gallery", "GET", ANYONE),  # these two in the demo alone
    Entry("/demo/messages", "GET", ANYONE),
    Entry("/test-gateway/<order>", "GET POST", ANYONE),  # this one too: a bank's page, where nobody is known
    Entry("/payments/callback", "POST", ANYONE),  # its signature guards it
    Entry("/sign-in", "GET POST", ANYONE),
    Entry("/sign-out", "POST", ANYONE),
    Entry("/sign-up", "GET POST", ANYONE),
    Entry("/sign-up/code", "GET POST", ANYONE),
    Entry("/account/password", "GET POST", SIGNED_IN),
    Entry("/procedures/<path:procedure>/drafts", "POST", CITIZENS),
    Entry("/drafts/<draft>", "GET", CITIZENS, own_draft),
    Entry("/drafts/<draft>/pages/<page>", "GET POST", CITIZENS, own_draft),
    Entry("/drafts/<draft>/office", "GET POST", CITIZENS, own_draft),
    Entry("/drafts/<draft>/papers", "GET POST", CITIZENS, own_draft, files=True),
    Entry("/drafts/<draft>/papers/<key>/<upload>/remove", "POST", CITIZENS, own_draft),
    Entry("/drafts/<draft>/files/<upload>", "GET", CITIZENS, own_upload),
    Entry("/drafts/<draft>/check", "GET", CITIZENS, own_draft),
    Entry("/drafts/<draft>/submit", "POST", CITIZENS, own_draft),
    Entry("/drafts/<draft>/send", "POST", CITIZENS, own_draft),
    Entry("/drafts/<draft>/drop", "GET POST", CITIZENS, own_draft),
    Entry("/cases", "GET", CITIZENS),
    Entry("/cases/<ref>", "GET", CITIZENS, own_case),
    Entry("/cases/<ref>/receipt", "GET", CITIZENS, own_case),
    Entry("/cases/<ref>/files/<upload>", "GET", CITIZENS, own_upload),
    Entry("/cases/<ref>/slips/<slip>.pdf", "GET", CITIZENS, own_case),
    Entry("/cases/<ref>/supplement", "POST", CITIZENS, own_case),
    Entry("/cases/<ref>/replies/<step>", "POST", CITIZENS, own_case),
    Entry("/cases/<ref>/times/<step>", "POST", CITIZENS, own_case),
    Entry("/cases/<ref>/withdraw", "GET POST", CITIZENS, own_case),
    Entry("/cases/<ref>/payments", "POST", CITIZENS, own_case),
    Entry("/cases/<ref>/payments/<order>", "GET", CITIZENS, own_case),
    Entry("/cases/<ref>/receipts/<number>.pdf", "GET", CITIZENS, own_case),
    Entry("/notices", "GET", SIGNED_IN),
    Entry("/notices/read", "POST", SIGNED_IN),
    Entry("/desk", "GET", OFFICERS),
    Entry("/desk/cases", "GET", OFFICERS),
    Entry("/desk/payments", "GET", OFFICERS),
    Entry("/desk/payments/<order>", "GET POST", OFFICERS, cashier_of_order),
    Entry("/desk/refunds/<refund>", "GET POST", OFFICERS, cashier_of_refund),
    Entry("/desk/cases/<ref>/payments", "GET POST", OFFICERS, cashier_of_case),
    Entry("/desk/cases/<ref>/receipts/<number>.pdf", "GET", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>", "GET", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>/steps/<step>/<action>", "POST", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>/waits/<step>", "POST", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>/picks/<step>", "POST", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>/interrupts/<interrupt>", "GET POST", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>/lifts/<interrupt>", "GET POST", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>/slips/<slip>.pdf", "GET", OFFICERS, own_agencys_case),
    Entry("/desk/cases/<ref>/files/<upload>", "GET", OFFICERS, own_agencys_upload),
    Entry("/editor", "GET", EDITORS),
    Entry("/editor/procedures/<path:procedure>", "GET", EDITORS),
)

#: what somebody whose first password must be changed may do before that
_FIRST = {"/account/password", "/sign-out", "/static/<path:filename>", "/language/<chosen>", "/health"}


class SignInFirst(Exception):
    """A stranger at an address for somebody: shown the way to sign in, and back again."""


def _by_address() -> dict[tuple[str, str], Entry]:
    found: dict[tuple[str, str], Entry] = {}
    for entry in TABLE:
        for verb in entry.verbs.split():
            if (entry.address, verb) in found:
                raise ValueError(f"entered twice: {verb} {entry.address}")
            found[entry.address, verb] = entry
    return found


_ENTRIES = _by_address()


def entry_of(address: str, verb: str) -> Entry | None:
    return _ENTRIES.get((address, "GET" if verb == "HEAD" else verb))


def takes_files(address: str) -> bool:
    entry = entry_of(address, "POST")
    return entry is not None and entry.files


def check() -> Response | None:
    """Before every view. Raises SignInFirst, NotAllowed, NotThere."""
    if request.url_rule is None:
        return None  # there is no such address: nothing to guard, and Flask says so
    entry = entry_of(request.url_rule.rule, request.method)
    if entry is None:
        raise _not_entered(request.url_rule.rule)
    account = visitor()
    if not entry.who.includes(account):
        raise SignInFirst() if account is None else NotAllowed()
    if account is not None and account.must_change_password and entry.address not in _FIRST:
        return redirect(url_for("account.password"))
    if entry.whose is not None and not (account and entry.whose(office(), account, request.view_args or {})):
        raise NotThere()
    return None


def _not_entered(address: str) -> Exception:
    verbs = [verb for (entered, verb) in _ENTRIES if entered == address]
    return MethodNotAllowed(verbs) if verbs else NotThere()
