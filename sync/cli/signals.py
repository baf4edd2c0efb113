"""SIGTERM and Ctrl-C, as an event that a command waits for."""

import os
import signal
import threading
import time
from types import FrameType


def on_signals() -> threading.Event:
    """An event that SIGTERM and Ctrl-C set. A second signal ends the process at once, but for one that comes with
    the first, as a shell sends both to a process and to its group."""
    stop = threading.Event()
    first = 0.0

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal first
        if stop.is_set() and time.monotonic() - first > 1:
            os._exit(128 + number)
        if not stop.is_set():
            first = time.monotonic()
            stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return stop
