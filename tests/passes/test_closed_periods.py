"""Closing freezes: the results of a period stay as they were, whatever becomes of its tab."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sync.domain.memory import PassResult
from sync.domain.periods import PeriodState
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results
from tests.support.installation import Installation
from tests.support.outcomes import codes
from webapp.company.company import company_of
from webapp.company.scope import periods_of

DATED = FLAT.replace(
    'objective]\ntext = "Mục tiêu"',
    'objective]\ntext = "Mục tiêu"\nid = "Mã"\nperiod = { cell = "B1" }',
).replace('text = "Kết quả then chốt"', 'text = "Kết quả then chốt"\nid = "Mã KR"')

CLOSED_DAY = datetime(2027, 1, 20, 8, 0, tzinfo=UTC)


def rows(period: str, *currents: object, text: str = "KR") -> list[list[object]]:
    table = [
        [*row[:1], f"{text} {number}", *row[2:], None, "O1", f"KR{number}"]
        for number, row in enumerate(key_results(*currents), 1)
    ]
    return [["Kỳ:", period], [*HEADER, "Mã", "Mã KR"], *table]


@pytest.fixture
def over(installation: Installation) -> Installation:
    """A quarter with three key results at 2, 5 and 8 of 10, seen while it ran; now it is over for good."""
    installation.spreadsheet("sales", {"OKR": rows("Q4/2026", 2, 5, 8)})
    installation.configure(DATED)
    assert installation.sync().result is PassResult.OK
    installation.clock.set(CLOSED_DAY)
    return installation


def kept_scores(installation: Installation, period: str = "Q4/2026") -> dict[str, Decimal | None]:
    """What the page shows of a period."""
    seen = installation.records.snapshot("sales")
    assert seen is not None
    objectives = {found.key for found in seen.objectives if found.period == period}
    return {found.text: seen.scores[found.key].value for found in seen.key_results if found.objective in objectives}


RESULTS = {"KR 1": Decimal("0.2"), "KR 2": Decimal("0.5"), "KR 3": Decimal("0.8")}


def test_a_period_that_is_over_keeps_its_results_and_a_later_change_is_told_and_not_counted(over: Installation) -> None:
    change_current(over.server, "sales", 0, row=2, value=10)
    outcome = over.sync()
    assert kept_scores(over) == RESULTS
    told = [found for found in outcome.snapshot.problems if found.code == "changed-after-closing"]  # type: ignore[union-attr]
    assert [(found.cell.a1 if found.cell else "", dict(found.facts)) for found in told] == [
        ("E3", {"text": "KR 1", "period": "Q4/2026", "now": "0 → 10 → 10", "then": "0 → 2 → 10"})
    ]


def test_nothing_is_written_into_a_closed_period(over: Installation) -> None:
    change_current(over.server, "sales", 0, row=2, value=10)
    assert over.sync().writes == ()
    assert over.cells("sales", "OKR")["F3"] == 0.2


def test_a_change_before_the_first_pass_after_the_end_comes_too_late(over: Installation) -> None:
    """Late numbers count during the grace; what is seen for the first time after it is a change of something closed."""
    over.clock.set(datetime(2027, 1, 10, 8, 0, tzinfo=UTC))
    change_current(over.server, "sales", 0, row=2, value=6)
    assert over.sync().result is PassResult.OK
    over.clock.set(CLOSED_DAY)
    change_current(over.server, "sales", 0, row=2, value=9)
    over.sync()
    assert kept_scores(over)["KR 1"] == Decimal("0.6")


@pytest.mark.parametrize("gone", ["emptied", "deleted"])
def test_a_closed_tab_may_be_emptied_or_deleted(over: Installation, gone: str) -> None:
    over.sync()
    if gone == "emptied":
        area = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 9}
        over.server.edit("sales", {"updateCells": {"range": area, "fields": "userEnteredValue"}})
    else:
        over.server.edit("sales", {"addSheet": {"properties": {"title": "Ghi chú"}}}, {"deleteSheet": {"sheetId": 0}})
    over.later(3600)
    outcome = over.sync()
    assert kept_scores(over) == RESULTS
    assert not {"tab-emptied", "rows-gone", "tab-joined"} & set(codes(outcome))


def test_a_tab_that_is_reused_with_the_same_ids_has_its_own_results_and_history(over: Installation) -> None:
    over.sync()
    cells = [{"userEnteredValue": {"stringValue": "Q1/2027"}}]
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 1}
    over.server.edit("sales", {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": "*"}})
    for row, value in ((2, 1), (3, 3), (4, 4)):
        change_current(over.server, "sales", 0, row=row, value=value)
    over.later(3600)
    outcome = over.sync()
    assert outcome.result is PassResult.OK
    assert kept_scores(over) == RESULTS
    assert list(kept_scores(over, "Q1/2027").values()) == [Decimal("0.1"), Decimal("0.3"), Decimal("0.4")]
    assert [over.cells("sales", "OKR")[f"F{row}"] for row in (3, 4, 5)] == [0.1, 0.3, 0.4]
    assert "changed-after-closing" not in codes(outcome)
    seen = over.records.snapshot("sales")
    assert seen is not None
    keys = [*(found.key for found in seen.objectives), *(found.key for found in seen.key_results)]
    assert len(keys) == len(set(keys)) == 8
    new = next(found.key for found in seen.key_results if seen.scores[found.key].value == Decimal("0.1"))
    assert len(over.records.histories([new])[new]) == 1


def test_an_unchanged_sheet_is_closed_too_without_any_more_requests(over: Installation) -> None:
    reads, writes = over.counted(over.sync)
    assert (reads, writes) == (1, 0)
    assert over.records.closed_keys("sales") == {"2026-Q4"}


def test_results_are_kept_once_and_for_good(over: Installation) -> None:
    over.sync()
    first = over.records.closed_periods("sales")
    change_current(over.server, "sales", 0, row=2, value=10)
    over.later(3600)
    over.sync()
    assert over.records.closed_periods("sales") == first


def test_a_period_that_is_opened_again_is_read_from_the_sheet(over: Installation) -> None:
    over.sync()
    change_current(over.server, "sales", 0, row=2, value=10)
    over.records.decide_period("2026-Q4", False, over.clock.now())
    over.later(60)
    assert over.sync().result is PassResult.OK
    assert kept_scores(over)["KR 1"] == Decimal(1)
    assert over.cells("sales", "OKR")["F3"] == 1
    assert over.records.closed_keys("sales") == frozenset()


def test_a_dry_run_closes_nothing(over: Installation) -> None:
    over.sync(dry_run=True)
    assert over.records.closed_keys("sales") == frozenset()


def test_the_page_knows_what_people_closed(over: Installation) -> None:
    over.records.decide_period("2026-Q4", True, over.clock.now())
    company = company_of(over.records.snapshots(), {}, over.config.company, date(2026, 11, 1), whole=True)
    (period,) = periods_of(company, over.records.closed_by_hand())
    assert period.state is PeriodState.CLOSED


def test_results_stay_on_the_page_when_the_whole_spreadsheet_is_gone(over: Installation) -> None:
    over.sync()
    over.records.forget(["sales"])
    gone = [period.results for period in over.records.closed_periods_of_the_gone()]
    company = company_of(over.records.snapshots(), {}, over.config.company, CLOSED_DAY.date(), whole=True, gone=gone)
    assert {found.text: company.score(found.key).value for found in company.key_results.values()} == RESULTS
    assert company.snapshots == {}
