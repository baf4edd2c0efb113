"""What a receiver answered. Apprise says no more than whether it took a message; when to come again, it does not tell.

All of Apprise's services speak HTTP through requests, which offers no ear for sessions that somebody else opens. So, as
tools of tracing do, its one way out is listened to while a message is sent; what others send meanwhile is let through.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests

LONGEST_WAIT = 86_400.0

_one_at_a_time = threading.Lock()


@dataclass
class Answers:
    """`status` is the last one, 0 before any. `retry_after` is the Retry-After of the last answer as it was written.
    `is_unsure`: a request went out whose answer was not seen, so that it may have arrived.
    """

    status: int = 0
    retry_after: str = ""
    is_unsure: bool = False

    def seconds(self, now: datetime) -> float:
        """How long the receiver wants to be left alone; 0 where it did not say."""
        try:
            waits = float(self.retry_after) if self.retry_after.strip().isdigit() else self._until(now)
        except (ValueError, TypeError):
            return 0.0
        return min(max(waits, 0.0), LONGEST_WAIT)

    def _until(self, now: datetime) -> float:
        return (parsedate_to_datetime(self.retry_after) - now).total_seconds() if self.retry_after else 0.0


def _never_left(error: requests.RequestException) -> bool:
    """Whether there was no connection to send the request over. What then broke off may have arrived."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    if isinstance(error, requests.ReadTimeout):
        return False
    cause = error.args[0] if error.args else None
    # urllib3 gives up with a reason where it could not connect; a connection that broke off is an error of its own.
    return not isinstance(error, requests.ConnectionError) or hasattr(cause, "reason")


_listening: ContextVar[Answers | None] = ContextVar("answers", default=None)


@contextmanager
def heard() -> Iterator[Answers]:
    """The answers to what this thread, and those that it lets work, send meanwhile."""
    answers, usual = Answers(), requests.Session.send

    def listening(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        ours = _listening.get()
        try:
            response = usual(session, request, **options)
        except requests.RequestException as error:
            if ours is not None:
                ours.is_unsure = not _never_left(error)
            raise
        if ours is not None:
            ours.status, ours.retry_after = response.status_code, response.headers.get("Retry-After", "")
        return response

    with _one_at_a_time:
        token = _listening.set(answers)
        requests.Session.send = listening  # type: ignore[method-assign, assignment]
        try:
            yield answers
        finally:
            requests.Session.send = usual  # type: ignore[method-assign]
            _listening.reset(token)
