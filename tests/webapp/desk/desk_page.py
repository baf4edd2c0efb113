"""The desk as somebody before a browser has it, with the clicks that they make counted."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from webapp.desk.desk import Desk


@dataclass
class DeskPage:
    """The page over a desk. `clicks` are those that changed or opened something; looking costs nothing."""

    page: Page
    desk: Desk
    clicks: int = 0

    def press(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def column(self, letters: str, record: str, field: str) -> None:
        """Say what a column holds: open its menu, choose."""
        self.press(self.page.locator(f".header.column[data-column='{ord(letters) - 65}'] button"))
        self.choose(record, field)

    def row(self, number: int, group: str, item: str) -> None:
        """Say what a row is, by one of the conditions that are offered for it."""
        self.press(self.page.locator(f".header.row-number[data-row='{number - 1}']"))
        self.choose(group, item)

    def cell(self, a1: str, record: str, field: str) -> None:
        """Say what a cell says for the whole tab."""
        self.press(self.page.locator(f"#cell-{int(a1[1:]) - 1}-{ord(a1[0]) - 65}"))
        self.press(self.page.locator("#cell-menu"))
        self.choose(record, field)

    def tab(self, title: str) -> None:
        self.press(self.page.locator("#tabs").get_by_role("tab", name=title))
        expect(self.page.locator("#tabs [aria-selected=true]")).to_contain_text(title)

    def tab_is(self, item: str) -> None:
        self.press(self.page.locator("#tab-menu"))
        self.press(self.page.get_by_role("menu").get_by_role("menuitemcheckbox", name=item))
        self.settled()

    def rule(self, name: str, option: str) -> None:
        """Choose between ways of counting."""
        if self.page.locator("#view-rules").get_attribute("aria-selected") != "true":
            self.press(self.page.locator("#view-rules"))
        self.page.get_by_label(name).select_option(label=option)
        self.clicks += 1
        self.settled()

    def answer(self, question: str, answer: str) -> None:
        card = self.page.locator(".card").filter(has_text=question)
        self.press(card.get_by_role("button", name=answer).first)
        self.settled()

    def choose(self, group: str, item: str) -> None:
        """An item of the menu that is open."""
        menu = self.page.get_by_role("menu")
        offered = menu.get_by_role("group", name=group, exact=True).locator("button")
        expect(offered.first).to_be_visible()
        if not offered.filter(has_text=item).count():
            self.press(offered.filter(has_text="Other ways"))
        self.press(offered.filter(has_text=item).first)
        expect(menu).to_be_hidden()
        self.settled()

    def settled(self) -> None:
        """What was clicked has been answered."""
        expect(self.page.locator("body")).not_to_have_attribute("aria-busy", "true")

    def save(self) -> None:
        """Put it into the file; not counted, as saving is not mapping."""
        self.page.locator("#save").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
        expect(self.page.locator("#dialog")).to_be_hidden()
