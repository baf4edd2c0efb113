"""A spreadsheet that commands are tried on."""

import pytest

from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT)
    return installation
