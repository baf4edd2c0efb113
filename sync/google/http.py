"""gspread's HTTP client with what it lacks: a quota, a deadline, bounded retries, one exception with its facts.

What surely was not applied is repeated, reads always and writes too. Whoever wrote and got no good answer must look
before writing again.
"""

import logging
import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import gspread
import requests
from google.auth.exceptions import GoogleAuthError
from requests import Response
from tenacity import RetryCallState, Retrying, retry_if_exception

from sync.clock import Clock
from sync.domain.collecting import without_collecting
from sync.domain.failures import Trouble
from sync.google.answers import Json, answer_in
from sync.google.errors import SheetsError
from sync.google.quota import Kind, Quota
from sync.google.refusals import no_answer, no_token, refusal
from sync.google.session import GoogleSession

ATTEMPTS = 5
# Seconds for one request and its repetitions; a pass sets one of its own, for all of its requests together.
DEADLINE = 120.0
# With fewer seconds left no request is begun: it would be given up, and carried out when nobody looks after it.
LEAST_TIME = 2.0
LONGEST_BACKOFF = 32.0
# What the detail of an error says where the time ran out before a request was answered.
NO_TIME = "no time was left for a request"

log = logging.getLogger(__name__)

A = TypeVar("A")
T = TypeVar("T")
Query = Mapping[str, Any] | None
# Asked right before a request is sent; what it raises keeps the request from being sent, and goes to the caller.
Permit = Callable[[], None]


