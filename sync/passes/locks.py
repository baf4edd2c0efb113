"""Who may do what at a time: one worker for each state folder, one pass over each spreadsheet.

Within a machine by locks on files, which die with their process; between machines by leases in the records.
"""

import logging
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sync.clock import Clock
from sync.records import Lease, LeaseHolder, Records, RecordsError
from sync.records.leases import LENGTH

# For a worker that is just ending, and for the pid of one that has just begun.
WORKER_PATIENCE = 2.0
LEASE_NAP = 1.0

log = logging.getLogger(__name__)


class PassInProgressError(Exception):
    """Somebody else is making a pass over this spreadsheet."""


class WorkerRunningError(Exception):
    """Another worker runs on this state folder; `pid` is None where it is not known."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(f"a worker is running, pid {pid}")
        self.pid = pid


@contextmanager
def worker_lock(state: Path) -> Iterator[None]:
    """Be the one worker on this state folder.

    Raises WorkerRunningError, and OSError where the folder cannot be used.
    """
    state.mkdir(parents=True, exist_ok=True)
    pid_file = state / "worker.pid"
    # Released by whoever ends the worker, which need not be the thread that began it.
    lock = FileLock(state / "worker.lock", thread_local=False)
    try:
        lock.acquire(timeout=WORKER_PATIENCE)
    except Timeout:
        raise WorkerRunningError(_pid_in(pid_file)) from None
    try:
        pid_file.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        pid_file.unlink(missing_ok=True)
        lock.release()


@contextmanager
def pass_lock(
    state: Path, spreadsheet: str, records: Records, clock: Clock, patience: float = 0.0, run: str | None = None
) -> Iterator[Lease]:
    """Be the only one to make a pass over the spreadsheet. Raises PassInProgressError.

    Waits for other processes of this machine for `patience` seconds, and then for other machines as long. By its `run`
    the lease can be freed should we be gone.
    """
    folder = state / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{spreadsheet}.lock")
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise PassInProgressError(spreadsheet) from None
    try:
        with _lease(spreadsheet, _holder(state, run), records, clock, patience) as lease:
            yield lease
    finally:
        lock.release()


@contextmanager
def _lease(spreadsheet: str, holder: LeaseHolder, records: Records, clock: Clock, patience: float) -> Iterator[Lease]:
    """The spreadsheet's lease, given back at the end; only for who holds its file lock."""
    lease = _taken(spreadsheet, holder, records, clock, patience)
    try:
        yield lease
    finally:
        try:
            records.give_back_lease(spreadsheet, holder)
        except RecordsError as error:
            # It passes by itself, and the next run of this place takes it over before that.
            log.info("%s: the lease was not given back: %s", spreadsheet, error)


def _taken(spreadsheet: str, holder: LeaseHolder, records: Records, clock: Clock, patience: float) -> Lease:
    begun = clock.monotonic()
    while True:
        now, monotonic = clock.now(), clock.monotonic()
        if records.take_lease(spreadsheet, holder, now):
            return Lease(spreadsheet, holder, now + LENGTH, monotonic + LENGTH.total_seconds())
        if monotonic - begun >= patience:
            raise PassInProgressError(spreadsheet)
        clock.wait(LEASE_NAP, threading.Event())


def _holder(state: Path, run: str | None) -> LeaseHolder:
    """This pass. Two machines may have the same name and the same paths, so each state folder draws a number."""
    drawn = state / "place"
    if not drawn.exists():
        _draw(drawn)
    number = drawn.read_text(encoding="ascii", errors="replace")
    return LeaseHolder(f"{socket.gethostname()}:{state.resolve()}:{number}", run or uuid.uuid4().hex)


def _draw(drawn: Path) -> None:
    """Write a number, once: threads and processes of a fresh folder begin together, and are one place all the same."""
    with FileLock(drawn.with_suffix(".lock")):
        if not drawn.exists():
            new = drawn.with_suffix(".new")
            new.write_text(uuid.uuid4().hex, encoding="ascii")
            new.replace(drawn)


def _pid_in(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
