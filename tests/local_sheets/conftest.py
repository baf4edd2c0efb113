"""A local server with one empty spreadsheet, and the ways to speak to it: gspread, plain HTTP, from inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import gspread
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.credentials import Credentials
from requests.adapters import HTTPAdapter

from sync.local_sheets import LocalSheets


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator[LocalSheets]:
    with LocalSheets(tmp_path / "data") as server:
        yield server


class Client:
    """Plain HTTP to one spreadsheet of the server, for what gspread does not show."""

    def __init__(self, sheets: LocalSheets, caller: str = "local") -> None:
        self.sheets = sheets
        self.http = requests.Session()
        self.token = self.http.post(
            f"{sheets.url}/token", data={"grant_type": "refresh_token", "refresh_token": caller}
        ).json()["access_token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.id = ""

    def call(self, verb: str, path: str, **given: Any) -> requests.Response:
        return self.http.request(verb, self.sheets.url + path, timeout=30, **given)

    def create(self, *titles: str, locale: str = "en_US", rows: int = 10, columns: int = 5) -> str:
        grid = {"rowCount": rows, "columnCount": columns}
        tabs = [{"properties": {"title": title, "gridProperties": grid}} for title in titles or ("Sheet1",)]
        body = {"properties": {"title": "OKRs", "locale": locale}, "sheets": tabs}
        self.id = self.ok("POST", "/v4/spreadsheets", json=body)["spreadsheetId"]
        return self.id

    def ok(self, verb: str, path: str, **given: Any) -> Any:
        response = self.call(verb, path, **given)
        assert response.status_code == 200, response.text
        return response.json()

    def refused(self, verb: str, path: str, **given: Any) -> str:
        """The message of a 400."""
        response = self.call(verb, path, **given)
        assert response.status_code == 400, response.text
        message: str = response.json()["error"]["message"]
        return message

    @property
    def path(self) -> str:
        return f"/v4/spreadsheets/{self.id}"

    def values_path(self, a1: str) -> str:
        return f"{self.path}/values/{quote(a1, safe='')}"

    def get(self, **params: Any) -> Any:
        return self.ok("GET", self.path, params=params)

    def values(self, a1: str, **params: Any) -> Any:
        return self.ok("GET", self.values_path(a1), params=params)

    def put(self, a1: str, rows: list[list[Any]], option: str = "RAW", **params: Any) -> Any:
        query = {"valueInputOption": option, **params}
        return self.ok("PUT", self.values_path(a1), params=query, json={"values": rows})

    def batch(self, *asked: dict[str, Any], params: dict[str, Any] | None = None, **more: Any) -> Any:
        return self.ok("POST", f"{self.path}:batchUpdate", params=params, json={"requests": list(asked), **more})

    def batch_refused(self, *asked: dict[str, Any], **more: Any) -> str:
        return self.refused("POST", f"{self.path}:batchUpdate", json={"requests": list(asked), **more})


@pytest.fixture
def client(sheets: LocalSheets) -> Iterator[Client]:
    with_sheet = Client(sheets)
    with_sheet.create()
    with with_sheet.http:
        yield with_sheet


class ToLocal(HTTPAdapter):
    """Sends what is meant for Google to the local server."""

    def __init__(self, url: str) -> None:
        self.local = urlsplit(url)
        super().__init__()

    def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
        asked = urlsplit(request.url)
        request.url = urlunsplit((self.local.scheme, self.local.netloc, asked.path, asked.query, ""))
        return super().send(request, *args, **kwargs)


@pytest.fixture
def google(sheets: LocalSheets) -> Iterator[gspread.Client]:
    """The real gspread and google-auth; only the socket leads elsewhere."""
    credentials = Credentials(  # type: ignore[no-untyped-call]
        token=None, refresh_token="local", client_id="local", client_secret="local", token_uri=f"{sheets.url}/token"
    )
    with requests.Session() as for_tokens:
        session = AuthorizedSession(credentials, auth_request=Request(for_tokens))  # type: ignore[no-untyped-call]
        with closing(session):
            session.mount("https://", ToLocal(sheets.url))
            yield gspread.Client(auth=None, session=session)  # type: ignore[arg-type]


@pytest.fixture
def book(google: gspread.Client) -> gspread.Spreadsheet:
    return google.create("OKR")


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.sheet1
