"""Slips at the counter window: the citizen's own case and the agency's own case give theirs, as downloads."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from tests.web.citizen_site import citizen_at
from tests.web.desk_site import desk_of

from motcua.gateways.clock import HandClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_applicant_and_the_desk_take_the_slip_and_nobody_else_does(app: Flask, clock: HandClock) -> None:
    desk = desk_of(app, clock)
    commune = desk.commune
    ref = commune.filed_at_once()
    commune.act(commune.desk, ref, "tiep_nhan", "tiep_nhan")
    citizen, officer = citizen_at(app, clock, commune=commune), desk.browser(commune.desk)
    for browser, page in ((citizen.browser, f"/cases/{ref}"), (officer, f"/desk/cases/{ref}")):
        assert f'href="{page}/slips/2-giay_tiep_nhan.pdf"' in browser.get(page).text
        answer = browser.get(f"{page}/slips/2-giay_tiep_nhan.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "1/BPTNTKQ" in PdfReader(BytesIO(answer.data)).pages[0].extract_text()
        assert browser.get(f"{page}/slips/1-giay_tiep_nhan.pdf").status_code == 404
    other = citizen_at(app, clock, commune.stranger(), commune)
    assert other.get(f"/cases/{ref}/slips/2-giay_tiep_nhan.pdf").status_code == 404
    assert desk.browser(commune.elsewhere).get(f"/desk/cases/{ref}/slips/2-giay_tiep_nhan.pdf").status_code == 404
