"""How a score is shown: rounded, on the scale of its column, in its band, and with its working."""

from decimal import Decimal

import pytest

from sync.domain.okr import KeyResult, Metric
from sync.domain.scoring import Band, Bands, Scale, Score, on_scale, rounded, score_key_result
from sync.domain.working import working
from tests.support.key_results import key_result


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [("0.725", 2, "0.73"), ("0.7249", 2, "0.72"), ("72.5", 0, "73"), ("0.005", 2, "0.01"), ("1e30", 2, "1e30")],
)
def test_rounding_is_half_up(value: str, decimals: int, shown: str) -> None:
    assert rounded(Decimal(value), decimals) == Decimal(shown)


@pytest.mark.parametrize(
    ("scale", "decimals", "held"),
    [
        (1, None, "0.73"),
        (1, 0, "0"),
        (10, None, "7"),
        (100, None, "73"),
        (100, 1, "72.5"),
        ("percent", None, "0.73"),
        ("percent", 1, "0.725"),
    ],
)
def test_a_score_is_written_on_the_scale_of_its_column(scale: Scale, decimals: int | None, held: str) -> None:
    assert on_scale(Decimal("0.725"), scale, decimals) == Decimal(held)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("1", Band.DONE),
        ("0.99999", Band.ON_TRACK),
        ("0.6", Band.ON_TRACK),
        ("0.59999", Band.AT_RISK),
        ("0.3", Band.AT_RISK),
        ("0.29999", Band.OFF_TRACK),
        ("0", Band.OFF_TRACK),
    ],
)
def test_bands_are_half_open_on_the_unrounded_score(value: str, band: Band) -> None:
    assert Bands().of(Decimal(value)) is band


@pytest.mark.parametrize(
    ("found", "arithmetic"),
    [
        (key_result(start="30", target="50", current="36"), "(36 − 30) ÷ (50 − 30) = 0.30"),
        (key_result(target="60", current="45"), "45 ÷ 60 = 0.75"),
        (key_result(target="20", current="25"), "25 ÷ 20 = 1.25 → 1.00"),
        (key_result(Metric.AT_MOST, target="20", current="28"), "28 ≤ 20 ✗ → 0.00"),
        (key_result(Metric.AT_MOST, target="20", current="8", strict=True), "8 < 20 ✓ → 1.00"),
        (key_result(Metric.AT_LEAST, target="8", current="9"), "9 ≥ 8 ✓ → 1.00"),
        (key_result(Metric.AT_LEAST, target="8", current="9", strict=True), "9 > 8 ✓ → 1.00"),
        (key_result(Metric.BETWEEN, target="4;5", current="4.5"), "4.5 ∈ [4; 5] ✓ → 1.00"),
        (key_result(Metric.DONE, current="yes"), "yes → 1.00"),
        (key_result(target="60"), ""),
    ],
)
def test_every_number_explains_itself(found: KeyResult, arithmetic: str) -> None:
    assert working(found, score_key_result(found), str) == arithmetic


def test_a_kept_score_has_no_working() -> None:
    assert working(key_result(target="60", current="3"), Score(Decimal(1), stale=1), str) == ""
