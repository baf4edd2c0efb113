"""The real layouts: inspect's proposal, run unedited, against what is expected cell by cell. Skipped without them."""

from pathlib import Path

import pytest

from tests.support.layout_cases import is_silently_wrong, layout, layouts, tried, tried_with_half

SOURCES = layouts()

# What inspect asks about, refuses or gets wrong as yet. Whoever teaches it one more takes it off this list.
NOT_YET = (
    "11-vn-coded-weighted-rows",
    "22-en-separate-objective-score-block",
    "28-en-four-levels-repeated-parents",
    "31-vn-label-group-rows-two-targets",
)


@pytest.mark.skipif(not SOURCES, reason="the layouts are not there")
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.name))
def test_the_proposal_alone_is_fully_right(source: Path) -> None:
    outcome = tried(layout(source))
    assert outcome.right is (source.name not in NOT_YET), outcome.misses


@pytest.mark.skipif(not SOURCES, reason="the layouts are not there")
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.name))
def test_what_leads_to_something_wrong_is_asked_about(source: Path) -> None:
    assert not is_silently_wrong(tried(layout(source)))


@pytest.mark.skipif(not SOURCES, reason="the layouts are not there")
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.name))
def test_it_is_asked_about_in_a_language_of_which_half_is_unknown_too(source: Path, seed: int) -> None:
    assert not is_silently_wrong(tried_with_half(source, seed))
