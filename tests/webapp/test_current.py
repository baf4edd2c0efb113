"""The view that everybody reads: put together once for each state of the records, and swapped as a whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from sync.domain.memory import PassResult
from sync.records import Records
from tests.webapp.big_company import big_company
from tests.webapp.companies import NOW, a_pass, keep, objective, snapshot
from webapp.company.company import MOST_IN_ONE_PIECE
from webapp.web.current import QUICK, CurrentView, View
from webapp.web.encoding import Part

BIG = MOST_IN_ONE_PIECE + 1

Job = Callable[[], None]


class Workbench:
    """Holds the jobs that would run beside the requests, until the test runs them."""

    takes = 0.0

    def __init__(self, records: Records) -> None:
        self.jobs: list[Job] = []
        self.prepared: list[View] = []
        self.second = 0.0
        self.current = CurrentView(records, (), self._prepare, self.jobs.append, lambda: self.second)

    def _prepare(self, view: View) -> None:
        """Takes as long as `takes` says."""
        self.prepared.append(view)
        self.second += self.takes

    def work(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()


@pytest.fixture
def bench(records: Records) -> Workbench:
    return Workbench(records)


def test_a_view_stands_until_the_records_say_something_else(bench: Workbench, records: Records) -> None:
    keep(records, snapshot([objective("o")]))
    first = bench.current.get(NOW)
    keep(records, replace(snapshot([objective("o")]), taken_at=NOW + timedelta(minutes=5)))
    records.record(a_pass(PassResult.FAILED, message="network"))
    assert bench.current.get(NOW) is first
    keep(records, snapshot([objective("o", text="Renamed")]))
    second = bench.current.get(NOW)
    assert second.tag != first.tag
    assert second.company.alignment.objectives["o"].text == "Renamed"


@pytest.mark.parametrize("objectives", [QUICK + 1, BIG])
def test_a_company_that_takes_long_is_renewed_beside_the_requests_and_ready_when_it_is_shown(
    bench: Workbench, records: Records, objectives: int
) -> None:
    keep(records, big_company(objectives))
    first = bench.current.get(NOW)
    keep(records, big_company(objectives, shift=9))
    assert bench.current.get(NOW) is first
    assert bench.current.get(NOW) is first
    assert len(bench.jobs) == 1
    bench.work()
    second = bench.current.get(NOW)
    assert second is not first
    assert bench.prepared == [second]


def test_what_is_recorded_without_pause_leaves_three_quarters_of_the_time_to_others(
    bench: Workbench, records: Records
) -> None:
    keep(records, big_company(QUICK + 1))
    bench.current.get(NOW)
    bench.takes = 2.0
    for shift in range(1, 41):
        keep(records, big_company(QUICK + 1, shift=shift))
        bench.current.get(NOW)
        bench.work()
        bench.second += 1
    assert len(bench.prepared) * bench.takes == pytest.approx(bench.second / 4, rel=0.1)
    bench.second += 6
    bench.current.get(NOW)
    bench.work()
    assert bench.current.get(NOW).tag.startswith(str(records.version())), "the last change is shown in the end"


def test_the_first_view_is_put_together_before_anybody_asks(bench: Workbench, records: Records) -> None:
    keep(records, big_company(BIG))
    bench.current.begin(NOW)
    bench.work()
    assert [bench.current.get(NOW)] == bench.prepared


def test_a_first_view_that_fails_leaves_it_to_the_first_reader(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    def prepare(view: View) -> None:
        raise RuntimeError("no room")

    current = CurrentView(records, (), prepare, lambda job: job())
    keep(records, big_company(BIG))
    current.begin(NOW)
    assert "could not be put together" in caplog.text
    assert current.get(NOW).company.is_big


def test_a_view_that_cannot_be_put_together_leaves_the_one_before_and_is_tried_again(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    jobs: list[Job] = []
    failing = [True]

    def prepare(view: View) -> None:
        if failing:
            failing.pop()
            raise RuntimeError("no room")

    current = CurrentView(records, (), prepare, jobs.append, lambda: 0.0)
    keep(records, big_company(BIG))
    first = current.get(NOW)
    keep(records, big_company(BIG, shift=9))
    current.get(NOW)
    jobs.pop()()
    assert "could not be put together" in caplog.text
    assert current.get(NOW) is first
    jobs.pop()()
    assert current.get(NOW) is not first


def test_scores_of_a_week_ago_are_renewed_with_the_day(bench: Workbench, records: Records) -> None:
    keep(records, replace(big_company(5), taken_at=NOW - timedelta(days=8)))
    keep(records, replace(big_company(5, shift=9), taken_at=NOW))
    today, next_week = bench.current.get(NOW), bench.current.get(NOW + timedelta(days=8))
    assert today.company.moves["o1k1"] == Decimal("0.09")
    assert "o1k1" not in next_week.company.moves


def test_a_page_is_rendered_once_for_a_view(bench: Workbench, records: Records) -> None:
    keep(records, snapshot([objective("o")]))
    view = bench.current.get(NOW)
    rendered = view.once.get("tree", lambda: (Part("tree"),))
    assert view.once.get("tree", lambda: pytest.fail("rendered again")) is rendered
