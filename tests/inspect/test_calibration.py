"""What a proposal calls sure is right, and most proposals are, with half of the words taken away."""

from collections.abc import Iterable

import pytest

from tests.support.calibration import Calibration, calibration, share_right
from tests.support.layout_cases import Outcome, is_silently_wrong, layout, layouts, tried, tried_with_half

SOURCES = layouts()
SEEDS = range(3)
# Nothing was mended by looking at what is proposed with these.
HELD_OUT = (61,)

pytestmark = pytest.mark.skipif(not SOURCES, reason="the layouts are not there")


def tried_in_unknown_languages(seeds: Iterable[int]) -> list[Outcome]:
    """What is proposed for each layout that can be mapped, in languages of which half is unknown."""
    mappable = [source for source in SOURCES if layout(source).should_map]
    return [tried_with_half(source, seed) for source in mappable for seed in seeds]


@pytest.fixture(scope="module")
def whole() -> list[Outcome]:
    return [tried(layout(source)) for source in SOURCES]


@pytest.fixture(scope="module")
def lost() -> list[Outcome]:
    return tried_in_unknown_languages(SEEDS)


@pytest.fixture(scope="module")
def held_out() -> list[Outcome]:
    return tried_in_unknown_languages(HELD_OUT)


@pytest.fixture(scope="module")
def counts(whole: list[Outcome], lost: list[Outcome]) -> Calibration:
    return calibration(whole, lost)


def test_ninety_eight_of_a_hundred_sure_lines_are_right(counts: Calibration) -> None:
    assert share_right(counts, sure=True) >= 0.98, counts


def test_they_are_in_languages_that_nobody_looked_at(whole: list[Outcome], held_out: list[Outcome]) -> None:
    without_half = calibration(whole, held_out) - calibration(whole, [])
    assert share_right(without_half, sure=True) >= 0.98, without_half


def test_what_is_asked_about_is_less_often_right(counts: Calibration) -> None:
    assert share_right(counts, sure=False) < share_right(counts, sure=True), counts


def test_half_of_the_proposals_are_right_with_half_of_the_words(lost: list[Outcome]) -> None:
    assert sum(outcome.right for outcome in lost) * 2 >= len(lost)


def test_what_leads_to_something_wrong_is_asked_about_in_languages_that_nobody_looked_at(
    held_out: list[Outcome],
) -> None:
    assert [outcome.layout.name for outcome in held_out if is_silently_wrong(outcome)] == []
