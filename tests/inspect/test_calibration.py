"""What a proposal calls sure is right, on the real layouts and with half of the words taken away."""

import pytest

from tests.support.calibration import Calibration, calibration, share_right
from tests.support.layout_cases import layout, layouts, tried

SOURCES = layouts()
SEEDS = range(3)

pytestmark = pytest.mark.skipif(not SOURCES, reason="the layouts are not there")


@pytest.fixture(scope="module")
def counts() -> Calibration:
    return calibration([tried(layout(source)) for source in SOURCES], SEEDS)


def test_ninety_eight_of_a_hundred_sure_lines_are_right(counts: Calibration) -> None:
    assert share_right(counts, sure=True) >= 0.98, counts


def test_what_is_asked_about_is_less_often_right(counts: Calibration) -> None:
    assert share_right(counts, sure=False) < share_right(counts, sure=True), counts
