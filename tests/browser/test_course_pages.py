"""The drawn workflow in a real browser, narrow and wide, light and dark, for the applicant, for officers and before there
is a case: nothing that axe calls serious, nothing wider than the window. B1.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import NARROW, WIDE, Site, faults, open_page, overflow
from tests.web.desk_site import proof
from tests.web.played_cases import Examples
from tests.web.test_course_shown import ACCEPTED, ASKED, FORKED, Events

from motcua.domain.answers import read_moment
from motcua.settings import HOME

STATES = {
    "forked": ("04-2", FORKED, "12/10/2026 10:00", "ubnd_xa_vinh_loc"),
    "stopped": ("04-4", ASKED, "09/10/2026 09:00", "ubnd_phuong_hac_thanh"),
    "late": ("ks-1", ACCEPTED, "08/10/2026 09:00", "ubnd_phuong_ham_rong"),
}


def put(site: Site, example: str, events: Events, now: str) -> str:
    site.commune.clock.set(read_moment(now))
    examples = Examples(proof(), HOME)
    case = examples.play(example, [*events, {"at": events[-1]["at"]}])
    return examples.put(site.commune.office, site.commune.citizen, case)


def cookie(site: Site, agency: str) -> str:
    """A specialist of an agency, signed in."""
    office = site.commune.office
    with office.store.transaction() as books:
        found = books.accounts.add(
            kind="officer",
            name="Trần Văn Bình",
            login="tranvanbinh.coquan",
            agency=agency,
            roles=["specialist", "editor"],
            password_hash="x",
            at=office.now(),
        )
        return books.sessions.open(found.id, now=office.now(), most=office.settings.session_most)


def look(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer
    assert answer.status == 200, address
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    wide = [f"{address}: {overflow(page)} px too wide"] if overflow(page) > 0 else []
    return wide + [f"{address}: {fault}" for fault in faults(page)]


@pytest.mark.parametrize("state", STATES)
def test_the_drawing_is_readable_by_everybody(browser: Browser, site: Site, state: str) -> None:
    example, events, now, agency = STATES[state]
    ref = put(site, example, events, now)
    officer = Site(site.address, site.commune, cookie(site, agency))
    found: list[str] = []
    for size in (NARROW, WIDE):
        for who, addresses in (
            (site, [f"/cases/{ref}", "/procedures/cap_phep_xay_dung_nha_o"]),
            (officer, [f"/desk/cases/{ref}", "/editor/procedures/cap_phep_xay_dung_nha_o"]),
        ):
            page = open_page(browser, who, scripts=True, size=size)
            page.emulate_media(color_scheme="dark" if size is NARROW else "light")
            for address in addresses:
                found += look(page, address)
            page.context.close()
    assert found == []
