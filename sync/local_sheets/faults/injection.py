"""What one server has been told to make of its requests: faults, answers held back, a quota."""

from __future__ import annotations

from sync.local_sheets.faults.faults import Faults
from sync.local_sheets.faults.quota import Quota
from sync.local_sheets.faults.wire import Holds


class FaultInjection:
    """None, until somebody asks for them."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.holds = Holds()
        self.quota = Quota()
