"""An ID that two periods use: which of them a row means is said by the row's own days or period, else it is asked."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from sync.domain.closing import closed
from sync.domain.cycle_records import CycleRecord, CycleRecords, Recognition, Review
from sync.domain.okr import Initiative
from sync.domain.periods import CALENDAR_YEARS
from sync.domain.snapshot import Snapshot
from tests.webapp.companies import cell, company, key_result, objective, snapshot
from webapp.company.company import Company

AT = cell(20, 9)


def two_quarters(initiatives: Iterable[Initiative] = (), records: Iterable[CycleRecord] = ()) -> Snapshot:
    """K is a key result of the third quarter, and one of the fourth."""
    return snapshot(
        [objective("a", 1, period="Q3/2026"), objective("b", 2, period="Q4/2026")],
        [key_result("third", "a", 1, id="K"), key_result("fourth", "b", 2, id="K")],
        initiatives=tuple(initiatives),
        cycle=CycleRecords.of(records),
    )


def on_the_page(found: Snapshot) -> Company:
    return company(found, today=date(2026, 11, 20))


def asked(found: Company) -> list[str]:
    return [each.problem.code for each in found.problems if each.problem.code.startswith("ambiguous-")]


@pytest.mark.parametrize(
    ("start", "due", "meant"),
    [
        ("", "2026-09-20", "third"),
        ("", "2026-11-30", "fourth"),
        ("2026-10-05", "", "fourth"),
        ("2026-10-05", "cuối năm", "fourth"),
        ("2026-09-20", "2026-10-20", ""),
        ("", "2027-02-01", ""),
        ("", "", ""),
    ],
)
def test_an_initiative_is_for_the_period_that_holds_its_days(start: str, due: str, meant: str) -> None:
    found = on_the_page(two_quarters([Initiative(text="Gọi khách", cell=AT, key_results=("K",), start=start, due=due)]))
    assert list(found.initiatives) == [meant]
    assert asked(found) == ([] if meant else ["ambiguous-key-result"])


@pytest.mark.parametrize(
    ("period", "meant"), [("Quý 3/2026", "third"), ("Q4-2026", "fourth"), ("", ""), ("Q1/2027", "")]
)
def test_a_review_is_of_the_period_that_it_names_whenever_it_was_written(period: str, meant: str) -> None:
    review = Review(about="K", cell=AT, period=period, date="2026-10-05", lesson="Gọi sớm hơn")
    found = on_the_page(two_quarters(records=[review]))
    assert list(found.reviews) == [meant]
    assert asked(found) == ([] if meant else ["ambiguous-about"])


@pytest.mark.parametrize(("day", "meant"), [("2026-09-28", "third"), ("2026-11-18", "fourth"), ("", "")])
def test_thanks_are_about_the_goal_of_their_day(day: str, meant: str) -> None:
    found = on_the_page(two_quarters(records=[Recognition(text="Cảm ơn", cell=AT, date=day, about="K")]))
    assert [thanks.about for thanks in found.wall] == [meant]
    assert asked(found) == ([] if meant else ["ambiguous-about"])


def test_a_period_is_closed_with_its_own_initiatives_and_reviews() -> None:
    found = two_quarters(
        [
            Initiative(text="Của quý 3", cell=cell(20, 9), key_results=("K",), due="2026-09-20"),
            Initiative(text="Của quý 4", cell=cell(21, 9), key_results=("K",), due="2026-12-20"),
        ],
        [
            Review(about="K", cell=cell(22, 9), period="Q3/2026", lesson="Của quý 3"),
            Review(about="K", cell=cell(23, 9), period="Q4/2026", lesson="Của quý 4"),
        ],
    )
    kept = closed(found, CALENDAR_YEARS.period("Q3/2026"), CALENDAR_YEARS, datetime(2026, 10, 15, tzinfo=UTC)).results
    assert [one.text for one in kept.initiatives] == ["Của quý 3"]
    assert [one.lesson for one in kept.cycle.reviews] == ["Của quý 3"]
