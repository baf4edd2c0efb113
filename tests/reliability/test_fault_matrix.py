"""The fault matrix: every request of a pass × everything that can befall it × before, after and in the middle.

Nothing here waits: silence and drips meet a pass whose time is over.
"""

from collections.abc import Callable, Iterator

import pytest

from sync.google.http import ATTEMPTS
from tests.reliability import matrix
from tests.reliability.cases import CASES, Case
from tests.reliability.matrix import GOOD, Ground, Outcome

OutcomeOf = Callable[[Case], Outcome]


@pytest.fixture(scope="module")
def outcome_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeOf]:
    """Runs a case the first time that it is asked for."""
    ground = Ground(tmp_path_factory.mktemp("matrix"))
    known: dict[str, Outcome] = {}

    def outcome(case: Case) -> Outcome:
        if str(case) not in known:
            known[str(case)] = ground.run(case)
        return known[str(case)]

    yield outcome
    ground.close()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_at_most_two_passes_after_the_fault_everything_is_right(outcome_of: OutcomeOf, case: Case) -> None:
    outcome = outcome_of(case)
    assert outcome.passes_until_right <= 2
    assert (outcome.wrong, outcome.differences, outcome.pending_write) == ({}, [], None)
    assert outcome.last in GOOD


def test_no_pass_is_called_good_over_a_sheet_that_is_not(outcome_of: OutcomeOf) -> None:
    assert {str(case): found for case in CASES if (found := outcome_of(case).good_but_wrong)} == {}


def test_only_a_write_beside_a_moved_row_hits_a_foreign_cell_and_it_is_put_back(outcome_of: OutcomeOf) -> None:
    assert [str(case) for case in CASES if outcome_of(case).put_back and not case.site.moved] == []
    assert {str(case): found for case in CASES if (found := outcome_of(case).differences)} == {}


def test_a_request_is_sent_five_times_at_most(outcome_of: OutcomeOf) -> None:
    assert [str(case) for case in CASES if outcome_of(case).sent_to_site > case.site.skip + ATTEMPTS] == []


def test_a_lasting_fault_that_stops_a_pass_is_told_as_what_it_is(outcome_of: OutcomeOf) -> None:
    firsts = [(case, outcome_of(case).first) for case in CASES if case.extent == "lasting"]
    stopped = [(case, first.error) for case, first in firsts if first.result not in GOOD]
    told_otherwise = [case for case, error in stopped if error is None or error.trouble is not case.kind.trouble]
    assert stopped
    assert [str(case) for case in told_otherwise] == []


def test_the_document_shows_what_came_of_every_case(outcome_of: OutcomeOf) -> None:
    outcomes = {str(case): outcome_of(case) for case in CASES}
    assert matrix.committed() == matrix.tables(outcomes).strip("\n"), "run python -m tests.reliability.matrix"
