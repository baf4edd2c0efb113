"""Tabs of a real Chromium that tests share: to open one costs as much as to load a page in it.

Whoever is lent a tab finds it as a fresh one: nothing of those before is heard, remembered, routed or emulated. What
cannot be taken back, such as a clock of the page's own, is for a tab that is closed afterwards.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

DESKTOP = {"width": 1280, "height": 900}

# By the event of a browser's context.
Ears = Mapping[Any, Callable[[Any], None]]


@dataclass
class _Loan:
    page: Page
    ears: Ears
    kind: str

    @property
    def context(self) -> BrowserContext:
        return self.page.context


class Tabs:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: defaultdict[str, list[Page]] = defaultdict(list)
        self._lent: list[_Loan] = []

    def lend(self, ears: Ears, *, is_kept: bool = True, **options: Any) -> Page:
        """A tab with such options of a context, alone in it; with `is_kept` false it is not lent again."""
        options = {"locale": "vi-VN", "viewport": DESKTOP} | options
        kind = repr(sorted(options.items())) if is_kept else ""
        page = self._idle[kind].pop() if self._idle[kind] else self._browser.new_context(**options).new_page()
        self._lent.append(_Loan(page, ears, kind))
        for event, ear in ears.items():
            page.context.on(event, ear)
        if is_kept and page.viewport_size != options["viewport"]:
            page.set_viewport_size(options["viewport"])
        return page

    def take_back(self) -> None:
        """After each test."""
        for loan in self._lent:
            if loan.kind and not loan.page.is_closed():
                _tidy(loan)
                self._idle[loan.kind].append(loan.page)
            else:
                loan.context.close()
        self._lent.clear()


def _tidy(loan: _Loan) -> None:
    page, context = loan.page, loan.context
    for event, ear in loan.ears.items():
        context.remove_listener(event, ear)
    for other in context.pages:
        if other != page:
            other.close()
    page.unroute_all()
    context.unroute_all()
    context.clear_cookies()
    context.clear_permissions()
    if page.url != "about:blank":
        page.evaluate("[localStorage, sessionStorage].forEach((storage) => storage.clear())")
    # Where it stands its scripts would go on asking.
    page.goto("about:blank")
    page.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
