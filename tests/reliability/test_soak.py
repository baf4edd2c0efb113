"""A long run in short: `make soak` makes 10,000 passes, and is what docs/reliability.md gives the figures of."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from sync.domain.memory import PassResult
from tests.reliability.soak import Figures, soak

PASSES = 120
# What may lie about at one moment and not at another: a row in hand, a cache that fills.
SLACK = 500_000
# Connections that are about to be closed.
FEW_FILES = 10


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """In a process of its own: what other tests hold open, and let go meanwhile, is not what is measured."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(soak, tmp_path_factory.mktemp("soak"), PASSES, seed=7).result()


def test_after_many_passes_with_faults_and_edits_memory_and_open_files_are_as_before(figures: Figures) -> None:
    early, *_, late = figures.held
    assert late.open_files <= early.open_files + FEW_FILES
    assert late.traced_bytes <= early.traced_bytes + SLACK


def test_no_pass_among_them_was_called_good_and_was_not(figures: Figures) -> None:
    assert figures.good_but_wrong == []


def test_the_second_calm_pass_always_had_all_right(figures: Figures) -> None:
    assert figures.late == []


def test_the_run_was_worth_its_name(figures: Figures) -> None:
    assert figures.faults >= 24
    assert figures.edits >= 30
    assert figures.put_back >= 3
    assert {PassResult.OK, PassResult.UNCHANGED, PassResult.FAILED} <= set(figures.results)
