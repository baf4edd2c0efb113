"""The quarter so far of the sample company, as its records tell it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from msgspec import structs

from sync.demo.past import FEWEST_WEEKS, past_of, remember
from sync.domain.okr import Metric
from sync.domain.scoring import score_key_result
from sync.domain.snapshot import Snapshot
from sync.records import Records
from tests.demo.conftest import TODAY, Sample


def view_of(sample: Sample, spreadsheet: str) -> Snapshot:
    (found,) = (snapshot for snapshot in sample.snapshots if snapshot.spreadsheet == spreadsheet)
    return found


def days(past: list[Snapshot]) -> list[date]:
    return [view.taken_at.astimezone().date() for view in past]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 21), date(2026, 10, 1)),
        (date(2026, 10, 1), date(2026, 10, 1) - timedelta(weeks=FEWEST_WEEKS)),
        (date(2026, 1, 1), date(2026, 1, 1) - timedelta(weeks=FEWEST_WEEKS)),
    ],
)
def test_there_is_a_point_in_every_week_since_the_quarter_began_and_for_four_weeks_at_least(
    sample: Sample, today: date, first: date
) -> None:
    found = days(list(past_of(replace(view_of(sample, "cong-ty"), check_ins=()), today)))

    assert all((later - earlier).days == 7 for earlier, later in pairwise(found))
    assert first <= found[0] < first + timedelta(weeks=1)
    assert found[-1] == today - timedelta(days=1)


def test_check_ins_agree_with_the_past(sample: Sample) -> None:
    care = view_of(sample, "cham-soc-khach-hang")
    (backlog,) = (found for found in care.key_results if found.id == "CS-O1.3")
    by_day = {view.taken_at.astimezone().date(): view for view in past_of(care, TODAY)}

    for logged in (found for found in care.check_ins if found.key_result == "CS-O1.3"):
        then = structs.replace(backlog, current=logged.value)
        score = by_day[date.fromisoformat(logged.date)].scores[backlog.key]
        assert score.value == score_key_result(then).value


def test_every_score_of_the_past_follows_from_the_rules_and_leads_to_the_present(sample: Sample) -> None:
    for present in sample.snapshots:
        *_, yesterday = past_of(present, TODAY)
        for found in present.key_results:
            now, then = present.scores[found.key].value, yesterday.scores[found.key].value
            assert (now is None) == (then is None)
            if now is not None and then is not None:
                assert abs(now - then) < Decimal("0.2"), found.text


def test_what_is_done_or_not_is_done_at_once(sample: Sample) -> None:
    care = view_of(sample, "cham-soc-khach-hang")
    (tool,) = (found for found in care.key_results if found.metric is Metric.DONE)

    assert {view.scores[tool.key].value for view in past_of(care, TODAY)} == {Decimal(0), Decimal(1)}


def test_what_is_not_measured_has_no_past(sample: Sample) -> None:
    sales = view_of(sample, "kinh-doanh")
    (unmeasured,) = (found for found in sales.key_results if found.current.number is None)

    assert {view.scores[unmeasured.key].value for view in past_of(sales, TODAY)} == {None}


def test_only_the_history_is_remembered(sample: Sample) -> None:
    present = view_of(sample, "cong-ty")
    key = present.objectives[0].key
    with Records.open("sqlite://") as records:
        remember(records, present, TODAY)

        assert records.snapshots() == []
        assert records.memory("cong-ty").owned_columns == frozenset()
        assert len(records.histories([key])[key]) >= FEWEST_WEEKS
        a_week_ago = records.scores_as_of(datetime(2026, 11, 14, tzinfo=UTC))[key]
        histories = records.histories([found.key for found in present.key_results])
        changed = records.newest_changes()
    assert a_week_ago is not None
    assert Decimal(0) < a_week_ago < Decimal("0.64")
    assert len(changed) > 3
    assert changed == {key: points[-1].at for key, points in histories.items() if len(points) > 1}
