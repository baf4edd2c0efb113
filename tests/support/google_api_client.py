"""Google's own Python client, built for the local server, and what it is refused."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document  # type: ignore[attr-defined]
from googleapiclient.errors import HttpError

from sync.local_sheets import LocalSheets
from tests.local_sheets.discovery import document

SPREADSHEET = "application/vnd.google-apps.spreadsheet"


def signed_in(sheets: LocalSheets, refresh_token: str = "worker") -> Credentials:
    return Credentials(  # type: ignore[no-untyped-call]
        None, refresh_token=refresh_token, client_id="local", client_secret="local", token_uri=f"{sheets.url}/token"
    )


def service(sheets: LocalSheets, name: str, credentials: Credentials) -> Any:
    root = f"{sheets.url}/"
    # The client writes into the document that it is built from.
    described = {**deepcopy(document(name)), "rootUrl": root}
    described["baseUrl"] = root + described["servicePath"]
    return build_from_document(described, credentials=credentials)


def refused(request: Any) -> tuple[int, dict[str, Any]]:
    """Status and error of a request that fails."""
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value.status_code, json.loads(caught.value.content)["error"]
