"""The pages of money, narrow and wide, as the citizen and as the cashier: nothing that axe calls serious, nothing wider
than the window. B1, S8.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import NARROW, WIDE, Site, faults, open_page, overflow
from tests.casework.paying import begun, copies, held, pressed, refused, to_give_back

from motcua.casework.place_money import return_money
from motcua.casework.take_payment import take_payment


@pytest.fixture
def told(site: Site) -> list[tuple[str, str]]:
    """Cases in a telling state, each with the citizen's page and the order that made it, where one did."""
    town, found = site.commune, list[tuple[str, str]]()
    for button in ("pay", "cancel", "fail", "late", "wrong_amount"):
        ref = town.filed()
        order = begun(town, ref)
        pressed(town, order, button)
        found.append((ref, order))
    paid = town.filed()
    pressed(town, begun(town, paid))
    copies(town, paid, 3)  # the difference is owed
    found.append((paid, ""))
    back = town.filed()
    pressed(town, begun(town, back))
    refused(town, back)
    found.append((back, ""))
    desk = town.filed()
    take_payment(town.office, desk, ["phi_ban_sao"], seen=1, by=town.desk, way="cash")
    copies(town, desk, 1)
    found.append((desk, ""))
    late = begun(town, ref := town.filed())
    pressed(town, late, "cancel")
    pressed(town, late, "pay")
    return [*found, (ref, late)]


def look(page: Page, address: str, *, post: bool = False) -> list[str]:
    page.goto(address)
    if post:
        page.click("main form:last-of-type button")
    wide = overflow(page)
    return [f"{address}: {fault}" for fault in faults(page)] + ([f"{address}: {wide} px too wide"] if wide > 0 else [])


def test_the_citizens_pages_of_money_are_readable_by_everybody(
    browser: Browser, site: Site, told: list[tuple[str, str]]
) -> None:
    found = []
    for size in (NARROW, WIDE):
        page = open_page(browser, site, scripts=True, size=size)
        for ref, order in told:
            found += look(page, f"/cases/{ref}")
            found += look(page, f"/cases/{ref}/payments/{order}") if order else []
        found += look(page, f"/cases/{told[1][0]}/receipt")
        found += look(page, f"/test-gateway/{told[1][1]}")
    assert found == []


def test_the_cashiers_pages_are_readable_by_everybody(
    browser: Browser, site: Site, told: list[tuple[str, str]]
) -> None:
    town = site.commune
    with town.office.store.transaction() as books:
        cookie = books.sessions.open(town.desk.account, now=town.office.now(), most=town.office.settings.session_most)
    money, late = held(town)
    return_money(town.office, money.id, by=town.desk, reason="Thiếu")
    refunds = [refund.id for refund in to_give_back(town)]
    owing = told[1][0]
    found = []
    for size in (NARROW, WIDE):
        page = open_page(browser, replace(site, cookie=cookie), scripts=True, size=size)
        found += look(page, "/desk/payments")
        for address in (f"/desk/payments/{late.id}", f"/desk/cases/{owing}/payments"):
            found += look(page, address) + look(page, address, post=True)
        for refund in refunds:
            found += look(page, f"/desk/refunds/{refund}") + look(page, f"/desk/refunds/{refund}", post=True)
        found += [fault for ref, _ in told for fault in look(page, f"/desk/cases/{ref}")]
    assert (found, len(refunds)) == ([], 3)
