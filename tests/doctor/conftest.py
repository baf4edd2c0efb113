"""Installations that the doctor looks at, with or without a key, and a spreadsheet to try things on."""

import json

import pytest

from tests.support.examined import ACCOUNT, put_key
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation
from tests.support.keys import private_key


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT)
    return installation


@pytest.fixture
def keyed(sales: Installation) -> Installation:
    """An installation that signs in with a service account's key."""
    key = {
        "type": "service_account",
        "client_email": ACCOUNT,
        "private_key": private_key(),
        "private_key_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    put_key(sales, json.dumps(key))
    return sales


@pytest.fixture
def scratch(installation: Installation) -> Installation:
    """An installation with a spreadsheet for OKRs, and one to try things on, where a person keeps something."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.spreadsheet("scratch", {"Mine": [["a secret", "=1+1"]]})
    installation.configure(FLAT)
    return installation
