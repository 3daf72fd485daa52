"""A mother registers her child's birth with a browser that runs no script, at home and after a supplement."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import NARROW, Site, open_page
from tests.casework.commune import PDF


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu và tiếp tục").last.click()


def write(page: Page, field: str, text: str) -> None:
    page.locator(f'[id="{field}"]').fill(text)


def choose(page: Page, field: str, word: str) -> None:
    page.locator(f'select[id="{field}"]').select_option(word)


def mark(page: Page, field: str, word: str) -> None:
    page.locator(f'input[name="{field}"][value="{word}"]').check()


def born(page: Page, field: str, day: str, month: str, year: str) -> None:
    for box, text in (("day", day), ("month", month), ("year", year)):
        write(page, f"{field}.{box}", text)


def commune(page: Page, field: str) -> None:
    """The province first, then the list of its communes."""
    choose(page, f"{field}.tinh", "38")
    page.locator(f'button[name="choose"][value="{field}.xa"]').click()
    choose(page, f"{field}.xa", "14758")


def send_file(page: Page, name: str) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": PDF}
    page.locator('input[type="file"]').first.set_input_files(files=[file])  # type: ignore[list-item] # a TypedDict
    page.get_by_role("button", name="Gửi tệp lên").first.click()


def test_a_birth_is_registered_without_a_script(browser: Browser, site: Site) -> None:
    page = open_page(browser, site, scripts=False, size=NARROW)
    page.goto("/procedures/dang_ky_khai_sinh")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.get_by_role("link", name="Tiếp tục điền").click()

    write(page, "nguoi_yeu_cau.so_dinh_danh", "038 19")
    save(page)
    expect(page).to_have_title(re.compile("^Lỗi: Người yêu cầu"))
    expect(page.get_by_role("alert")).to_contain_text("“Số định danh cá nhân” chưa đúng mẫu, ví dụ 038190000123.")
    born(page, "nguoi_yeu_cau.ngay_sinh", "12/04/1996", "", "")
    write(page, "nguoi_yeu_cau.so_dinh_danh", "038196000101")
    mark(page, "nguoi_yeu_cau.quan_he", "me")
    commune(page, "nguoi_yeu_cau.noi_cu_tru")
    save(page)

    write(page, "tre.ho_ten", "Đặng Ánh Dương")
    mark(page, "tre.ho_theo", "me")
    born(page, "tre.ngay_sinh", "1", "10", "2026")
    mark(page, "tre.gioi_tinh", "nu")
    choose(page, "tre.dan_toc", "01")
    commune(page, "tre.noi_cu_tru")
    page.locator('[id="tre.que_quan"]').press("Enter")  # the key goes on, and does not press what stands before it

    mark(page, "noi_sinh.loai", "co_so_y_te")
    choose(page, "noi_sinh.tinh", "38")
    save(page)
    expect(page.get_by_text("Câu trả lời của bạn cần thêm 3 mục")).to_be_visible()
    write(page, "noi_sinh.ten_co_so", "Bệnh viện Phụ sản Thanh Hóa")
    write(page, "noi_sinh.so_giay_chung_sinh", "PS-05120")
    choose(page, "noi_sinh.xa", "14797")
    save(page)

    mark(page, "cha_me.da_biet", "me")
    save(page)
    write(page, "me.ho_ten", "Đỗ Thị Hạnh")
    born(page, "me.ngay_sinh", "12", "4", "1996")
    save(page)
    write(page, "yeu_cau.so_ban_sao", "2")
    save(page)
    save(page)  # the office of the residence stands there already

    send_file(page, "Giấy chứng sinh Đặng.pdf")
    page.get_by_role("link", name="Tiếp tục", exact=True).click()
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_role("button", name="Nộp hồ sơ, phí và lệ phí 16.000 đ").click()

    expect(page.get_by_role("heading", name="Hồ sơ của bạn đã được gửi đi")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^H56\.\w+-261006-0001$"))).to_be_visible()
    page.reload()
    expect(page.get_by_text("Sẽ báo khi tiếp nhận")).to_be_visible()


def test_a_supplement_is_answered_without_a_script(browser: Browser, site: Site) -> None:
    ref = site.commune.filed()
    asks = ("paper.giay_chung_sinh", "noi_sinh.so_giay_chung_sinh")
    site.commune.act(site.commune.desk, ref, "tiep_nhan", "bo_sung", asks=asks, reason="Ảnh bị lóa")
    page = open_page(browser, site, scripts=False, size=NARROW)
    page.goto("/cases")
    page.get_by_role("link", name="Chờ bạn bổ sung").click()
    page.get_by_role("button", name="Bổ sung hồ sơ").click()
    page.get_by_role("link", name="Nơi sinh").click()
    write(page, "noi_sinh.so_giay_chung_sinh", "PS-05121")
    save(page)
    send_file(page, "Giấy chứng sinh rõ.pdf")
    page.get_by_role("link", name="Tiếp tục", exact=True).click()
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(page.get_by_text("Bạn đã gửi phần bổ sung")).to_be_visible()
    assert site.commune.seen(ref).state.answers["noi_sinh"]["so_giay_chung_sinh"] == "PS-05121"
