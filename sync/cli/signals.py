"""SIGTERM, Ctrl-C and a terminal that is closed, as an event that a command waits for."""

import logging
import os
import signal
import threading
import time
from types import FrameType

log = logging.getLogger(__name__)


def on_signals() -> threading.Event:
    """An event that SIGTERM, SIGINT and SIGHUP set, which the log tells. A second signal ends the process at once, but
    for one that comes with the first, as a shell sends both to a process and to its group.

    SIGHUP stays without effect where somebody wants it so, as `nohup` does.
    """
    stop = threading.Event()
    first = 0.0

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal first
        if stop.is_set() and time.monotonic() - first > 1:
            os._exit(128 + number)
        if not stop.is_set():
            first = time.monotonic()
            stop.set()
            log.info("%s: ending, as soon as what was begun is seen through", signal.Signals(number).name)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handle)
    return stop
