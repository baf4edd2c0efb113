"""gspread's HTTP client with what it lacks: timeouts, bounded retries, and one exception that says what happened.

Reads are repeated; a write is repeated only where Google said that it was not applied (429). Whoever wrote and got no
answer must look before writing again. Decisions are made by HTTP status: gspread's own code comes from the body.
"""

import logging
import random
import threading
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import gspread
import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from requests import Response
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, stop_any
from tenacity.stop import stop_base

from sync.sheets.errors import SheetsError, Trouble

TIMEOUT = (5.0, 60.0)
ATTEMPTS = 5
DEADLINE = 120.0
LONGEST_WAIT = 32.0
TRANSIENT = frozenset({408, 500, 502, 503, 504})

log = logging.getLogger(__name__)


class SheetsHTTPClient(gspread.HTTPClient):
    """What gspread's Client talks through.

    `stopping` ends waits and forbids further requests, unless what was begun `must_finish`.
    """

    stopping: threading.Event

    def __init__(self, auth: Any, session: requests.Session | None = None) -> None:
        super().__init__(auth, session)
        self.set_timeout(TIMEOUT)
        self.stopping = threading.Event()
        self.must_finish = False
        self.reads = self.writes = 0
        self.clock_skew: float | None = None

    def request(  # type: ignore[override]
        self,
        method: str,
        endpoint: str,
        params: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
        **_: Any,
    ) -> Response:
        """One request with its retries. Raises SheetsError and nothing else."""
        is_read = method == "get"
        retrying = Retrying(
            retry=retry_if_exception(lambda error: _is_worth_repeating(error, is_read)),
            stop=stop_any(stop_after_attempt(ATTEMPTS), _StopAt(time.monotonic() + DEADLINE)),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._attempt, method, endpoint, params, json)

    def _attempt(
        self, method: str, endpoint: str, params: Mapping[str, Any] | None, json: Mapping[str, Any] | None
    ) -> Response:
        if self.stopping.is_set() and not self.must_finish:
            raise SheetsError(Trouble.STOPPED)
        is_read = method == "get"
        if is_read:
            self.reads += 1
        else:
            self.writes += 1
        try:
            response = self.session.request(method, endpoint, params=params, json=json, timeout=self.timeout)
        except GoogleAuthError as error:
            raise _token_error(error) from error
        except TypeError as error:
            # What google-auth makes of a truncated answer from the sign-in server.
            raise SheetsError(Trouble.NETWORK, "the sign-in server gave a broken answer") from error
        except requests.RequestException as error:
            raise SheetsError(Trouble.NETWORK, type(error).__name__, ambiguous=not is_read) from error
        self.clock_skew = _skew(response)
        if response.status_code != 200:
            raise _refusal(response, is_read)
        return response

    def _sleep(self, seconds: float) -> None:
        self.stopping.wait(seconds)


class _StopAt(stop_base):
    """No further attempt that would begin after a moment of the monotonic clock."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline

    def __call__(self, retry_state: RetryCallState) -> bool:
        return time.monotonic() + retry_state.upcoming_sleep >= self._deadline


def _is_worth_repeating(error: BaseException, is_read: bool) -> bool:
    if not isinstance(error, SheetsError):
        return False
    return error.trouble is Trouble.QUOTA or (error.trouble is Trouble.NETWORK and is_read)


def _wait(state: RetryCallState) -> float:
    """Full jitter up to 1, 2, 4 … 32 s; for the quota, as long as Google says or to the minute's edge."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, SheetsError) and error.trouble is Trouble.QUOTA:
        return error.retry_after or 60 - time.time() % 60 + random.random()
    return random.uniform(0, min(LONGEST_WAIT, 2.0 ** (state.attempt_number - 1)))


def _token_error(error: GoogleAuthError) -> SheetsError:
    """No token: Google's refusal of the key needs a person, everything else passes."""
    if isinstance(error, TransportError):
        return SheetsError(Trouble.NETWORK, "the sign-in server did not answer")
    body = error.args[1] if isinstance(error, RefreshError) and len(error.args) > 1 else None
    code = body.get("error") if isinstance(body, dict) else None
    if code in ("invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope"):
        description = body.get("error_description", "") if isinstance(body, dict) else ""
        return SheetsError(Trouble.CREDENTIALS, f"{code}: {description}".rstrip(": "))
    return SheetsError(Trouble.NETWORK, "the sign-in server gave no token")


def _refusal(response: Response, is_read: bool) -> SheetsError:
    status = response.status_code
    error = _error_body(response)
    message = str(error.get("message", "")) or f"HTTP {status}"
    trouble = _trouble(status, str(error.get("status", "")), message, str(error.get("details", "")))
    log.info("Google answered %s (%s)", status, trouble)
    return SheetsError(
        trouble,
        message,
        status=status,
        retry_after=_retry_after(response),
        ambiguous=not is_read and trouble is Trouble.NETWORK,
    )


def _error_body(response: Response) -> Mapping[str, Any]:
    """Google's error object; empty for an HTML page from its front end."""
    try:
        body = response.json()
    except requests.JSONDecodeError:
        return {}
    error = body.get("error") if isinstance(body, dict) else None
    return error if isinstance(error, dict) else {}


def _trouble(status: int, name: str, message: str, details: str) -> Trouble:
    if status == 429 or name == "RESOURCE_EXHAUSTED":
        return Trouble.QUOTA
    if status in TRANSIENT or status >= 500:
        return Trouble.NETWORK
    if status == 401:
        return Trouble.CREDENTIALS
    if status == 403:
        return Trouble.API_DISABLED if "SERVICE_DISABLED" in details else Trouble.PERMISSION
    if status == 404:
        return Trouble.NOT_FOUND
    if name == "FAILED_PRECONDITION" and "not supported for this document" in message:
        return Trouble.NOT_A_SHEET
    if "protected cell or object" in message:
        return Trouble.PROTECTED
    return Trouble.RANGE if any(sign in message for sign in _OUT_OF_DATE) else Trouble.REFUSED


# What Google says when rows, columns or tabs that we knew of are there no more.
_OUT_OF_DATE = ("Unable to parse range", "exceeds grid limits", "beyond the last requested", "No grid with id")


def _retry_after(response: Response) -> float:
    text = response.headers.get("Retry-After", "")
    return min(float(text), 60.0) if text.isdigit() else 0.0


def _skew(response: Response) -> float | None:
    """Seconds by which our clock is ahead of the server's; None where it tells no time."""
    try:
        told = parsedate_to_datetime(response.headers.get("Date", ""))
    except ValueError:
        return None
    return time.time() - told.timestamp()
