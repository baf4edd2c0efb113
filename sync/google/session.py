"""Who we are to Google: credentials, where they come from, and the session that signs requests with them."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import google.auth
import requests
from google.auth.credentials import Credentials, with_scopes_if_required
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError
from google.auth.transport import Response
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account

from sync.clock import Clock, SystemClock
from sync.domain.failures import Trouble
from sync.google.errors import CredentialsError, CredentialsFault, SheetsError
from sync.google.key_file import credentials_file, read_credentials
from sync.google.refusals import no_token, retry_after
from sync.google.wire import Wire

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)

# What google-auth trips with over an answer that is cut off or of another shape.
_BROKEN_ANSWER = (TypeError, ValueError, KeyError, AttributeError, RecursionError)


class SignIn(Request):
    """google-auth's way to the sign-in servers, without its own repeating: that sleeps, and knows of no deadline."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(_carried_by(requests.Session(), wire))
        self._clock = wire.clock

    def __call__(self, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().__call__(*args, **kwargs)  # type: ignore[no-untyped-call]
        if response.status in (408, 429) or response.status >= 500:
            detail = f"the sign-in server answered {response.status}"
            told = retry_after(response.headers, self._clock.now())
            raise SheetsError(Trouble.NETWORK, detail, status=response.status, retry_after=told)
        return response


class Identity:
    """Credentials, and the token that they last got. Sessions of several threads may share one."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self.signing_in = threading.Lock()


class GoogleSession(AuthorizedSession):
    """A session of one identity, signed in when first needed. It does not sign in again by itself after a 401."""

    def __init__(self, identity: Identity, sign_in: SignIn, wire: Wire) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            identity.credentials, refresh_status_codes=(), auth_request=sign_in
        )
        self.identity, self._sign_in, self.wire = identity, sign_in, wire
        _carried_by(self, wire)

    @property
    def account(self) -> str:
        """The e-mail address that a spreadsheet must be shared with; "" where the credentials do not tell."""
        known = str(getattr(self.credentials, "service_account_email", "") or "")
        # An identity that is attached to the machine is called "default" until it signs in.
        return known if "@" in known else ""

    def sign_in(self, refused: str | None = None) -> str:
        """A good token; another one than that which was `refused`. Raises GoogleAuthError and SheetsError."""
        lock = self.identity.signing_in
        if not lock.acquire(timeout=max(0.0, min(self.wire.deadline.left, threading.TIMEOUT_MAX))):
            raise SheetsError(Trouble.NETWORK, "the sign-in server did not answer")
        try:
            if not self.credentials.valid or self.credentials.token == refused:
                self._refresh()
            return str(self.credentials.token)
        finally:
            lock.release()

    def _refresh(self) -> None:
        try:
            self.credentials.refresh(self._sign_in)
        except GoogleAuthError:
            raise
        except _BROKEN_ANSWER as error:
            raise SheetsError(Trouble.NETWORK, "the sign-in server gave a broken answer") from error

    def close(self) -> None:
        """Close the connections."""
        super().close()  # type: ignore[no-untyped-call]
        self._sign_in.session.close()


def open_session(
    key_file: Path | None,
    endpoint: str | None,
    clock: Clock | None = None,
    identity: Identity | None = None,
    scopes: Sequence[str] = SCOPES,
) -> GoogleSession:
    """A session that is signed in at its first request, as an `identity` that is known already or as a new one, which
    may do what `scopes` allow.

    Raises SheetsError for unusable credentials.
    """
    wire = Wire(clock or SystemClock(), endpoint)
    sign_in = SignIn(wire)
    return GoogleSession(identity or Identity(_credentials(key_file, endpoint, sign_in, scopes)), sign_in, wire)


def _credentials(key_file: Path | None, endpoint: str | None, sign_in: SignIn, scopes: Sequence[str]) -> Credentials:
    if key_file is not None:
        return _from_key_file(key_file, scopes)
    return _accepted_locally(scopes) if endpoint is not None else default_credentials(sign_in, scopes)


def default_credentials(sign_in: SignIn, scopes: Sequence[str] = SCOPES) -> Credentials:
    """What this machine has: the file that an environment variable names (of a key, a federated workload, an
    impersonation), gcloud's own, or the identity that is attached to the machine. Raises SheetsError for none.
    """
    path = credentials_file(None)
    if path is not None:
        read_credentials(path)
        # Nothing is asked of Google here as long as the scopes come later.
        with _the_fault_of(path, CredentialsFault.NO_CREDENTIALS):
            found, _ = google.auth.default(request=sign_in)
            return with_scopes_if_required(found, scopes)  # type: ignore[no-untyped-call, no-any-return]
    try:
        found, _ = google.auth.default(scopes=scopes, request=sign_in)
    except DefaultCredentialsError:
        raise CredentialsError(CredentialsFault.NONE) from None
    except GoogleAuthError as error:
        raise no_token(error, None) from error
    except _BROKEN_ANSWER as error:
        raise SheetsError(Trouble.NETWORK, "the sign-in server gave a broken answer") from error
    return found


def _carried_by(session: requests.Session, wire: Wire) -> requests.Session:
    session.mount("https://", wire)
    session.mount("http://", wire)
    return session


def _accepted_locally(scopes: Sequence[str]) -> Credentials:
    return user_credentials.Credentials(  # type: ignore[no-untyped-call]
        token=None,
        refresh_token="local",
        client_id="local",
        client_secret="local",
        token_uri="https://oauth2.googleapis.com/token",
        scopes=scopes,
    )


def _from_key_file(path: Path, scopes: Sequence[str]) -> Credentials:
    """Credentials from a service account's key file, which nobody else on the machine may read."""
    key = read_credentials(path)
    with _the_fault_of(path, CredentialsFault.NO_KEY):
        return service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call, no-any-return]
            key, scopes=scopes
        )


@contextmanager
def _the_fault_of(path: Path, fault: CredentialsFault) -> Iterator[None]:
    """Whatever google-auth trips over in here, it is what the file holds; and that is not to be quoted."""
    try:
        yield
    except Exception:
        raise CredentialsError(fault, path) from None
