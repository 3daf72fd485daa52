"""All that one transaction, or one look, may reach: a book for each noun, all on the same session. Made by `Store`."""

from __future__ import annotations

from sqlalchemy.orm import Session

from motcua.store.accounts import Accounts
from motcua.store.cases import Cases
from motcua.store.counters import Counters
from motcua.store.drafts import Drafts
from motcua.store.editions import Editions
from motcua.store.inbox import Inbox
from motcua.store.limits import Limits
from motcua.store.notices import Notices
from motcua.store.outbox import Outbox
from motcua.store.payments import Payments
from motcua.store.refunds import Refunds
from motcua.store.sessions import Sessions
from motcua.store.uploads import Uploads


class Books:
    def __init__(self, session: Session) -> None:
        self.accounts = Accounts(session)
        self.cases = Cases(session)
        self.counters = Counters(session)
        self.drafts = Drafts(session)
        self.editions = Editions(session)
        self.inbox = Inbox(session)
        self.limits = Limits(session)
        self.notices = Notices(session)
        self.outbox = Outbox(session)
        self.payments = Payments(session)
        self.refunds = Refunds(session)
        self.sessions = Sessions(session)
        self.uploads = Uploads(session)
