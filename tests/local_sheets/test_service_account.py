"""A service account's key, with the real google-auth: token, look-up and calls all come here and nowhere else."""

from __future__ import annotations

from contextlib import closing

import gspread
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials

from sync.local_sheets import LocalSheets
from tests.support.keys import private_key

from .conftest import ToLocal

SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


def test_gspread_with_a_key_file_works_as_against_google(sheets: LocalSheets) -> None:
    info = {
        "type": "service_account",
        "client_email": "worker@project.iam.gserviceaccount.com",
        "private_key": private_key(),
        "token_uri": f"{sheets.url}/token",
    }
    credentials = Credentials.from_service_account_info(info, scopes=SCOPES)  # type: ignore[no-untyped-call]
    with requests.Session() as other:
        other.mount("https://", ToLocal(sheets.url))
        session = AuthorizedSession(credentials, auth_request=Request(other))  # type: ignore[no-untyped-call]
        with closing(session):
            session.mount("https://", ToLocal(sheets.url))
            google = gspread.Client(auth=None, session=session)  # type: ignore[arg-type]
            book = google.create("OKRs")
            book.sheet1.update([["KR"]], "A1")
            assert google.open("OKRs").sheet1.acell("A1").value == "KR"
