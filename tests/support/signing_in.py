"""A person's way through the sign-in with a real OpenID provider, and whom the page lets in."""

from collections.abc import Callable
from urllib.parse import urlsplit

import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sync.config.access import Readers

DOMAIN = Readers(domains=("cty.vn",))
LIST = Readers(addresses=("adviser@gmail.com",))

Site = Callable[..., Flask]


def asked_of_the_provider(client: FlaskClient, path: str = "/sign-in") -> str:
    """The address at the provider to which a sign-in leads."""
    answer = client.get(path)
    assert answer.status_code == 302
    return answer.headers["Location"]


def consent(address: str, account: str) -> str:
    """The person chooses an account; what follows the host of the address to which the provider sends them back."""
    answer = requests.post(address, data={"sub": account}, allow_redirects=False, timeout=30)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(client: FlaskClient, account: str, path: str = "/sign-in") -> TestResponse:
    """The whole way, up to the page's answer."""
    return client.get(consent(asked_of_the_provider(client, path), account))


def shows_the_plan(client: FlaskClient) -> bool:
    answer = client.get("/alignment.json")
    assert answer.status_code in (200, 401)
    assert ("Secret plan" in answer.text) == (answer.status_code == 200)
    return answer.status_code == 200
