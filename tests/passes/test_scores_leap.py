"""More scores that change at once than people change in a pass: they wait until they are accepted."""

from sync.domain.memory import PassResult
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results, scores
from tests.support.installation import Installation
from tests.support.outcomes import codes


def test_when_most_scores_change_at_once_nothing_is_written_until_it_is_accepted(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(*[5] * 20)]})
    installation.configure(FLAT)
    installation.sync()
    before = scores(installation)
    filled_down = [{"values": [{"userEnteredValue": {"numberValue": 1000}}]} for _ in range(20)]
    target = {"sheetId": 0, "rowIndex": 1, "columnIndex": 3}
    installation.server.edit(
        "sales", {"updateCells": {"start": target, "rows": filled_down, "fields": "userEnteredValue"}}
    )
    outcome = installation.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.REFUSED, ["scores-leap"])
    assert scores(installation) == before
    assert outcome.snapshot is not None
    assert {str(score.value) for score in outcome.snapshot.scores.values()} == {"0.5"}
    assert codes(installation.sync()) == ["scores-leap"]
    assert installation.sync(accept=True).result is PassResult.OK
    assert set(scores(installation).values()) == {0.01}


def test_a_weekly_check_in_of_three_quarters_of_the_scores_is_written(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(*[5] * 20)]})
    installation.configure(FLAT)
    installation.sync()
    for row in range(1, 16):
        change_current(installation.server, "sales", 0, row, value=6)
    assert installation.sync().result is PassResult.OK
    assert list(scores(installation).values()) == [0.6] * 15 + [0.5] * 5


def test_the_share_of_scores_that_may_change_is_the_admins_to_set(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(*[5] * 20)]})
    installation.configure(FLAT.replace('id = "sales"', 'id = "sales"\nmost_changes = 1'))
    installation.sync()
    for row in range(1, 21):
        change_current(installation.server, "sales", 0, row, value=6)
    assert installation.sync().result is PassResult.OK
