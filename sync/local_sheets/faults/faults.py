"""Faults on purpose: which requests fare badly, and what they are answered. How it goes over the wire is for `wire`."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from werkzeug import Response
from werkzeug.http import http_date

from sync.local_sheets.errors import ApiError, bad_token

_JSON = "application/json; charset=UTF-8"

# What Google says with each status where nothing more is known.
_MESSAGES = {
    400: "Request contains an invalid argument.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    429: "Resource has been exhausted (e.g. check quota).",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}
_TOKEN_ERRORS = {
    400: ("invalid_grant", "Bad Request"),
    401: ("invalid_client", "The OAuth client was not found."),
}
_STATUSES = {"html": 502}


class Fault(BaseModel):
    """One rule: which requests (`method`, `spreadsheet_id`, `skip`, `times`, `probability`), and what befalls them.

    `kind`:
        answer      the answer as it is; for `skew` alone
        error       Google's JSON error for `status`, or `body` as JSON
        html        the page of Google's front end
        garbled     a whole answer whose JSON breaks off in the middle
        truncated   the connection ends before the promised length is sent
        drip        the answer trickles for `seconds`
        stall       the answer is held back until the client gives up, the fault is released, or the server closes
        reset       the connection is reset, with no answer

    `applied`: "never" carries nothing out; what is then spoilt is the error for `status`. "first" carries the request
    out before the fault. "last", for a stall, carries it out at its release, whether the client still waits or not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["answer", "error", "html", "garbled", "truncated", "drip", "stall", "reset"]
    applied: Literal["never", "first", "last"] = "never"
    # the API's own name, such as "spreadsheets.values.batchGet", or "token"; all methods without one
    method: str = ""
    # all spreadsheets without one
    spreadsheet_id: str = ""
    # so many matching requests pass first
    skip: int = Field(0, ge=0)
    # for ever without a number
    times: int | None = Field(None, ge=1)
    probability: float = Field(1.0, gt=0, le=1)
    seed: int = 0
    # 503 without one, 502 with a page
    status: int = Field(0, ge=0, le=599)
    body: dict[str, Any] | None = None
    # the header Retry-After, in seconds or as a date
    retry_after: str = ""
    # the header Date is so many seconds off
    skew: float = 0.0
    seconds: float = Field(10.0, gt=0)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.applied == "last" and self.kind != "stall":
            raise ValueError('applied="last" is for a stall')
        if self.kind == "answer" and self.applied != "first":
            raise ValueError('an answer that stays as it is needs applied="first"')
        if self.body is not None and self.kind != "error":
            raise ValueError("a body is for an error")
        return self


class FaultRule:
    """A fault that is in force, and how often it `fired`."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.fired = 0
        self._skip = fault.skip
        self._chance = random.Random(fault.seed)

    def meets(self, method: str, spreadsheet_id: str) -> bool:
        """Whether this request is one of its own and has its turn; each is asked about once."""
        fault = self.fault
        if fault.method not in ("", method) or fault.spreadsheet_id not in ("", spreadsheet_id):
            return False
        if fault.times is not None and self.fired >= fault.times:
            return False
        if self._skip:
            self._skip -= 1
            return False
        if self._chance.random() >= fault.probability:
            return False
        self.fired += 1
        return True


class Faults:
    """The rules in force. The first that meets a request has it."""

    def __init__(self) -> None:
        self._rules: list[FaultRule] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> FaultRule:
        rule = FaultRule(fault)
        with self._lock:
            self._rules = [*self._rules, rule]
        return rule

    def rules(self) -> list[FaultRule]:
        return list(self._rules)

    def clear(self) -> None:
        with self._lock:
            self._rules = []

    def due(self, method: str, spreadsheet_id: str) -> Fault | None:
        if not self._rules:
            return None
        with self._lock:
            return next((rule.fault for rule in self._rules if rule.meets(method, spreadsheet_id)), None)


def answer(fault: Fault, method: str, carry_out: Callable[[], Response]) -> Response:
    """What the fault leaves of a request's answer, before the wire has its turn."""
    own = carry_out() if fault.applied == "first" else None
    if fault.kind == "html":
        response = _page(fault)
    elif own is None or fault.kind == "error":
        response = _token_error(fault) if method == "token" else _error(fault)
    else:
        response = own
    if fault.kind == "garbled":
        response.set_data(half(response.get_data()))
    if fault.retry_after:
        response.headers["Retry-After"] = fault.retry_after
    if fault.skew:
        response.headers["Date"] = http_date(time.time() + fault.skew)
    return response


def half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _status(fault: Fault) -> int:
    return fault.status or _STATUSES.get(fault.kind, 503)


def _error(fault: Fault) -> Response:
    status = _status(fault)
    error = bad_token() if status == 401 else ApiError(status, _MESSAGES.get(status, f"HTTP {status}"))
    response = _json(fault, error.envelope())
    response.headers.extend(error.headers)
    return response


def _token_error(fault: Fault) -> Response:
    """The sign-in server has an envelope of its own."""
    error, description = _TOKEN_ERRORS.get(_status(fault), ("internal_failure", "The service is unavailable."))
    return _json(fault, {"error": error, "error_description": description})


def _json(fault: Fault, body: dict[str, Any]) -> Response:
    text = json.dumps(body if fault.body is None else fault.body, ensure_ascii=False, indent=2)
    return Response(text + "\n", _status(fault), content_type=_JSON)


def _page(fault: Fault) -> Response:
    status = _status(fault)
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<title>Error {status} (Server Error)</title>\n'
        f"<p><b>{status}.</b> The server met a temporary error and could not complete your request.</p>\n</html>\n"
    )
    return Response(page, status, content_type="text/html; charset=UTF-8")
