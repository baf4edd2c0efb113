"""What one running page is made of. Knows no request."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sync.problems import Language
from sync.records import Records
from webapp.company import Company
from webapp.current import CurrentCompany
from webapp.freshness import stale_ids
from webapp.reader import Reader


@dataclass(frozen=True, slots=True)
class Site:
    """Shared by all requests. `started` tells this process's pages from those of an older version of the program."""

    title: str
    records: Records
    current: CurrentCompany
    readers: Mapping[Language, Reader]
    intervals: Mapping[str, int]
    rendered: "RenderedPages" = field(default_factory=lambda: RenderedPages())
    started: str = field(default_factory=lambda: secrets.token_hex(4))

    def etag(self, company: Company, language: Language, now: datetime) -> str:
        """Changes with everything that a page can show; turning stale is such a change, though nothing is recorded."""
        stale = len(stale_ids(company, self.intervals, now))
        return f"{self.started}-{company.version}-{stale}-{language}"


class RenderedPages:
    """The newest rendering of each of the few pages that show the whole company."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[str, str]] = {}
        self._rendering: dict[str, threading.Lock] = {}

    def get(self, name: str, etag: str, render: Callable[[], str]) -> str:
        """The page as it was rendered for this tag; rendered now, and by one thread only, where there is none."""
        with self._rendering.setdefault(name, threading.Lock()):
            known, text = self._pages.get(name, ("", ""))
            if known != etag:
                text = render()
                self._pages[name] = (etag, text)
            return text
