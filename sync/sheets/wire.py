"""The wire: every request of an identity, sign-in included, inside the time that is left; or to a local server.

requests' own read timeout counts anew with every byte, so a body that drips would never end. The head of an answer
still may: of that only the pauses are bounded. This is the only code of the service that knows of local servers.
"""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from sync.clock import Clock

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 60.0
_PART = 65536


class Wire(HTTPAdapter):
    """Carries requests, with an endpoint to that address instead of to Google, path and all.

    `clock_skew` is by how many seconds our clock was ahead of the server's at the last answer that told the time.
    """

    def __init__(self, clock: Clock, endpoint: str | None = None) -> None:
        super().__init__()
        self._clock = clock
        self._endpoint = endpoint
        self._ends = math.inf
        self.clock_skew: float | None = None

    def __deepcopy__(self, _: object) -> "Wire":
        # google-auth copies its transport for a thread of its own, and requests would leave our fields behind.
        return Wire(self._clock, self._endpoint)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """No request in here begins or lasts longer; one that is under way may overrun by one read timeout."""
        before = self._ends
        self._ends = min(before, self._clock.monotonic() + seconds)
        try:
            yield
        finally:
            self._ends = before

    @property
    def left(self) -> float:
        """Seconds until no request may begin any more."""
        return self._ends - self._clock.monotonic()

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        """One exchange, the body read to its end. A `timeout` in seconds can only shorten ours.

        Raises requests' exceptions.
        """
        left = self.left
        if left <= 0:
            raise requests.ConnectTimeout("no time left", request=request)
        asked = options.get("timeout")
        most = min(left, asked) if isinstance(asked, int | float) else left
        limits = (min(CONNECT_TIMEOUT, most), min(READ_TIMEOUT, most))
        response = super().send(self._moved(request), **{**options, "stream": True, "timeout": limits})
        self._look_at_the_clock(response)
        response.raw = io.BytesIO(self._body(response))
        return response

    def _moved(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        asked = urlsplit(request.url or "")
        if self._endpoint and asked.scheme == "https":
            there = urlsplit(self._endpoint)
            request.url = str(urlunsplit((there.scheme, there.netloc, asked.path, asked.query, "")))
        return request

    def _body(self, response: requests.Response) -> bytes:
        parts: list[bytes] = []
        try:
            while part := response.raw.read1(_PART, decode_content=True):
                parts.append(part)
                if self.left <= 0:
                    raise requests.ReadTimeout("the answer took too long", response=response)
        except urllib3.exceptions.HTTPError as error:
            raise requests.ConnectionError(error, response=response) from error
        finally:
            response.raw.close()
        return b"".join(parts)

    def _look_at_the_clock(self, response: requests.Response) -> None:
        try:
            told = parsedate_to_datetime(response.headers.get("Date", "")).timestamp()
        except ValueError:
            return
        self.clock_skew = self._clock.now().timestamp() - told
