"""The turn of a period as an admin sees it: `close` before the time and the way back, and what `check` says."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.records import Records
from tests.support.commands import okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results
from tests.support.installation import Installation

DATED = FLAT.replace(
    'objective]\ntext = "Mục tiêu"', 'objective]\ntext = "Mục tiêu"\nperiod = { value = "Quý 4/2090" }'
)


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(DATED)
    installation.clock.set(datetime.now(UTC))
    installation.sync()
    return installation


def score_of_the_first(installation: Installation) -> object:
    change_current(installation.server, "sales", 0, row=1, value=9)
    assert okr_sheets(installation, "sync").returncode in (0, 1)
    return installation.cells("sales", "OKR")["F2"]


def test_a_period_is_closed_by_any_of_its_names_and_a_later_change_does_not_count(sales: Installation) -> None:
    run = okr_sheets(sales, "close", "Q4-2090")
    assert run.returncode == 0, run.stderr
    assert "Quý 4/2090" in run.stdout
    assert score_of_the_first(sales) == 0.2


def test_what_was_closed_can_be_opened_again(sales: Installation) -> None:
    okr_sheets(sales, "close", "Q4/2090")
    assert okr_sheets(sales, "close", "Q4/2090", "--reopen").returncode == 0
    assert score_of_the_first(sales) == 0.9


def test_closing_twice_keeps_the_first_results(sales: Installation) -> None:
    okr_sheets(sales, "close", "Q4/2090")
    kept = sales.records.closed_periods("sales")
    assert okr_sheets(sales, "close", "Q4/2090").returncode == 0
    assert sales.records.closed_periods("sales") == kept


def test_a_period_that_nobody_has_is_refused_with_those_that_there_are(sales: Installation) -> None:
    run = okr_sheets(sales, "close", "Q3/2090")
    assert run.returncode == 2
    assert "Q3/2090" in run.stderr
    assert "Quý 4/2090" in run.stderr
    assert "Traceback" not in run.stderr


def test_check_names_the_units_that_have_nothing_in_a_quarter_that_begins(installation: Installation) -> None:
    today = datetime.now(UTC).date()
    now, soon = today.replace(day=1), (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    rows = [
        [f"Mục tiêu {unit}", "KR", 0, 10, 5, None, unit, f"{day:%m/%Y}"] for unit, day in (("Kho", now), ("Bán", soon))
    ]
    installation.spreadsheet("sales", {"OKR": [[*HEADER, "Đơn vị", "Kỳ"], *rows]})
    installation.configure(
        FLAT.replace('objective]\ntext = "Mục tiêu"', 'objective]\ntext = "Mục tiêu"\nunit = "Đơn vị"\nperiod = "Kỳ"')
    )
    run = okr_sheets(installation, "check")
    assert f"{soon:%m/%Y} begins on {soon}: 1 active objective, 0 drafts." in run.stdout
    assert f"these have none in {soon:%m/%Y} yet: Kho" in run.stdout


def test_results_of_closed_periods_go_along_into_a_database_that_is_begun_anew(sales: Installation) -> None:
    okr_sheets(sales, "close", "Q4/2090")
    kept = sales.records.closed_periods("sales")
    sales.records.close()
    assert okr_sheets(sales, "rebuild-records").returncode in (0, 1)
    with Records.open(sales.config.database_url) as anew:
        assert anew.closed_periods("sales") == kept
        assert anew.closed_by_hand() == {"2090-Q4": True}
