"""The sheet that most passes here are made over."""

import pytest

from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation


@pytest.fixture
def sales(installation: Installation) -> Installation:
    """A flat tab with three key results at 2, 5 and 8 of 10."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5, 8)]})
    installation.configure(FLAT)
    return installation
