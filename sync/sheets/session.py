"""Who we are to Google: credentials and the HTTP session that carries them.

With an endpoint, every request of the session and of its token refresh goes there instead; that adapter is the only
code in the whole service that knows of local servers.
"""

import stat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import google.auth
import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import DefaultCredentialsError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account
from requests.adapters import HTTPAdapter

from sync.sheets.errors import SheetsError, Trouble

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)


class EndpointAdapter(HTTPAdapter):
    """Sends what is meant for Google to another address, path and all."""

    def __init__(self, endpoint: str) -> None:
        super().__init__()
        self._endpoint = urlsplit(endpoint)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        asked = urlsplit(request.url or "")
        moved = (self._endpoint.scheme, self._endpoint.netloc, asked.path, asked.query, "")
        request.url = str(urlunsplit(moved))
        return super().send(request, *args, **kwargs)


def open_session(key_file: Path | None, endpoint: str | None) -> AuthorizedSession:
    """A session that is signed in lazily, at its first request. Raises SheetsError for unusable credentials."""
    credentials = _credentials(key_file, endpoint)
    token_session = requests.Session()
    session = AuthorizedSession(credentials, auth_request=Request(token_session))  # type: ignore[no-untyped-call]
    if endpoint:
        for each in (session, token_session):
            each.mount("https://", EndpointAdapter(endpoint))
    return session


def account_of(session: AuthorizedSession) -> str:
    """The e-mail address that a spreadsheet must be shared with; "" where the credentials do not tell."""
    return str(getattr(session.credentials, "service_account_email", "") or "")


def _credentials(key_file: Path | None, endpoint: str | None) -> Credentials:
    if key_file is not None:
        return _from_key_file(key_file)
    if endpoint:
        return user_credentials.Credentials(  # type: ignore[no-untyped-call]
            token=None,
            refresh_token="local",
            client_id="local",
            client_secret="local",
            token_uri="https://oauth2.googleapis.com/token",
            scopes=SCOPES,
        )
    try:
        found, _ = google.auth.default(scopes=SCOPES)
    except DefaultCredentialsError:
        raise SheetsError(Trouble.CREDENTIALS, "no credentials were found on this machine") from None
    return found


def _from_key_file(path: Path) -> Credentials:
    """Credentials from a service account's key file, which nobody else on the machine may read."""
    try:
        if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            raise SheetsError(Trouble.CREDENTIALS, f"{path} can be read by others; run: chmod 600 {path}")
        return service_account.Credentials.from_service_account_file(  # type: ignore[no-untyped-call, no-any-return]
            str(path), scopes=SCOPES
        )
    except OSError as error:
        raise SheetsError(Trouble.CREDENTIALS, f"{path}: {error.strerror}") from None
    except ValueError:
        raise SheetsError(Trouble.CREDENTIALS, f"{path} is not the key file of a service account") from None
