"""How old the view of each spreadsheet is, and what the last pass over it came to. Pure: the time is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from sync.domain import backoff
from sync.domain.memory import PassRecord, PassResult
from sync.domain.snapshot import Refusals, Snapshot, TabState
from sync.records import BETWEEN_PRESSES, Press
from webapp.company.company import Company
from webapp.company.pass_status import PassStatus
from webapp.parts.cells import web_address
from webapp.reader.reader import Reader

ALLOWED_INTERVALS = 3
GRACE = timedelta(seconds=60)
# A pass has ended within its own deadline of two minutes, or soon after.
LONGEST_PASS = timedelta(seconds=150)

# A look that a reader asks for is the next one or the one after that: a second to notice it, and what the quota lets
# through in the seconds after. Each that was asked for before it takes as many turns.
NEXT_LOOK, EACH_BEFORE = timedelta(seconds=10), timedelta(seconds=3)
# So long the page says what became of it.
TOLD_FOR = timedelta(minutes=10)


class Doubt(StrEnum):
    """Why a spreadsheet's view may not be what the sheet holds."""

    NOT_READ = "not-read"
    FAILED = "last-pass-failed"
    OVERDUE = "pass-overdue"
    STALE = "stale"
    REFUSED = "tab-refused"
    MISSING = "tab-missing"
    UNWRITTEN = "tab-unwritten"
    UNDER_WAY = "write-under-way"


# How many spreadsheets every page lists, and of how many it says what is wrong. The others are on a page of their own.
MOST_LISTED, MOST_TOLD = 30, 10


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time for people, and for machines (ISO 8601)."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class RefusedTab:
    """A tab that was not believed; what is shown of it was `seen` then, or never."""

    title: str
    seen: Moment | None


@dataclass(frozen=True, slots=True)
class UnwrittenTab:
    """A tab that lacks scores that the page shows; `next_try` is None unless its writes are put off."""

    title: str
    next_try: Moment | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """One spreadsheet. `taken` is when all that is shown was good, None before its first view; `failure` is empty
    unless the last pass failed. `missing`: a tab is configured and not there.

    `next_pass` is None where it should have begun by now. `overdue` is when it should have begun, where no pass can
    take as long as that is ago; `pending_write` since when a write has not been seen to have landed, if that is long.
    `asked` says what became of the look that a reader asked for lately, "" for none; `may_ask` whether one may be asked
    for now.
    """

    id: str
    title: str
    url: str
    taken: Moment | None
    next_pass: Moment | None
    stale: bool
    failure: str
    overdue: Moment | None
    refused: tuple[RefusedTab, ...]
    missing: bool
    unwritten: tuple[UnwrittenTab, ...]
    pending_write: Moment | None
    asked: str
    may_ask: bool

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        found = {
            Doubt.NOT_READ: self.taken is None,
            Doubt.FAILED: bool(self.failure),
            Doubt.OVERDUE: self.overdue is not None,
            Doubt.STALE: self.stale,
            Doubt.REFUSED: bool(self.refused),
            Doubt.MISSING: self.missing,
            Doubt.UNWRITTEN: bool(self.unwritten),
            Doubt.UNDER_WAY: self.pending_write is not None,
        }
        return tuple(doubt for doubt, is_so in found.items() if is_so)


@dataclass(frozen=True)
class FreshnessBar:
    """All spreadsheets; `as_of` is the oldest view among them, None when there is none yet.

    `reading` says how many were read so far while a first pass over some is awaited, `read` where some could not
    be read. Both are empty once all were.
    `next_pass` is when the first of them is read again, None where that should have been long ago.
    """

    as_of: Moment | None
    next_pass: Moment | None
    reading: str
    read: str
    sheets: tuple[Freshness, ...]

    @cached_property
    def doubtful(self) -> tuple[Freshness, ...]:
        return tuple(sheet for sheet in self.sheets if sheet.doubts)

    @cached_property
    def told(self) -> tuple[Freshness, ...]:
        """Those in doubt that readers need to know of: what is being read for the first time is only counted."""
        return tuple(sheet for sheet in self.doubtful if not self.reading or sheet.doubts != (Doubt.NOT_READ,))

    @property
    def listed(self) -> tuple[Freshness, ...]:
        """Those that every page has: all, or of many the first in doubt, and those that a look was asked for."""
        if len(self.sheets) <= MOST_LISTED:
            return self.sheets
        return tuple(sorted(self.sheets, key=lambda sheet: (not sheet.asked, not sheet.doubts))[:MOST_LISTED])


def stale_ids(
    company: Company, pass_status: PassStatus, intervals: Mapping[str, int], now: datetime
) -> tuple[str, ...]:
    """The spreadsheets whose view is older than it should be."""
    taken = {id_: pass_status.as_of(snapshot) for id_, snapshot in company.snapshots.items()}
    return tuple(id_ for id_, at in taken.items() if _is_stale(at, intervals.get(id_), now))


