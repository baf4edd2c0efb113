"""What is ahead of and behind time, as the configuration says it."""

from decimal import Decimal
from pathlib import Path

import pytest

from sync.domain.pace import PacePolicy
from tests.support.settings_files import SMALLEST, faults, load


def test_what_is_left_out_is_as_usual(tmp_path: Path) -> None:
    company = load(tmp_path, "[pace]\nahead = 0.2\n" + SMALLEST).company
    assert company.pace == PacePolicy(ahead=Decimal("0.2"))


@pytest.mark.parametrize(
    "pace",
    ["behind = 0.3", "far_behind = 0.05", "behind = 0.2\nfar_behind = 0.1"],
)
def test_far_behind_is_no_less_than_behind(pace: str, tmp_path: Path) -> None:
    """Also where only one of the two is written, beside the usual other one."""
    (told,) = faults(tmp_path, f"[pace]\n{pace}\n{SMALLEST}").items()
    assert told[0] == "pace"
    assert told[1].startswith("far_behind must be at least behind, and they are ")


def test_the_fault_names_both_numbers_in_vietnamese_too(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, f"[pace]\nbehind = 0.3\n{SMALLEST}", "vi").values()
    assert "0.25" in told
    assert "0.3" in told
    assert not told.startswith("far_behind must")


def test_far_behind_may_be_where_behind_is(tmp_path: Path) -> None:
    company = load(tmp_path, f"[pace]\nbehind = 0.25\n{SMALLEST}").company
    assert company.pace.behind == company.pace.far_behind


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("aspirational = 0", "pace.aspirational"),
        ("aspirational = 1.1", "pace.aspirational"),
        ("ahead = -0.1", "pace.ahead"),
        ("behind = 0", "pace.behind"),
        ("far_behind = 2", "pace.far_behind"),
        ('ahead = "soon"', "pace.ahead"),
        ("fast = 0.1", "pace.fast"),
    ],
)
def test_a_number_that_is_none_or_out_of_bounds_is_told_at_its_key(line: str, key: str, tmp_path: Path) -> None:
    found = faults(tmp_path, f"[pace]\n{line}\n{SMALLEST}")
    assert list(found) == [key]
    assert found[key]
