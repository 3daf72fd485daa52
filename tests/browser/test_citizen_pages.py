"""Every page of the citizen, narrow and wide: nothing that axe calls serious, nothing wider than the window, nothing
that the content policy refuses. B1, S8.
"""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser, Page
from tests.browser.conftest import NARROW, WIDE, Site, faults, open_page, overflow

from motcua.casework.save_draft import save_page
from motcua.casework.start_draft import start_draft, start_supplement


def addresses(site: Site) -> Iterator[str]:
    """Each kind of page in a telling state: with errors, with lists, with what is new, with files."""
    commune = site.commune
    ready, begun = commune.draft(), start_draft(commune.office, "dang_ky_khai_sinh", commune.citizen)
    at_home = {"loai": "tai_nha", "tinh": "38", "xa": "14758"}
    wrong = [{"ho_ten": "", "so_dinh_danh": "1"}]
    for page, raw in (("noi_sinh", at_home), ("nguoi_lam_chung", wrong), ("tre", {"ngay_sinh": "31/2/2026"})):
        save_page(commune.office, begun.id, commune.citizen.id, page, raw, seen=9)
    yield from ("/cases", "/notices", "/procedures/dang_ky_khai_sinh")
    for page in (
        "",
        "/pages/nguoi_yeu_cau?show=problems",
        "/pages/tre?show=problems",
        "/pages/noi_sinh?new=noi_sinh.xa",
    ):
        yield f"/drafts/{begun.id}{page}"
    for page in (
        "/pages/nguoi_lam_chung?show=problems",
        "/pages/nguoi_lam_chung?add=nguoi_lam_chung",
        "/papers",
        "/check",
    ):
        yield f"/drafts/{begun.id}{page}"
    yield from (f"/drafts/{ready}{page}" for page in ("", "/office", "/papers", "/check", "/drop"))
    asked = commune.filed()
    commune.act(commune.desk, asked, "tiep_nhan", "bo_sung", asks=("paper.giay_chung_sinh", "tre.ho_ten"), reason="Mờ")
    answer = start_supplement(commune.office, asked, commune.citizen).id
    yield from (f"/drafts/{answer}{page}" for page in ("", "/pages/tre", "/papers", "/check"))
    yield from (f"/cases/{asked}", f"/cases/{asked}/receipt", f"/cases/{commune.accepted()}")
    yield f"/cases/{commune.filed()}/withdraw"


def test_every_page_is_readable_by_everybody(browser: Browser, site: Site) -> None:
    refused: list[str] = []
    found: list[str] = []
    narrow, wide = (open_page(browser, site, scripts=True, size=size) for size in (NARROW, WIDE))
    for page in (narrow, wide):
        page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    for address in addresses(site):
        for page in (narrow, wide):
            found += look(page, address)
        found += [f"{address}: {fault}" for fault in faults(narrow)]
    assert found == []
    assert refused == []


def look(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer
    assert answer.status == 200, address
    wider = overflow(page)
    return [f"{address}: {wider} px too wide"] if wider > 0 else []


def test_the_looking_glass_sees_what_is_wrong(browser: Browser, site: Site) -> None:
    """An empty list above means that nothing is wrong, and not that nothing was looked at."""
    page = open_page(browser, site, scripts=True)
    page.goto("/cases")
    page.evaluate("document.querySelector('main').innerHTML = '<input><img src=x><button></button>'")
    assert {fault.partition(":")[0] for fault in faults(page)} >= {"label", "image-alt", "button-name"}