def freshness_of(
    company: Company, pass_status: PassStatus, intervals: Mapping[str, int], now: datetime, reader: Reader
) -> FreshnessBar:
    """Every spreadsheet that is configured or known."""
    ids = dict.fromkeys((*company.snapshots, *intervals))
    oldest = min((pass_status.as_of(snapshot) for snapshot in company.snapshots.values()), default=None)
    due = (_due(id_, pass_status, intervals.get(id_)) for id_ in ids)
    next_pass = min((at for at in due if at and at > now), default=None)
    unread = [id_ for id_ in ids if id_ not in company.snapshots]
    is_reading = any(pass_status.last(id_) is None for id_ in unread)
    return FreshnessBar(
        moment(oldest, reader) if oldest else None,
        moment(next_pass, reader) if next_pass else None,
        _being_read(len(company.snapshots), len(ids), reader) if is_reading else "",
        _read_so_far(len(company.snapshots), len(ids), reader) if unread and not is_reading else "",
        tuple(_freshness(id_, company.snapshots.get(id_), pass_status, intervals.get(id_), now, reader) for id_ in ids),
    )


def _being_read(read: int, configured: int, reader: Reader) -> str:
    return reader.words.gettext("Reading the sheets, %(read)s of %(all)s", read=read, all=configured)


def _read_so_far(read: int, configured: int, reader: Reader) -> str:
    if not read:
        return ""
    return reader.words.gettext("%(read)s of %(all)s sheets read", read=read, all=configured)


def moment(at: datetime, reader: Reader) -> Moment:
    """A moment in the reader's format."""
    return Moment(reader.formats.moment(at), at.isoformat(timespec="seconds"))


def _is_stale(taken: datetime, interval: int | None, now: datetime) -> bool:
    return interval is not None and now - taken > timedelta(seconds=ALLOWED_INTERVALS * interval) + GRACE


def _due(id_: str, pass_status: PassStatus, interval: int | None) -> datetime | None:
    return pass_status.due(id_, interval) if interval else None


def _freshness(
    id_: str,
    snapshot: Snapshot | None,
    pass_status: PassStatus,
    interval: int | None,
    now: datetime,
    reader: Reader,
) -> Freshness:
    taken, pending_write = pass_status.as_of(snapshot) if snapshot else None, pass_status.pending_write.get(id_)
    due = _due(id_, pass_status, interval)
    return Freshness(
        id=id_,
        title=snapshot.title if snapshot else id_,
        url=web_address(snapshot.url) if snapshot else "",
        taken=moment(taken, reader) if taken else None,
        next_pass=moment(due, reader) if due and due > now else None,
        stale=taken is not None and _is_stale(taken, interval, now),
        failure=_failure(pass_status.last(id_), reader),
        overdue=moment(due, reader) if due and now - due > LONGEST_PASS else None,
        refused=_refused(snapshot, reader) if snapshot else (),
        missing=snapshot is not None and any(found.code == "tab-missing" for found in snapshot.problems),
        unwritten=_unwritten(snapshot, interval, now, reader) if snapshot else (),
        pending_write=moment(pending_write, reader)
        if pending_write and _is_stale(pending_write, interval, now)
        else None,
        asked=_asked(id_, pass_status, now, reader),
        may_ask=interval is not None and _may_ask(pass_status.presses.get(id_), now),
    )


def _may_ask(press: Press | None, now: datetime) -> bool:
    return press is None or not timedelta() <= now - press.at < BETWEEN_PRESSES


def _asked(id_: str, pass_status: PassStatus, now: datetime, reader: Reader) -> str:
    """When it will be read, or was, of which a reader said that it should be."""
    press, last, gettext = pass_status.presses.get(id_), pass_status.last(id_), reader.words.gettext
    if press is None or (not press.waits and now - press.at > TOLD_FOR):
        return ""
    at = reader.formats.moment(press.at)
    before = sum(each.waits and each.at < press.at for each in pass_status.presses.values())
    within = NEXT_LOOK + before * EACH_BEFORE
    if press.waits and now - press.at <= within + GRACE:
        return gettext(
            "Asked for at %(at)s; read within %(count)s seconds.", at=at, count=round(within.total_seconds())
        )
    if press.waits:
        return gettext("Asked for at %(at)s, and not read yet: does the worker run?", at=at)
    if last is None or last.finished_at < press.at:
        return gettext("Asked for at %(at)s; it is being read now.", at=at)
    return gettext("Asked for at %(at)s; read at %(read)s.", at=at, read=reader.formats.moment(last.finished_at))


def _failure(last: PassRecord | None, reader: Reader) -> str:
    if last is None or last.result is not PassResult.FAILED:
        return ""
    at = reader.formats.moment(last.finished_at)
    said = reader.words.gettext("The last pass, at %(at)s, failed.", at=at)
    return f"{said} {reader.failures.get(last.message, '')}".strip()


def _refused(snapshot: Snapshot, reader: Reader) -> tuple[RefusedTab, ...]:
    return tuple(
        RefusedTab(tab.title, moment(tab.seen_at, reader) if tab.seen_at else None)
        for tab in snapshot.tabs
        if tab.state is TabState.REFUSED
    )


def _unwritten(snapshot: Snapshot, interval: int | None, now: datetime, reader: Reader) -> tuple[UnwrittenTab, ...]:
    def next_try(refusals: Refusals | None) -> Moment | None:
        if refusals is None or interval is None:
            return None
        at = refusals.at + timedelta(seconds=backoff.next_try(refusals.count, interval))
        return moment(at, reader) if at > now else None

    tabs = (tab for tab in snapshot.tabs if tab.state is TabState.UNWRITTEN)
    return tuple(UnwrittenTab(tab.title, next_try(tab.refusals)) for tab in tabs)
