"""The floors of what is shown: pages by Flask, Jinja and SQLAlchemy alone, for somebody who knows this one procedure by
heart. Used by the bench.

An inbox and a case are shown with the very bytes of ours: the page is taken as it came, and what a case brings to it is
put in from the rows. Of the form the page is written by hand, with WTForms and the same lists of words.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from jinja2 import Environment
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.casework.commune import HERE, Commune
from wtforms import Form as WebForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from motcua.domain.answers import at as answer_at
from motcua.store.accounts import AccountRow
from motcua.store.cases import CaseAgencyRow, CaseRow, EventRow, TaskRow
from motcua.store.drafts import DraftRow
from motcua.store.payments import PaymentRow
from motcua.store.sessions import SessionRow
from motcua.store.uploads import UploadRow

DAY = "%H:%M, %d/%m/%Y"
JINJA = Environment(autoescape=True, keep_trailing_newline=True)
FORM = JINJA.from_string(
    """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trẻ được khai sinh</title></head>
<body><main><h1>Trẻ được khai sinh</h1><form method="post"><input type="hidden" name="csrf_token" value="{{ token }}">
{% for field in form %}<div>{{ field.label }} {{ field }}
{% for error in field.errors %}<p>{{ error }}</p>{% endfor %}</div>{% endfor %}
<button>Lưu và tiếp tục</button></form></main></body></html>"""
)


class _Site:
    """A bare Flask application on the same database."""

    def __init__(self, commune: Commune) -> None:
        self.commune, self.app = commune, Flask("by_hand")
        self.app.testing = True

    def signed_in(self, session: Session) -> None:
        """One query, as ours asks it at every click."""
        query = select(SessionRow, AccountRow).join(AccountRow, AccountRow.id == SessionRow.account_id)
        session.execute(query.where(SessionRow.expires_at > self.commune.clock.now()).limit(1)).one()


def form_page(commune: Commune, draft: str) -> Flask:
    site, child = _Site(commune), _child(commune)

    @site.app.get("/")
    def page() -> str:
        with Session(commune.office.store.engine) as session:
            site.signed_in(session)
            kept = session.execute(select(DraftRow.answers).where(DraftRow.id == draft)).scalar_one()
        return FORM.render(form=child(data=answer_at(kept, "pages.tre")), token="x" * 91)

    return site.app


def _child(commune: Commune) -> type[WebForm]:
    procedure = commune.office.catalog.live["dang_ky_khai_sinh"].procedure
    assert procedure is not None

    def words(path: str, **only: str) -> list[SelectChoice]:
        field = procedure.form.field(path)
        listed = field and field.choices and field.choices.code_list
        assert listed
        return [SelectChoice(e.code, e.name.vi) for e in listed.entries if only.items() <= e.attributes.items()]

    ethnic, nations = words("tre.dan_toc"), words("tre.quoc_tich")
    provinces, communes = words("tre.noi_cu_tru.tinh"), words("tre.noi_cu_tru.xa", tinh="38")

    class Child(WebForm):
        ho_ten = StringField("Họ và tên", [InputRequired(), Length(max=100)])
        ho_theo = RadioField("Trẻ mang họ của ai", choices=["cha", "me", "khac"])
        ngay, thang, nam = StringField("Ngày"), StringField("Tháng"), StringField("Năm")
        gio_sinh = StringField("Giờ sinh")
        gioi_tinh = RadioField("Giới tính", choices=["nam", "nu"])
        dan_toc = SelectField("Dân tộc", choices=ethnic)
        quoc_tich = SelectField("Quốc tịch", choices=nations)
        que_quan = StringField("Quê quán", [Length(max=200)])
        tinh = SelectField("Tỉnh, thành phố", choices=provinces)
        xa = SelectField("Xã, phường", choices=communes)
        chi_tiet = StringField("Số nhà, đường")

    return Child


def inbox_page(commune: Commune, ours: str) -> Flask:
    """The same bytes for the same fifty lines: a first row's markup, and what stands before and after the rows."""
    site = _Site(commune)
    first_ends, last_ends = (at("</tr>", ours.index("<tbody>")) + len("</tr>") for at in (ours.index, ours.rindex))
    begins = ours.index("<tbody>") + len("<tbody>")
    line = ours[begins:first_ends]
    with Session(commune.office.store.engine) as session:
        first = _first_lines(session)[0]
    line = line.replace(first.ref, "{{ row.ref }}").replace(first.number, "{{ row.number }}")
    line = line.replace(f"{first.urgent_at:{DAY}}", f"{{{{ row.urgent_at.strftime('{DAY}') }}}}")
    template = JINJA.from_string(f"{ours[:begins]}{{% for row in rows %}}{line}{{% endfor %}}{ours[last_ends:]}")

    @site.app.get("/")
    def page() -> str:
        with Session(commune.office.store.engine) as session:
            site.signed_in(session)
            return template.render(rows=_first_lines(session))

    return site.app


def _first_lines(session: Session) -> list[Any]:
    mine = (TaskRow.agency == HERE, TaskRow.role == "one_stop")
    query = select(
        CaseRow.ref, CaseRow.number, TaskRow.urgent_at, CaseRow.procedure, CaseRow.applicant_name, TaskRow.step
    )
    query = query.join(TaskRow, TaskRow.case_ref == CaseRow.ref).where(*mine)
    return list(session.execute(query.order_by(TaskRow.urgent_at, TaskRow.id).limit(51)))[:50]


def case_page(commune: Commune, ref: str, ours: str) -> Flask:
    """The same bytes for the same case: everything that its rows say stands in the page as a variable."""
    site = _Site(commune)
    with Session(commune.office.store.engine) as session:
        said = _said(session, ref)
    page_text = ours
    for name, value in sorted(said.items(), key=lambda item: -len(item[1])):
        shown = html.escape(value)
        if len(value) > 3:
            page_text = page_text.replace(f">{shown}<", f">{{{{ said['{name}'] }}}}<")
    template = JINJA.from_string(page_text)

    @site.app.get("/")
    def page() -> str:
        with Session(commune.office.store.engine) as session:
            site.signed_in(session)
            may = select(CaseAgencyRow.agency).where(CaseAgencyRow.case_ref == ref, CaseAgencyRow.agency == HERE)
            session.execute(may).one()
            session.execute(select(UploadRow.__table__).where(UploadRow.case_ref == ref)).all()
            session.execute(select(PaymentRow.__table__).where(PaymentRow.case_ref == ref)).all()
            return template.render(said=_said(session, ref))

    return site.app


def _said(session: Session, ref: str) -> Mapping[str, str]:
    case = session.execute(select(CaseRow.__table__).where(CaseRow.ref == ref)).one()
    events = session.execute(select(EventRow.__table__).where(EventRow.case_ref == ref).order_by(EventRow.seq)).all()
    return {"number": case.number, "name": case.applicant_name, **dict(_leaves(events[0].data["answers"], ""))}


def _leaves(tree: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{name}.")
        elif isinstance(value, str):
            yield f"{above}{name}", value
