"""What a proposal calls sure is right, and most proposals are, with half of the words taken away."""

import pytest

from tests.support.calibration import Calibration, calibration, share_right
from tests.support.layout_cases import Outcome, layout, layouts, tried, tried_with_half

SOURCES = layouts()
SEEDS = range(3)

pytestmark = pytest.mark.skipif(not SOURCES, reason="the layouts are not there")


@pytest.fixture(scope="module")
def lost() -> list[Outcome]:
    """What is proposed for each layout that can be mapped, in languages of which half is unknown."""
    mappable = [source for source in SOURCES if layout(source).should_map]
    return [tried_with_half(source, seed) for source in mappable for seed in SEEDS]


@pytest.fixture(scope="module")
def counts(lost: list[Outcome]) -> Calibration:
    return calibration([tried(layout(source)) for source in SOURCES], lost)


def test_ninety_eight_of_a_hundred_sure_lines_are_right(counts: Calibration) -> None:
    assert share_right(counts, sure=True) >= 0.98, counts


def test_what_is_asked_about_is_less_often_right(counts: Calibration) -> None:
    assert share_right(counts, sure=False) < share_right(counts, sure=True), counts


def test_half_of_the_proposals_are_right_with_half_of_the_words(lost: list[Outcome]) -> None:
    assert sum(outcome.right for outcome in lost) * 2 >= len(lost)
