"""How a faulty answer goes over the wire: late, in drops, in part, or not at all. The one room that knows waitress's
inner side: a WSGI application alone cannot reset a connection."""

from __future__ import annotations

import math
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from waitress.channel import ClientDisconnected, HTTPChannel  # type: ignore[import-untyped]
from waitress.task import WSGITask  # type: ignore[import-untyped]
from werkzeug import Response

from sync.local_sheets.faults.faults import Fault, answer, half

CONNECTION = "local_sheets.connection"

# Between two looks at whether the client has gone, and between two drops, in seconds.
_GLANCE = 0.02
_DROP = 0.1
_RELEASE = 30.0


class Connection:
    """The connection that a request came on."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel

    def is_gone(self) -> bool:
        """Whether the client has closed its end."""
        try:
            return not self._channel.socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def drop(self) -> NoReturn:
        """Ends the connection without an answer."""
        raise ClientDisconnected

    def reset(self) -> NoReturn:
        """Ends the connection with RST, as a machine does that has gone down or a proxy that has lost its way."""
        self._channel.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.drop()

    def spare_threads(self, count: int) -> None:
        """Lets the server have so many threads more than it was started with."""
        self._channel.server.task_dispatcher.set_thread_count(self._channel.adj.threads + count)


class _Task(WSGITask):  # type: ignore[misc]
    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        environ[CONNECTION] = Connection(self.channel)
        return environ


class Channel(HTTPChannel):  # type: ignore[misc]
    """waitress's channel; the application finds its `Connection` in the environ."""

    task_class = _Task


class Holds:
    """Answers that are held back. Each waits in the thread of its request, and the server gets another instead."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held: dict[object, threading.Event] = {}
        self.closed = False

    @contextmanager
    def holding(self, connection: Connection) -> Iterator[threading.Event]:
        """Gives the event that releases this one."""
        key, released = object(), threading.Event()
        with self._changed:
            if self.closed:
                connection.drop()
            self._held[key] = released
            self._resize(connection)
        try:
            yield released
        finally:
            with self._changed:
                del self._held[key]
                self._resize(connection)

    def _resize(self, connection: Connection) -> None:
        if not self.closed:
            connection.spare_threads(len(self._held))
        self._changed.notify_all()

    def wait_for(self, count: int, timeout: float) -> bool:
        """Returns once so many answers are held back, no more; False when that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._held) == count, timeout)

    def release(self) -> None:
        """Lets all go that are held back, and returns when they are answered or carried out."""
        with self._changed:
            held = dict(self._held)
            for released in held.values():
                released.set()
            self._changed.wait_for(lambda: not held.keys() & self._held.keys(), _RELEASE)

    def close(self) -> None:
        """Lets all go unanswered, and holds nothing any more."""
        with self._changed:
            self.closed = True
            for released in self._held.values():
                released.set()


class Wire:
    """The way back of one request's answer. `count` is told the status before anything is sent, 0 for none."""

    def __init__(self, connection: Connection, holds: Holds, count: Callable[[int], None]) -> None:
        self._connection = connection
        self._holds = holds
        self._count = count

    def deliver(self, fault: Fault, method: str, carry_out: Callable[[], Response]) -> Response:
        """The answer as this fault sends it. Raises, for the server to see, where nothing is sent."""
        if fault.applied == "last":
            return self._carried_out_last(carry_out)
        response = answer(fault, method, carry_out)
        self._count(0 if fault.kind in ("reset", "stall") else response.status_code)
        if fault.kind == "reset":
            self._connection.reset()
        if fault.kind == "stall":
            self._stall()
        if fault.kind == "truncated":
            return _with_length(response, [half(response.get_data())])
        if fault.kind == "drip":
            return _with_length(response, self._drops(response.get_data(), fault.seconds))
        return response

    def _carried_out_last(self, carry_out: Callable[[], Response]) -> Response:
        """By the time of the release the client may have gone; it is done all the same."""
        self._count(0)
        with self._holds.holding(self._connection) as released:
            released.wait()
            self._end_if_closed()
            return carry_out()

    def _stall(self) -> None:
        with self._holds.holding(self._connection) as released:
            self._wait(released, math.inf)
            self._end_if_closed()

    def _drops(self, body: bytes, seconds: float) -> Iterator[bytes]:
        """The body in even pieces; once it is released, the rest at once."""
        size = max(1, len(body) // max(2, math.ceil(seconds / _DROP)))
        started = time.monotonic()
        with self._holds.holding(self._connection) as released:
            for start in range(0, len(body), size):
                yield body[start : start + size]
                self._wait(released, started + seconds * min(1.0, (start + size) / len(body)))

    def _wait(self, released: threading.Event, until: float) -> None:
        """Returns when released, and at that moment of the monotonic clock. Ends when the client has gone."""
        while (left := until - time.monotonic()) > 0 and not released.wait(min(_GLANCE, left)):
            if self._connection.is_gone():
                self._connection.drop()

    def _end_if_closed(self) -> None:
        if self._holds.closed:
            self._connection.drop()


def _with_length(response: Response, body: Iterable[bytes]) -> Response:
    """The same head with another body: the length that it tells stays that of the whole."""
    headers = response.headers.copy()
    headers["Content-Length"] = str(len(response.get_data()))
    return Response(body, response.status, headers)
