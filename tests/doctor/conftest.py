"""Installations that the doctor looks at, with or without a key, and a spreadsheet to try things on."""

import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.examined import ACCOUNT, put_key
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT)
    return installation


@pytest.fixture(scope="module")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, form, serialization.NoEncryption()).decode()


@pytest.fixture
def keyed(sales: Installation, private_key: str) -> Installation:
    """An installation that signs in with a service account's key."""
    key = {
        "type": "service_account",
        "client_email": ACCOUNT,
        "private_key": private_key,
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
