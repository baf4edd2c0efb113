"""Figures for Prometheus, out of the records: the same whichever process counted them. No texts from any sheet.

okr_sheets_passes_total{result}             passes by how they ended
okr_sheets_pass_seconds_total               time spent in passes
okr_sheets_google_requests_total{status}    answers by HTTP status, 0 for none
okr_sheets_quota_tokens{kind}               requests that may still be sent in this minute, as of the last pass
okr_sheets_staleness_seconds{spreadsheet}   since its view was last found to be good
okr_sheets_problems{severity}               what people should mend in their sheets
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from sync.problems import Severity
from sync.records import Records
from webapp.company import Company

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metrics(records: Records, company: Company, now: datetime) -> bytes:
    """The page for the scraper."""
    registry = CollectorRegistry()
    registry.register(_Figures(records.figures(), records.seen(), company, now))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(
        self,
        figures: Mapping[tuple[str, str], float],
        seen: Mapping[str, datetime],
        company: Company,
        now: datetime,
    ) -> None:
        self._figures, self._seen, self._company, self._now = figures, seen, company, now

    def collect(self) -> Iterator[Metric]:
        yield self._counter("passes", "okr_sheets_passes", "Passes by how they ended.", "result")
        yield CounterMetricFamily(
            "okr_sheets_pass_seconds", "Time spent in passes.", value=self._figures.get(("pass_seconds", ""), 0.0)
        )
        about = "Answers of Google by HTTP status, 0 for none."
        yield self._counter("requests", "okr_sheets_google_requests", about, "status")
        yield self._quota()
        yield self._staleness()
        yield self._problems()

    def _counter(self, figure: str, name: str, about: str, label: str) -> Metric:
        family = CounterMetricFamily(name, about, labels=[label])
        for (kind, value), count in sorted(self._figures.items()):
            if kind == figure:
                family.add_metric([value], count)
        return family

    def _quota(self) -> Metric:
        about = "Requests that may still be sent in this minute, as of the last pass."
        family = GaugeMetricFamily("okr_sheets_quota_tokens", about, labels=["kind"])
        for (kind, value), left in sorted(self._figures.items()):
            if kind == "quota_left":
                family.add_metric([value], left)
        return family

    def _staleness(self) -> Metric:
        about = "Seconds since the view of a spreadsheet was last found to be good."
        family = GaugeMetricFamily("okr_sheets_staleness_seconds", about, labels=["spreadsheet"])
        for spreadsheet, seen in sorted(self._seen.items()):
            family.add_metric([spreadsheet], max((self._now - seen).total_seconds(), 0.0))
        return family

    def _problems(self) -> Metric:
        family = GaugeMetricFamily("okr_sheets_problems", "Problems in sheets by severity.", labels=["severity"])
        counted = Counter(found.problem.severity for found in self._company.problems)
        for severity in Severity:
            family.add_metric([severity.value], counted[severity])
        return family
