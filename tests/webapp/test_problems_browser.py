"""The problems in a real Chromium: searched, shared, copied for a chat; with JavaScript and without."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from sync.domain.catalogue import Severity
from sync.domain.problems import problem, tab_problem
from sync.records import Records
from tests.support.axe import faults
from tests.webapp.companies import cell, keep, snapshot
from tests.webapp.conftest import Open

pytestmark = pytest.mark.browser


MANY = 250


@pytest.fixture
def open_page(browsing: Open, records: Records) -> Open:
    wrong = [
        problem("not-a-number", cell(row, 3), text=text, field="Hiện tại", example="30")
        for row, text in enumerate(("khoảng năm", "sắp xong"))
    ]
    equal = [problem("total-row", cell(row, 2, tab="Cá nhân"), text=f"Tổng {row}") for row in range(MANY)]
    keep(records, snapshot([], problems=(*wrong, *equal)))
    keep(
        records,
        snapshot(
            [],
            spreadsheet="other",
            title="Phòng Nhân sự",
            problems=(tab_problem("tab-missing", "T", tabs="U"),),
        ),
    )
    return lambda path="/problems", **options: browsing(path, **options)


def test_what_is_typed_is_looked_for_at_once_and_the_address_can_be_shared(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("searchbox").fill("sap xong hiện tại")
    expect(page.locator(".problem")).to_have_count(1)
    expect(page.locator("#found")).to_have_text("Tìm thấy 1 vấn đề")

    shared = open_page(page.url.partition(page.url.split("/")[2])[2])
    expect(shared.locator(".problem")).to_have_count(1)
    expect(shared.get_by_role("searchbox")).to_have_value("sap xong hiện tại")


def test_without_javascript_the_form_is_sent_and_the_text_is_a_page(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.locator("#choices > summary").click()
    page.get_by_label("Mức độ").select_option("error")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator(".problem")).to_have_count(3)
    expect(page.locator("#copy")).to_be_hidden()
    page.get_by_role("link", name="Dạng chữ").click()
    expect(page.locator("body")).to_contain_text("• OKR!D1 – lỗi: “khoảng năm” không phải là số (Hiện tại).")


def test_what_is_shown_is_copied_for_a_chat(open_page: Open) -> None:
    page = open_page("/problems?q=sap+xong", locale="vi-VN", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Sao chép để gửi tin nhắn").click()
    expect(page.get_by_role("status").filter(has_text="Đã sao chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[2:5] == [
        "OKR 2026",
        "• OKR!D2 – lỗi: “sắp xong” không phải là số (Hiện tại).",
        "  Hãy nhập một số, ví dụ 30, hoặc để trống khi chưa đo được.",
    ]
    assert copied.splitlines()[-1] == f"Xem trên trang: {page.url}"


def test_a_browser_that_keeps_its_clipboard_shows_the_text(open_page: Open) -> None:
    page = open_page("/problems?severity=" + Severity.ERROR)
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('not allowed')); }")
    page.get_by_role("button", name="Sao chép để gửi tin nhắn").click()
    page.wait_for_url("**/problems.txt?severity=error")


def test_a_long_list_is_turned_page_by_page(open_page: Open) -> None:
    page = open_page()
    expect(page.locator(".problem")).to_have_count(100)
    expect(page.get_by_role("region", name="Ở các trang khác")).to_contain_text("Phòng Nhân sự")
    page.get_by_role("link", name="Sau").click()
    page.get_by_role("link", name="Sau").click()
    expect(page.locator(".problem")).to_have_count(MANY + 3 - 200)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    open_page: Open, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    for path in ("/problems", "/problems?severity=error&q=xong", "/problems?q=elsewhere"):
        page.goto(address + path)
        page.locator("#choices").evaluate("found => found.open = true")
        assert faults(page, scheme) == "", path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
