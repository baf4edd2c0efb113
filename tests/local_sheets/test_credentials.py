"""Credentials: what buys an access token, and what is answered without one, with a wrong one, and to strangers."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
import requests

from sync.local_sheets import LocalSheets

from .conftest import Client


def jwt(claims: dict[str, Any]) -> str:
    def part(content: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    return f"{part({'alg': 'RS256'})}.{part(claims)}.signature"


def test_a_refresh_token_buys_an_access_token(sheets: LocalSheets) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": "anything"}
    answer = requests.post(f"{sheets.url}/token", data=form, timeout=30).json()
    assert (answer["expires_in"], answer["token_type"]) == (3599, "Bearer")


CLAIMS = {"aud": "https://oauth2.googleapis.com/token", "iss": "worker@project.iam.gserviceaccount.com"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"aud": "https://elsewhere"}, "aud must be https://oauth2.googleapis.com/token"),
        ({"iss": ""}, "iss must be the service account"),
        ({"exp": 7_200}, "Token must be a short-lived token (60 minutes) and in a reasonable timeframe"),
        ({"iat": -9_000, "exp": -5_400}, "Token must be a short-lived token (60 minutes)"),
        ({"iat": 3_600, "exp": 7_200}, "Token must be a short-lived token (60 minutes)"),
    ],
)
def test_an_assertion_must_be_meant_for_google_and_for_now(
    sheets: LocalSheets, change: dict[str, Any], fault: str | None
) -> None:
    now = int(time.time())
    times = {name: now + change.get(name, default) for name, default in (("iat", 0), ("exp", 3_600))}
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "assertion": jwt({**CLAIMS, **change, **times}),
    }
    answer = requests.post(f"{sheets.url}/token", data=form, timeout=30)
    assert answer.status_code == (400 if fault else 200)
    assert (fault or "") in answer.json().get("error_description", "")


@pytest.mark.parametrize("assertion", ["", "x", "a.b.c", "..", jwt({}).rpartition(".")[0], jwt({}) + ".more"])
def test_what_is_no_assertion_is_no_grant(sheets: LocalSheets, assertion: str) -> None:
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    answer = requests.post(f"{sheets.url}/token", data=form, timeout=30)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("form", [{}, {"grant_type": "refresh_token"}, {"grant_type": "password"}])
def test_other_grants_are_refused(sheets: LocalSheets, form: dict[str, str]) -> None:
    assert requests.post(f"{sheets.url}/token", data=form, timeout=30).status_code == 400


def test_without_a_credential_a_call_is_forbidden(client: Client) -> None:
    answer = requests.get(client.sheets.url + client.path, timeout=30)
    assert answer.status_code == 403
    assert answer.json()["error"]["message"].startswith("Method doesn't allow unregistered callers")


def test_to_change_something_without_a_credential_is_unauthenticated(client: Client) -> None:
    answer = requests.post(f"{client.sheets.url}{client.path}:batchUpdate", json={}, timeout=30)
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_a_wrong_token_is_told_apart_from_none(client: Client) -> None:
    answer = client.call("GET", client.path, headers={"Authorization": "Bearer nonsense"})
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="https://accounts.google.com/", error="invalid_token"'


def test_an_unknown_spreadsheet_is_not_found(client: Client) -> None:
    answer = client.call("GET", "/v4/spreadsheets/none")
    assert answer.status_code == 404
    assert answer.json() == {
        "error": {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    }


def test_google_auths_own_look_up_is_answered(client: Client) -> None:
    path = "/v1/projects/-/serviceAccounts/sa@project.iam.gserviceaccount.com/allowedLocations"
    assert client.ok("GET", path) == {"locations": [], "encodedLocations": "0x0"}
