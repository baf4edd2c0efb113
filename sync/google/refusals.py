"""What Google's refusals mean: from an answer, or from none, to one SheetsError. No requests here.

Decided by HTTP status first: the code inside a body may be missing, and so may the body.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError, TransportError
from requests import Response
from urllib3.exceptions import MaxRetryError, NewConnectionError

from sync.domain.failures import Trouble
from sync.google.errors import SheetsError
from sync.google.json_object import json_object
from sync.google.quota import Kind
from sync.google.wire import told_time

LONGEST_RETRY_AFTER = 300.0
# Google forgives a little; from here on a refused sign-in is most likely the clock's fault.
_MUCH_SKEW = 60.0

_OVER_QUOTA = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}
# What Google says when rows, columns or tabs that we knew of are there no more.
_OUT_OF_DATE = ("Unable to parse range", "exceeds grid limits", "beyond the last requested", "No grid with id")
# What google-auth says of the token file of a federated workload.
_NO_SUBJECT = ("File '", "Unable to parse the subject_token")
_ONLY_VIEWING = "; an account that may only view the spreadsheet can get this answer too"


def refusal(response: Response, kind: Kind, now: datetime) -> SheetsError:
    """An answer that is not 200. A write counts as ambiguous wherever Google did not say that it refuses it."""
    status, error = response.status_code, _error_of(response.content)
    message = str(error.get("message", "")) or f"HTTP {status}"
    trouble = _trouble(status, set(_reasons(error)), message)
    request = re.search(r"requests\[(\d{1,6})\]", message)
    return SheetsError(
        trouble,
        message + _ONLY_VIEWING if status == 500 and kind == "write" else message,
        status=status,
        retry_after=retry_after(response.headers, now),
        ambiguous=kind == "write" and trouble is Trouble.NETWORK,
        request_index=int(request[1]) if request else None,
    )


def no_answer(error: requests.RequestException, kind: Kind) -> SheetsError:
    """A request without a whole answer; unless no connection came about, a write may have been applied."""
    sent = not isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError)
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError):
        sent, cause = False, cause.reason
    name = type(cause if isinstance(cause, Exception) else error).__name__
    return SheetsError(Trouble.NETWORK, name, ambiguous=sent and kind == "write")


def no_token(error: GoogleAuthError, clock_skew: float | None) -> SheetsError:
    """Not signed in: what Google refuses needs a person, everything else passes."""
    if isinstance(error, TransportError):
        return SheetsError(Trouble.NETWORK, "the sign-in server did not answer")
    body = error.args[1] if len(error.args) > 1 else None
    answer = body if isinstance(body, dict) else json_object(body) if isinstance(body, str) else {}
    refused = answer.get("error")
    if isinstance(refused, dict) and refused.get("message"):
        return SheetsError(Trouble.CREDENTIALS, str(refused["message"]))
    if isinstance(refused, str):
        description = str(answer.get("error_description") or "")
        detail = f"{refused}: {description}".rstrip(": ")
        return SheetsError(Trouble.CREDENTIALS, detail + _about_the_clock(refused, description, clock_skew))
    if str(error).startswith(_NO_SUBJECT):
        return SheetsError(Trouble.CREDENTIALS, str(error))
    return SheetsError(Trouble.NETWORK, "the sign-in server gave no token")


def _about_the_clock(refused: str, description: str, skew: float | None) -> str:
    if refused != "invalid_grant" or skew is None or (abs(skew) < _MUCH_SKEW and "iat" not in description.split()):
        return ""
    return f" This machine's clock is {abs(skew):.0f} seconds {'ahead of' if skew > 0 else 'behind'} Google's."


def _trouble(status: int, reasons: set[str], message: str) -> Trouble:
    if status == 429 or (status == 403 and reasons & _OVER_QUOTA):
        return Trouble.QUOTA
    if status < 400 or status == 408 or status >= 500:
        return Trouble.NETWORK
    if status == 401:
        return Trouble.CREDENTIALS
    if status == 403:
        return Trouble.API_DISABLED if "SERVICE_DISABLED" in reasons else Trouble.PERMISSION
    if status == 404:
        return Trouble.NOT_FOUND
    if "not supported for this document" in message:
        return Trouble.NOT_A_SHEET
    if "protected cell or object" in message:
        return Trouble.PROTECTED
    return Trouble.RANGE if any(sign in message for sign in _OUT_OF_DATE) else Trouble.REFUSED


def _reasons(error: Mapping[str, Any]) -> Iterator[str]:
    """The words by which Google's APIs, old and new, name a reason beside the status."""
    yield str(error.get("status", ""))
    for group in ("errors", "details"):
        found = error.get(group)
        for each in found if isinstance(found, list) else ():
            if isinstance(each, dict):
                yield str(each.get("reason", ""))


def _error_of(text: bytes) -> Mapping[str, Any]:
    """Google's error object; empty for an HTML page from its front end."""
    error = json_object(text).get("error")
    return error if isinstance(error, dict) else {}


def retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """The seconds that a server asks for, 0 for nothing told. A date counts from the server's own, else from `now`."""
    text = headers.get("Retry-After", "")
    seconds = float(text) if text.isdecimal() else 0.0
    if (until := told_time(headers, "Retry-After")) is not None:
        seconds = until - (told_time(headers, "Date") or now.timestamp())
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)
