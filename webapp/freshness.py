"""How old the view of each spreadsheet is, and what the last pass over it came to. Pure: the time is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.records import PassRecord, PassResult
from sync.snapshot import Snapshot, TabState
from webapp.cells import web_address
from webapp.company import Company
from webapp.reader import Reader

ALLOWED_INTERVALS = 3
GRACE = timedelta(seconds=60)


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
class Freshness:
    """One spreadsheet. `taken` is None before its first good pass; `failure` is empty unless the last pass failed."""

    title: str
    url: str
    taken: Moment | None
    next_pass: Moment | None
    stale: bool
    failure: str
    refused: tuple[RefusedTab, ...]

    @property
    def in_doubt(self) -> bool:
        return self.stale or bool(self.failure) or bool(self.refused) or self.taken is None


@dataclass(frozen=True, slots=True)
class FreshnessBar:
    """All spreadsheets; `as_of` is the oldest view among them, None when there is none yet.

    `next_pass` is when the first of them is read again, None where that should have been long ago.
    """

    as_of: Moment | None
    next_pass: Moment | None
    sheets: tuple[Freshness, ...]

    @property
    def doubtful(self) -> tuple[Freshness, ...]:
        return tuple(sheet for sheet in self.sheets if sheet.in_doubt)


@dataclass(frozen=True, slots=True)
class Sightings:
    """When each spreadsheet's view was last found to be good, and its newest pass. Changes with every pass."""

    seen: Mapping[str, datetime]
    passes: Mapping[str, PassRecord]


def stale_ids(sightings: Sightings, intervals: Mapping[str, int], now: datetime) -> tuple[str, ...]:
    """The spreadsheets whose view is older than it should be."""
    return tuple(id_ for id_, taken in sightings.seen.items() if _is_stale(taken, intervals.get(id_), now))


def freshness_of(
    company: Company, sightings: Sightings, intervals: Mapping[str, int], now: datetime, reader: Reader
) -> FreshnessBar:
    """Every spreadsheet that is configured or known."""
    ids = dict.fromkeys((*company.snapshots, *intervals))
    oldest = min((taken for id_, taken in sightings.seen.items() if id_ in company.snapshots), default=None)
    due = (_due(sightings.passes.get(id_), intervals.get(id_)) for id_ in ids)
    next_pass = min((at for at in due if at and at > now), default=None)
    return FreshnessBar(
        moment(oldest, reader) if oldest else None,
        moment(next_pass, reader) if next_pass else None,
        tuple(_freshness(id_, company.snapshots.get(id_), sightings, intervals.get(id_), now, reader) for id_ in ids),
    )


def moment(at: datetime, reader: Reader) -> Moment:
    """A moment in the reader's format."""
    return Moment(reader.formats.moment(at), at.isoformat(timespec="seconds"))


def _is_stale(taken: datetime, interval: int | None, now: datetime) -> bool:
    return interval is not None and now - taken > timedelta(seconds=ALLOWED_INTERVALS * interval) + GRACE


def _due(last: PassRecord | None, interval: int | None) -> datetime | None:
    return last.finished_at + timedelta(seconds=interval) if last and interval else None


def _freshness(
    id_: str,
    snapshot: Snapshot | None,
    sightings: Sightings,
    interval: int | None,
    now: datetime,
    reader: Reader,
) -> Freshness:
    taken, last = sightings.seen.get(id_) if snapshot else None, sightings.passes.get(id_)
    due = _due(last, interval)
    return Freshness(
        title=snapshot.title if snapshot else id_,
        url=web_address(snapshot.url) if snapshot else "",
        taken=moment(taken, reader) if taken else None,
        next_pass=moment(due, reader) if due else None,
        stale=taken is not None and _is_stale(taken, interval, now),
        failure=_failure(last, reader),
        refused=_refused(snapshot, reader) if snapshot else (),
    )


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
