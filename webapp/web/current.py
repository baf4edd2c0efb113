"""What the page shows now: one company and what was rendered of it, swapped as a whole when the records change."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from sync.domain.company import ALONE, CompanySettings
from sync.records import Records
from webapp.company.company import Company
from webapp.company.kept import Kept
from webapp.company.now import company_now
from webapp.company.scope import KnownPeriod, in_periods, periods_of

Made = TypeVar("Made")

# A big company is put together anew after so many times as long as it took: what is recorded without pause, as in the
# first minutes of many spreadsheets, must leave the processor to readers and passes.
REST = 3

# So many choices of periods are kept; an address can ask for any.
MOST_NARROWED = 24

# Up to so many objectives a reader waits while a view is put together and rendered; that takes a moment.
QUICK = 100

log = logging.getLogger(__name__)


class MadeOnce:
    """What shows a whole company, such as a page or a figure of thousands of objectives; each is made once and by one
    thread only."""

    def __init__(self) -> None:
        self._made: dict[str, object] = {}
        self._making: dict[str, threading.Lock] = {}

    def get(self, name: str, make: Callable[[], Made]) -> Made:
        """What was made under a name; made now where it was not yet."""
        with self._making.setdefault(name, threading.Lock()):
            if name not in self._made:
                self._made[name] = make()
            return cast(Made, self._made[name])


@dataclass(frozen=True, slots=True)
class View:
    """A company with all its `periods` and what was made of it once, let go together. `tag` changes with all that they
    show.
    """

    company: Company
    tag: str
    periods: tuple[KnownPeriod, ...] = ()
    once: MadeOnce = field(default_factory=MadeOnce)
    _narrowed: dict[frozenset[str], Company] = field(default_factory=dict)

    def within(self, periods: frozenset[str]) -> Company:
        """The company in these periods alone, by their keys."""
        found = self._narrowed.get(periods)
        if found is None:
            found = in_periods(self.company, periods)
            if len(self._narrowed) < MOST_NARROWED:
                self._narrowed[periods] = found
        return found


def in_a_thread(job: Callable[[], None]) -> None:
    """Run a job beside the requests."""
    threading.Thread(target=job, name="view", daemon=True).start()


class CurrentView:
    """Shared between threads. Reads the records only when they have changed, and once a day for what moved in a week.

    `configured` are the spreadsheets that make the company whole, `company` is what is set for it.
    A big company is put together `beside` the requests: until the next view is ready, readers have the one before.
    `prepare` renders what the first reader of a view would wait for.
    """

    def __init__(
        self,
        records: Records,
        configured: Collection[str],
        prepare: Callable[[View], None],
        beside: Callable[[Callable[[], None]], None] = in_a_thread,
        seconds: Callable[[], float] = time.monotonic,
        company: CompanySettings = ALONE,
    ) -> None:
        self._settings = company
        self._records, self._configured, self._prepare = records, configured, prepare
        self._beside, self._seconds = beside, seconds
        self._rests_until = 0.0
        self._building = threading.Lock()
        self._kept = Kept()
        self._view: View | None = None

    def begin(self, now: datetime) -> None:
        """Put the first view together before anybody asks; whoever asks meanwhile waits for what is left of it."""
        self._renew(now)

    def get(self, now: datetime) -> View:
        """The view to show at this moment."""
        view, tag = self._view, self._tag(now)
        if view is not None and view.tag == tag:
            return view
        if view is not None and len(view.company.alignment.objectives) > QUICK:
            self._renew(now)
            return view
        with self._building:
            # While this thread waited, another one may have put it together.
            if self._view is None or self._view.tag != self._tag(now):
                self._view = self._built(now)
            return self._view

    def _renew(self, now: datetime) -> None:
        """Unless somebody is at it, or was just now."""
        if self._seconds() < self._rests_until:
            return
        if self._building.acquire(blocking=False):
            self._beside(lambda: self._renew_beside(now))

    def _renew_beside(self, now: datetime) -> None:
        began = self._seconds()
        try:
            view = self._built(now)
            self._prepare(view)
            self._view = view
        except Exception:
            # The view before stays up, and the next reader starts another try.
            log.exception("the page could not be put together anew")
        finally:
            self._rests_until = self._seconds() + REST * (self._seconds() - began)
            self._building.release()

    def _built(self, now: datetime) -> View:
        # The tag is read first: what is recorded meanwhile is shown now and put together once more.
        tag = self._tag(now)
        company, by_hand = company_now(self._records, self._configured, self._settings, now, self._kept)
        return View(company, tag, periods_of(company, by_hand))

    def _tag(self, now: datetime) -> str:
        return f"{self._records.version()}-{self._settings.calendar.today(now):%Y%m%d}"
