"""The worker and its key: one that is missing, that is none, that is put in place, or that Google does not know yet."""

from pathlib import Path

import pytest

from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.engine import LONGEST_NAP
from sync.local_sheets.faults.faults import Fault
from tests.support.flat_sheet import every
from tests.support.installation import Installation
from tests.support.keys import write_key
from tests.support.nights import HOUR, MINUTE, about, night, ticks


@pytest.fixture
def key(sales: Installation) -> Path:
    """The configured key file, which is not there yet."""
    path = sales.folder / "key.json"
    sales.configure('credentials = "key.json"\n' + every("30s"))
    return path


def test_a_missing_key_is_told_as_a_failed_pass(sales: Installation, key: Path) -> None:
    with night(10) as clock:
        ticks(sales, clock)
    told = sales.records.last_passes()["sales"]
    assert (told.result, told.message) == (PassResult.FAILED, Trouble.CREDENTIALS)


@pytest.mark.parametrize("text", ["[]", "5", "null"])
def test_a_key_that_is_none_is_told_as_a_failed_pass(sales: Installation, key: Path, text: str) -> None:
    key.write_text(text, encoding="utf-8")
    key.chmod(0o600)
    with night(10) as clock:
        ticks(sales, clock)
    told = sales.records.last_passes()["sales"]
    assert (told.result, told.message) == (PassResult.FAILED, Trouble.CREDENTIALS)


def test_a_key_that_is_put_in_place_is_tried_at_once_however_long_the_pause(sales: Installation, key: Path) -> None:
    with night(HOUR) as clock:
        clock.at(20 * MINUTE, lambda: write_key(key))
        ended = ticks(sales, clock)
    assert [at for at, outcome in ended if outcome.error] == about([0, MINUTE, 3 * MINUTE, 7 * MINUTE, 15 * MINUTE])
    assert ended[5][0] == pytest.approx(20 * MINUTE, abs=LONGEST_NAP)
    assert ended[5][1].result is PassResult.OK


def test_a_key_that_others_could_read_is_tried_again_when_its_mode_is_mended(sales: Installation, key: Path) -> None:
    write_key(key, mode=0o644)
    with night(6 * MINUTE) as clock:
        clock.at(5 * MINUTE, lambda: key.chmod(0o600))
        ended = ticks(sales, clock)
    assert ended[-1][1].result in (PassResult.OK, PassResult.UNCHANGED)


def test_a_new_key_that_google_does_not_know_yet_begins_with_a_short_pause(sales: Installation, key: Path) -> None:
    """Google may need a minute until it knows a new key; an hour's pause would be wrong."""
    write_key(key)
    sales.server.fault(Fault(kind="error", method="token", status=400))
    with night(2 * HOUR) as clock:
        clock.at(80 * MINUTE, lambda: write_key(key))
        ended = ticks(sales, clock)
    after = [at for at, _ in ended if at > 79 * MINUTE]
    assert after[:3] == about([80 * MINUTE, 81 * MINUTE, 83 * MINUTE])
