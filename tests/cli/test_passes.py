"""One pass over every spreadsheet, as the commands make it."""

from sync.cli.passes import passes_over
from sync.clock import SystemClock
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.passes.locks import pass_lock
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation


def test_a_spreadsheet_that_another_process_is_busy_with_counts_with_its_last_good_view(
    installation: Installation,
) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT)
    installation.sync()
    with pass_lock(installation.folder / "state", "sales", installation.records, SystemClock()):
        (outcome,) = passes_over(installation.config, accept=False, dry_run=False, patience=0)
    assert outcome.error
    assert (outcome.result, outcome.error.trouble) == (PassResult.FAILED, Trouble.BUSY)
    assert outcome.snapshot
    assert [kr.text for kr in outcome.snapshot.key_results] == ["KR 1", "KR 2"]
