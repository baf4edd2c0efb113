"""Figures for Prometheus, out of the records: the same whichever process counted them. No texts from any sheet.

okr_sheets_passes_total{result}                            passes by how they ended
okr_sheets_pass_seconds_total                              time spent in passes
okr_sheets_google_requests_total{status}                   answers by HTTP status, 0 for none
okr_sheets_quota_tokens{kind}                              requests left in this minute, as of the last pass
okr_sheets_edit_seconds                                    from a hook or "Sync now" to the score in its cell
okr_sheets_feed_age_seconds                                since Drive's change feed last answered, where it ever did
okr_sheets_problems{severity}                              what people should mend in their sheets
okr_sheets_interval_seconds{spreadsheet}                   between two passes, as configured
okr_sheets_last_pass_timestamp_seconds{spreadsheet}        when the last pass ended, however it did
okr_sheets_staleness_seconds{spreadsheet}                  since all that is shown of it was found to be good
okr_sheets_tabs_left_out{spreadsheet}                      tabs that are not believed, or lack scores of the page
okr_sheets_pause_seconds{spreadsheet}                      until the next try, where a person must help first; else 0
okr_sheets_write_under_way_seconds{spreadsheet}            since a write was sent that was not seen to land; else 0
okr_sheets_notices_total{result}                           messages that were sent, failed (each try), or were dropped
okr_sheets_notices_waiting_seconds{room}                   since the oldest message fell due that a room did not take

`docs/operating.md` says what to watch.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from sync.domain.backoff import pause_left
from sync.domain.catalogue import Severity
from sync.domain.snapshot import TabState
from sync.records import BEYOND, EDIT_SECONDS
from webapp.company.company import Company
from webapp.company.pass_status import PassStatus

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Counted = Mapping[tuple[str, str], float]


def metrics(
    counted: Counted,
    pass_status: PassStatus,
    intervals: Mapping[str, int],
    company: Company,
    now: datetime,
    failing_rooms: Mapping[str, datetime],
) -> bytes:
    """The page for the scraper. `counted` are the records' figures, `intervals` the seconds between two passes, and
    `failing_rooms` since when each room is waited for that could not be reached.
    """
    registry = CollectorRegistry()
    registry.register(_Figures(counted, pass_status, intervals, company, now, failing_rooms))
    return generate_latest(registry)


@dataclass(frozen=True, slots=True, eq=False)
class _Figures(Collector):
    counted: Counted
    pass_status: PassStatus
    intervals: Mapping[str, int]
    company: Company
    now: datetime
    failing_rooms: Mapping[str, datetime]

    def collect(self) -> Iterator[Metric]:
        yield self._counter("passes", "okr_sheets_passes", "Passes by how they ended.", "result")
        seconds = self.counted.get(("pass_seconds", ""), 0.0)
        yield CounterMetricFamily("okr_sheets_pass_seconds", "Time spent in passes.", value=seconds)
        about = "Answers of Google by HTTP status, 0 for none."
        yield self._counter("requests", "okr_sheets_google_requests", about, "status")
        about = "Requests that may still be sent in this minute, as of the last pass."
        yield _gauge("okr_sheets_quota_tokens", about, "kind", self._named("quota_left"))
        yield self._edits()
        yield from self._feed()
        problems = Counter(found.problem.severity for found in self.company.problems)
        about = "Problems in sheets by severity."
        yield _gauge("okr_sheets_problems", about, "severity", {each.value: problems[each] for each in Severity})
        yield from self._by_spreadsheet()
        yield self._counter("notices", "okr_sheets_notices", "Messages by what became of them.", "result")
        about = "Seconds since the oldest message fell due that a room did not take yet."
        waiting = {room: self._since(due) for room, due in self.failing_rooms.items()}
        yield _gauge("okr_sheets_notices_waiting_seconds", about, "room", waiting)

    def _by_spreadsheet(self) -> Iterator[Metric]:
        label, found = "spreadsheet", self.pass_status
        about = "Seconds between two passes, as configured."
        yield _gauge("okr_sheets_interval_seconds", about, label, self.intervals)
        known = {*self.intervals, *found.seen}
        ended = {name: passes[0].finished_at.timestamp() for name, passes in found.passes.items() if name in known}
        about = "When the last pass over a spreadsheet ended, however it did."
        yield _gauge("okr_sheets_last_pass_timestamp_seconds", about, label, ended)
        about = "Seconds since all that is shown of a spreadsheet was last found to be good."
        snapshots = self.company.snapshots
        stale = {name: self._since(found.as_of(snapshot)) for name, snapshot in snapshots.items()}
        yield _gauge("okr_sheets_staleness_seconds", about, label, stale)
        about = "Tabs of a spreadsheet that are not believed, or lack scores that the page shows."
        left_out = {
            name: sum(tab.state is not TabState.GOOD for tab in snapshot.tabs) for name, snapshot in snapshots.items()
        }
        yield _gauge("okr_sheets_tabs_left_out", about, label, left_out)
        about = "Seconds until a spreadsheet is tried again for which a person must help first, else 0."
        pauses = {name: self._pause(name, every) for name, every in self.intervals.items()}
        yield _gauge("okr_sheets_pause_seconds", about, label, pauses)
        about = "Seconds since a write was sent that has not been seen to land, else 0."
        pending_write = {name: self._since(found.pending_write.get(name, self.now)) for name in known}
        yield _gauge("okr_sheets_write_under_way_seconds", about, label, pending_write)

    def _counter(self, figure: str, name: str, about: str, label: str) -> Metric:
        family = CounterMetricFamily(name, about, labels=[label])
        for value, count in sorted(self._named(figure).items()):
            family.add_metric([value], count)
        return family

    def _edits(self) -> Metric:
        """Cumulative, as Prometheus has it; the records count each bucket alone."""
        counted = self._named("edit_seconds")
        bounds = [*map(str, EDIT_SECONDS), BEYOND]
        sums = accumulate(counted.get(bound, 0.0) for bound in bounds)
        about = "Seconds from a hook, or somebody who asked, to the score in its cell or nothing to be written."
        total = self.counted.get(("edit_seconds_sum", ""), 0.0)
        return HistogramMetricFamily("okr_sheets_edit_seconds", about, list(zip(bounds, sums, strict=True)), total)

    def _feed(self) -> Iterator[Metric]:
        answered = self.counted.get(("feed_answered", ""))
        if answered is not None:
            about = "Seconds since Drive's change feed last answered."
            age = max(self.now.timestamp() - answered, 0.0)
            yield GaugeMetricFamily("okr_sheets_feed_age_seconds", about, value=age)

    def _named(self, figure: str) -> dict[str, float]:
        return {label: count for (name, label), count in self.counted.items() if name == figure}

    def _since(self, at: datetime) -> float:
        return max((self.now - at).total_seconds(), 0.0)

    def _pause(self, spreadsheet: str, every: int) -> float:
        return max(pause_left(self.pass_status.passes.get(spreadsheet, ()), every, self.now), 0.0)


def _gauge(name: str, about: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, measured in sorted(values.items()):
        family.add_metric([value], measured)
    return family
