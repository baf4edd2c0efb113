"""The rhythm of check-ins as the configuration says it."""

from pathlib import Path

from sync.domain.okr import Level
from tests.support.settings_files import load

BOTH = """
[check_in]
every = { department = "14d" }
grace = "5d"

[[spreadsheet]]
id = "abc"
check_in = { every = { individual = "3d" } }
[[spreadsheet.tab]]
title = "OKR"
key_result.text = "KR"
"""


def test_what_a_spreadsheets_own_rhythm_leaves_out_is_as_for_the_company(tmp_path: Path) -> None:
    company = load(tmp_path, BOTH).company
    assert company.rhythm.every[Level.DEPARTMENT] == 14
    assert company.rhythm.every[Level.COMPANY] == 30
    own = company.rhythms["abc"]
    assert (own.every[Level.INDIVIDUAL], own.every[Level.DEPARTMENT], own.grace) == (3, 14, 5)
