"""A write that was cut off, as the records know it."""

from pathlib import Path

from sync.local_sheets import Fault
from tests.reliability.okrs import FULL_READ, WRITE, insert_row
from tests.support.installation import Installation

DOCUMENT = Path(__file__).parents[2] / "docs" / "operating.md"


def cut_off_in_a_write(installation: Installation) -> None:
    """Google applies a write, the answer is lost, and then it lets nobody read."""
    installation.server.before(WRITE, lambda server: insert_row(server, "sales"))
    installation.server.fault(Fault(kind="reset", applied="first", method=WRITE, times=1))
    installation.server.fault(Fault(kind="error", status=403, method=FULL_READ, skip=1))
    installation.sync()
