"""The wire: every request of an identity, sign-in included, inside the time that is left; or to a local server.

requests' own read timeout counts anew with every byte, so an answer that drips would never end: here each read gets
only the time that is left for all. This is the only code of the service that knows of local servers.
"""

import io
import socket
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from sync.clock import Clock
from sync.google.deadline import Deadline

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 60.0
_PART = 65536


class Wire(HTTPAdapter):
    """Carries requests, with an endpoint to that address instead of to Google, path and all.

    `clock_skew` is by how many seconds our clock was ahead of the server's at the last answer that told the time.
    """

    def __init__(self, clock: Clock, endpoint: str | None = None) -> None:
        super().__init__()
        self.clock = clock
        self._endpoint = endpoint
        self.deadline = Deadline(clock)
        self.clock_skew: float | None = None

    def __deepcopy__(self, _: object) -> "Wire":
        # google-auth copies its transport for a thread of its own, and requests would leave our fields behind.
        return Wire(self.clock, self._endpoint)

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        """One exchange, the body read to its end. A `timeout` in seconds can only shorten ours.

        Raises requests' exceptions.
        """
        left = self.deadline.left
        if left <= 0:
            raise requests.ConnectTimeout("no time left", request=request)
        asked = options.get("timeout")
        most = min(left, asked) if isinstance(asked, int | float) else left
        limits = (min(CONNECT_TIMEOUT, most), min(READ_TIMEOUT, most))
        response = super().send(self._moved(request), **{**options, "stream": True, "timeout": limits})
        self._look_at_the_clock(response)
        response.raw = _Whole(_body(response))
        return response

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """requests' way to its connections, a proxy's included: each of them reads its answers in time."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = partial(self._connection, type(pool).ConnectionCls)
        return pool

    def _connection(self, kind: Callable[..., Any], **options: Any) -> Any:
        connection = kind(**options)
        connection.response_class = self._answer
        return connection

    def _answer(self, sock: socket.socket, **options: Any) -> HTTPResponse:
        return HTTPResponse(_InTime(sock, lambda: self.deadline.left), **options)  # type: ignore[arg-type]

    def _moved(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        asked = urlsplit(request.url or "")
        if self._endpoint and asked.scheme == "https":
            there = urlsplit(self._endpoint)
            request.url = str(urlunsplit((there.scheme, there.netloc, asked.path, asked.query, "")))
        return request

    def _look_at_the_clock(self, response: requests.Response) -> None:
        # Google's API answers in JSON; the time on a page for people may be that of a proxy between us.
        is_page = "html" in response.headers.get("Content-Type", "")
        told = None if is_page else told_time(response.headers, "Date")
        if told is not None:
            self.clock_skew = self.clock.now().timestamp() - told


class _InTime:
    """A socket as an answer reads from it: no read lasts longer than `left` says, in seconds."""

    def __init__(self, sock: socket.socket, left: Callable[[], float]) -> None:
        self._sock, self._left = sock, left

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reads(self._sock, self._left))


class _Reads(io.RawIOBase):
    def __init__(self, sock: socket.socket, left: Callable[[], float]) -> None:
        self._sock, self._left, self._file = sock, left, sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._left()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(min(self._sock.gettimeout() or READ_TIMEOUT, left))
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Whole(io.BytesIO):
    """A body that was read to its end."""

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        """All at once. Without this requests takes it apart and puts it together again, which is a second body."""
        yield self.getvalue()


def _body(response: requests.Response) -> bytes:
    parts: list[bytes] = []
    try:
        while part := response.raw.read1(_PART, decode_content=True):
            parts.append(part)
    except urllib3.exceptions.HTTPError as error:
        raise requests.ConnectionError(error, response=response) from error
    finally:
        response.raw.close()
    return b"".join(parts)


def told_time(headers: Mapping[str, str], name: str) -> float | None:
    """The time that a header tells, in seconds since 1970; None where it tells none."""
    try:
        return parsedate_to_datetime(headers.get(name, "")).timestamp()
    except (ValueError, OverflowError):
        return None