class SheetsHTTPClient(gspread.HTTPClient):
    """One thread's requests. All of its methods raise SheetsError and nothing else.

    `stopping` ends waits and forbids further requests, unless what was begun `must_finish`. `sent` counts the requests
    by kind, retries included; `statuses` the answers by HTTP status, with 0 for none.
    """

    def __init__(self, session: GoogleSession, quota: Quota, clock: Clock) -> None:
        # gspread takes the credentials from the session; its annotation of `auth` does not know that.
        super().__init__(cast(Any, None), session)
        self._session, self._quota, self._clock = session, quota, clock
        self._deadline = session.wire.deadline
        self.stopping, self._never = threading.Event(), threading.Event()
        self.must_finish = False
        self.sent: Counter[Kind] = Counter()
        self.statuses: Counter[int] = Counter()

    def request(  # type: ignore[override]
        self, method: str, endpoint: str, params: Query = None, json: Query = None, **_: Any
    ) -> Response:
        """The way of gspread's own methods, which trust that an answer is JSON."""
        kind: Kind = "read" if method == "get" else "write"

        def attempt() -> Response:
            response = self._attempt(kind, method, endpoint, params, json)
            _shaped(response, Json, dict, kind)
            return response

        return self._repeated(attempt)

    def exchange(
        self,
        kind: Kind,
        method: str,
        url: str,
        answer: type[A],
        shape: Callable[[A], T],
        *,
        params: Query = None,
        json: Query = None,
        permit: Permit | None = None,
    ) -> T:
        """The `answer` to one request in the caller's shape. One that cannot be brought into it is like none at all."""
        return self._repeated(
            lambda: _shaped(self._attempt(kind, method, url, params, json, permit), answer, shape, kind)
        )

    def _repeated(self, attempt: Callable[[], T]) -> T:
        retrying = Retrying(
            retry=retry_if_exception(_is_worth_repeating),
            stop=self._is_over,
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        with self._deadline.within(DEADLINE):
            return retrying(attempt)

    def _attempt(
        self, kind: Kind, method: str, url: str, params: Query, json: Query, permit: Permit | None = None
    ) -> Response:
        self._check()
        try:
            token = self._signed_in()
            response = self._send(kind, method, url, params, json, permit)
            if response.status_code == 401:
                # A token may be withdrawn before its time: once more with a new one.
                self._signed_in(refused=token)
                response = self._send(kind, method, url, params, json, permit)
        except GoogleAuthError as error:
            raise no_token(error, self._session.wire.clock_skew) from error
        if response.status_code != 200:
            raise self._refused(response, kind)
        return response

    def _signed_in(self, refused: str | None = None) -> str:
        with self._deadline.spent_on(Trouble.NETWORK):
            return self._session.sign_in(refused)

    def _send(self, kind: Kind, method: str, url: str, params: Query, json: Query, permit: Permit | None) -> Response:
        self._take(kind)
        self._check()
        if permit is not None:
            permit()
        self.sent[kind] += 1
        try:
            with self._deadline.spent_on(Trouble.NETWORK):
                response: Response = self._session.request(  # type: ignore[no-untyped-call]
                    method, url, params=params, json=json, allow_redirects=False
                )
        except requests.RequestException as error:
            self.statuses[0] += 1
            raise self._no_answer(error, kind) from error
        self.statuses[response.status_code] += 1
        return response

    def _no_answer(self, error: requests.RequestException, kind: Kind) -> SheetsError:
        """Where this machine left no time for an answer, it is not the network's fault."""
        found = no_answer(error, kind)
        if self._deadline.left <= 0 and self._deadline.culprit is Trouble.BUSY:
            return SheetsError(Trouble.BUSY, NO_TIME, ambiguous=found.ambiguous)
        return found

    def _refused(self, response: Response, kind: Kind) -> SheetsError:
        error = refusal(response, kind, self._clock.now())
        if error.trouble is Trouble.QUOTA:
            error.retry_after = error.retry_after or self._until_the_next_minute()
            self._quota.pause(kind, error.retry_after)
        log.info("Google answered %s (%s)", error.status, error.trouble)
        return error

    def _take(self, kind: Kind) -> None:
        """Wait for our share of the quota, if it comes in time."""
        while (seconds := self._quota.take(kind)) > 0:
            if not self._has_time(seconds):
                raise SheetsError(Trouble.QUOTA, "our share of Google's quota is used up", retry_after=seconds)
            with self._deadline.spent_on(Trouble.QUOTA):
                self._clock.wait(seconds, self._stopping_now)
            self._check()

    def _check(self) -> None:
        if self.stopping.is_set() and not self.must_finish:
            raise SheetsError(Trouble.STOPPED)
        if not self._has_time():
            raise SheetsError(self._deadline.culprit, NO_TIME)

    def _has_time(self, after: float = 0.0) -> bool:
        """Whether so many seconds from now a request may begin."""
        return self._deadline.left - after >= LEAST_TIME

    def _sleep(self, seconds: float) -> None:
        with self._deadline.spent_on(Trouble.NETWORK):
            self._clock.wait(seconds, self._stopping_now)

    @property
    def _stopping_now(self) -> threading.Event:
        return self._never if self.must_finish else self.stopping

    def _is_over(self, state: RetryCallState) -> bool:
        return state.attempt_number >= ATTEMPTS or not self._has_time(state.upcoming_sleep)

    def _until_the_next_minute(self) -> float:
        """Google counts by the minute; a little later, because its clock is not ours."""
        return 60 - self._clock.now().timestamp() % 60 + random.random()


def _shaped(response: Response, answer: type[A], shape: Callable[[A], T], kind: Kind) -> T:
    try:
        with without_collecting():
            return shape(answer_in(response.content, answer))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SheetsError(Trouble.NETWORK, "a broken answer", ambiguous=kind == "write") from error


def _is_worth_repeating(error: BaseException) -> bool:
    passing = (Trouble.QUOTA, Trouble.NETWORK)
    return isinstance(error, SheetsError) and error.trouble in passing and not error.ambiguous


def _wait(state: RetryCallState) -> float:
    """As long as Google says; else full jitter up to 1, 2, 4 … 32 seconds."""
    error = state.outcome.exception() if state.outcome else None
    told = error.retry_after if isinstance(error, SheetsError) else 0.0
    return told or random.uniform(0, min(LONGEST_BACKOFF, 2.0 ** (state.attempt_number - 1)))
