"""A citizen begins to fill a procedure's form, or to answer a supplement. Called by web/citizen."""

from __future__ import annotations

from typing import Any

from motcua.casework.entered import Entered
from motcua.domain.acts import sending
from motcua.domain.form import Field, Form, Kind
from motcua.domain.people import show_phone
from motcua.domain.refusals import Closed, NotThere
from motcua.office import Office
from motcua.store.accounts import Account
from motcua.store.drafts import Draft

#: Which of the account's own facts fill a field of the same name on a page that says `prefill: account`.
PREFILLS = {"ho_ten": "name", "so_dinh_danh": "identity_number", "dien_thoai": "phone", "email": "email"}


def start_draft(office: Office, procedure: str, account: Account, *, channel: str = "online") -> Draft:
    """A draft under the live edition, with what the account knows filled in; one that was begun and not touched yet is
    found again. Raises NotThere, and Closed for what is not filed here.
    """
    live = office.catalog.live.get(procedure)
    if live is None or live.procedure is None or live.edition is None:
        raise NotThere()
    if live.procedure.service == "information" or not live.procedure.effective(office.now().date()):
        raise Closed()
    fresh = Entered(prefilled(live.procedure.form, account)).plain()
    with office.store.transaction() as books:
        for begun in books.drafts.of(account.id):
            untouched = begun.version == 1 and begun.answers == fresh
            if untouched and (begun.procedure, begun.edition, begun.channel) == (procedure, live.edition, channel):
                return begun
        return books.drafts.start(account.id, procedure, live.edition, channel=channel, now=office.now(), answers=fresh)


def prefilled(form: Form, account: Account) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for page in form.pages:
        if page.prefill == "account" and page.kind is Kind.GROUP:
            found[page.name] = {f.name: value for f in page.fields if (value := _known(f, account)) is not None}
    return found


def _known(field: Field, account: Account) -> Any:
    own = PREFILLS.get(field.name)
    value = getattr(account, own) if own else account.profile.get(field.name)
    return show_phone(value) if own == "phone" and value else value


def start_supplement(office: Office, ref: str, account: Account) -> Draft:
    """A draft that answers the open supplement of a case, or holds the papers that its workflow waits for: begun once,
    found again afterwards. Raises NotThere, Closed.
    """
    with office.store.transaction() as books:
        record = books.cases.get(ref)
        if record.applicant != account.id:
            raise NotThere()
        case = office.case(record).advance(office.now())
        if sending.asked_of(case) is None:
            raise Closed()
        return books.drafts.supplementing(ref, account.id) or books.drafts.start(
            account.id,
            record.procedure,
            record.edition,
            channel=record.channel,
            now=office.now(),
            answers=Entered(case.state.answers).plain(),
            papers={},
            supplements=ref,
        )
