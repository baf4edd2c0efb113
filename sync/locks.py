"""One pass at a time over one spreadsheet, whichever process makes it. The lock dies with its process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class PassInProgressError(Exception):
    """Somebody else is making a pass over this spreadsheet."""


@contextmanager
def pass_lock(state: Path, spreadsheet: str, patience: float = 0.0) -> Iterator[None]:
    """Hold the spreadsheet's lock, waiting for it for at most `patience` seconds. Raises PassInProgressError."""
    folder = state / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / f"{spreadsheet}.lock", timeout=patience):
            yield
    except Timeout:
        raise PassInProgressError(spreadsheet) from None
