"""The page on a port: waitress, with limits that suit a read-only page. Signals are the caller's business."""

import socket
import threading
from typing import TYPE_CHECKING, Any

from waitress import create_server, wasyncore  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8
MOST_CONNECTIONS = 1000
IDLE_SECONDS = 30
LARGEST_BODY = 64 * 1024
LARGEST_HEADER = 16 * 1024
LOOK_UP_SECONDS = 0.5


class PageServer:
    """Listens from the moment it is made; raises OSError where it cannot."""

    def __init__(self, app: "WSGIApplication", host: str, port: int, largest_body: int = LARGEST_BODY) -> None:
        self._channels: dict[int, Any] = {}
        # Waitress would leave its socket open where it cannot listen.
        self._server = create_server(
            app,
            map=self._channels,
            sockets=[socket.create_server((host, port), family=_family(host))],
            threads=THREADS,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            # select() knows no more than 1,024 files and connections.
            asyncore_use_poll=True,
            max_request_body_size=largest_body,
            max_request_header_size=LARGEST_HEADER,
            # The application itself counts how many proxies it may believe, see `create_app`.
            clear_untrusted_proxy_headers=False,
            ident=None,
        )
        self._running = self._closed = False
        # Nobody wakes a loop whose files are being closed: their numbers may be other files' by then.
        self._shutting = threading.Lock()

    @property
    def port(self) -> int:
        """The port that was given, or the one that the system chose for 0."""
        return int(self._server.effective_port)

    def run(self) -> None:
        """Answer until `close` is called, from another thread or a signal handler, or an exception comes through."""
        self._running = True
        try:
            while not self._closed:
                wasyncore.loop(timeout=LOOK_UP_SECONDS, use_poll=True, map=self._channels, count=1)
        finally:
            self._running = False
            self._shut()

    def close(self) -> None:
        """Stop answering; returns at once, and `run` ends with what it is at. A second time it does nothing."""
        if self._closed:
            return
        self._closed = True
        if not self._running:
            self._shut()
        # A signal may have come while it shuts.
        elif self._shutting.acquire(blocking=False):
            try:
                self._server.pull_trigger()
            finally:
                self._shutting.release()

    def _shut(self) -> None:
        with self._shutting:
            self._server.task_dispatcher.shutdown()
            for channel in list(self._channels.values()):
                if isinstance(channel, HTTPChannel):
                    channel.handle_close()  # unlike `close`, also lets go of files that were being sent
            wasyncore.close_all(self._channels)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
