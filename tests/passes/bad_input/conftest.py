"""The sheet that people spoil here."""

import pytest

from tests.support.installation import Installation
from tests.support.sheet_with_ids import CONFIG, HEADER, rows


@pytest.fixture
def sales(installation: Installation) -> Installation:
    """A flat tab with an ID, three key results at 2, 5 and 8 of 10, and one pass behind it."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows(2, 5, 8)], "Ghi chú": [["x"]]})
    installation.configure(CONFIG)
    installation.sync()
    return installation
