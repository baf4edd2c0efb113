"""The figures of several companies as one page for the scraper: those of each, with its name as the label `company`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

LABEL = "company"


def company_metrics(pages: Mapping[str, str]) -> bytes:
    """One page out of the page of each company, as `webapp.exports.metrics` makes it, by the company's name."""
    registry = CollectorRegistry()
    registry.register(_Together(pages))
    return generate_latest(registry)


@dataclass(frozen=True, slots=True, eq=False)
class _Together(Collector):
    pages: Mapping[str, str]

    def collect(self) -> Iterator[Metric]:
        """Every figure once, as the format asks for, with what each company has of it."""
        together: dict[str, Metric] = {}
        for company, page in self.pages.items():
            for figure in text_string_to_metric_families(page):
                known = together.setdefault(figure.name, Metric(figure.name, figure.documentation, figure.type))
                for sample in figure.samples:
                    known.add_sample(sample.name, {LABEL: company, **sample.labels}, sample.value)
        yield from together.values()
