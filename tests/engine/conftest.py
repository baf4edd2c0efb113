"""A spreadsheet that the worker looks after."""

import pytest

from tests.support.flat_sheet import HEADER, every, key_results
from tests.support.installation import Installation


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(every("5m"))
    return installation
