"""SIGTERM, Ctrl-C and a terminal that is closed, as an event that a command waits for; SIGHUP as services have it."""

import logging
import os
import signal
import threading
import time
from types import FrameType

log = logging.getLogger(__name__)


def on_signals(asked: threading.Event | None = None) -> threading.Event:
    """An event that SIGTERM, SIGINT and SIGHUP set, which the log tells. A second signal ends the process at once, but
    for one that comes with the first, as a shell sends both to a process and to its group.

    With an event `asked`, SIGHUP sets that one, unless it came because the terminal was closed. It stays without effect
    where somebody wants it so, as `nohup` does.
    """
    had_terminal = _has_terminal()
    stop = threading.Event()
    first = 0.0

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal first
        if number == signal.SIGHUP and asked is not None and had_terminal == _has_terminal():
            asked.set()
            return
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


def _has_terminal() -> bool:
    """Whether this process can be reached from a terminal. The kernel takes it away before it tells of its end."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
